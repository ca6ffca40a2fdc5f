# SPDX-License-Identifier: GPL-3.0-or-later
"""python -m oscine"""

from oscine.cli import main

main()
