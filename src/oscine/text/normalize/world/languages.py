# SPDX-License-Identifier: GPL-3.0-or-later
"""All locales by code."""

from __future__ import annotations

from oscine.text.normalize.world import asian, european, germanic, romance, slavic
from oscine.text.normalize.world.locale import Locale

LOCALES: dict[str, Locale] = {
    locale.code: locale for family in (germanic, romance, slavic, european, asian) for locale in family.LOCALES
} | {"": Locale("")}
"""Code → locale; "" serves every language that has none: only what is noise anywhere is dropped."""
