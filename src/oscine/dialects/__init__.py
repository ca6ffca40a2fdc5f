# SPDX-License-Identifier: GPL-3.0-or-later
"""Wire dialects, one package a vendor. They never import one another."""
