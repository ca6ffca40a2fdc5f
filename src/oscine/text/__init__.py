# SPDX-License-Identifier: GPL-3.0-or-later
"""From written text to what is spoken. Pure functions."""
