# SPDX-License-Identifier: GPL-3.0-or-later
"""What the dialects have in common as long as they speak HTTP, and no vendor's word: routes, keys, streamed bodies."""
