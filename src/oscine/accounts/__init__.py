# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what, and how much of it."""
