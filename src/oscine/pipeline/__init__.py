# SPDX-License-Identifier: GPL-3.0-or-later
"""Where rooms meet, one verb a file."""
