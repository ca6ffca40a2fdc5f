# SPDX-License-Identifier: GPL-3.0-or-later
"""How a database of any age becomes the one that tables.py describes."""
