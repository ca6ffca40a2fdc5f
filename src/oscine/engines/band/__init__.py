# SPDX-License-Identifier: GPL-3.0-or-later
"""Music: a band that plays from a score."""
