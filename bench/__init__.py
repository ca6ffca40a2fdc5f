# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks: they print figures, machine and commit, and judge nothing."""
