# SPDX-License-Identifier: GPL-3.0-or-later
"""Makers of samples, and the worker processes they live in."""
