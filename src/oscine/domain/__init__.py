# SPDX-License-Identifier: GPL-3.0-or-later
"""Nouns: frozen values without I/O. Imports nothing of ours."""
