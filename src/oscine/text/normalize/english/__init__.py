# SPDX-License-Identifier: GPL-3.0-or-later
"""English, complete: `rules.py` lists what is rewritten and in which order."""
