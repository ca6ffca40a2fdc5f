# SPDX-License-Identifier: GPL-3.0-or-later
"""Arrays in, arrays out: sample rate, joins, silence, level."""
