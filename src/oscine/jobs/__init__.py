# SPDX-License-Identifier: GPL-3.0-or-later
"""Work that outlives the process that it was asked of. Start with queue.py."""
