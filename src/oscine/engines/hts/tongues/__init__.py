# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages that the engine hts speaks."""

from __future__ import annotations

from collections.abc import Mapping

from oscine.domain.problems import LanguageUnsupported
from oscine.engines.hts.tongues.english import ENGLISH
from oscine.engines.hts.tongues.kyrgyz import KYRGYZ
from oscine.engines.hts.tongues.portuguese import PORTUGUESE
from oscine.engines.hts.tongues.russian import RUSSIAN
from oscine.engines.hts.tongues.tongue import Tongue
from oscine.engines.hts.tongues.ukrainian import UKRAINIAN

TONGUES: Mapping[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, KYRGYZ, PORTUGUESE, RUSSIAN, UKRAINIAN)}
"""By ISO 639-1 code, in its order."""
_LONG = {tongue.long_code: tongue for tongue in TONGUES.values()}


def find_tongue(code: str) -> Tongue:
    """code: ISO 639-1 or -3, with or without a region. Raises: LanguageUnsupported."""
    first = code.lower().replace("_", "-").partition("-")[0]
    tongue = TONGUES.get(first) or _LONG.get(first)
    if tongue is None:
        raise LanguageUnsupported(
            f"Language {code[:40]!r} is not one that hts can say. Allowed: {', '.join(TONGUES)}.", parameter="language"
        )
    return tongue
