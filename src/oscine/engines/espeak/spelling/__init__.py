# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages that espeak lacks, said through the phonemes of one that it has."""

from __future__ import annotations

from oscine.engines.espeak.spelling.african import CHICHEWA, HAUSA, LINGALA, SOMALI
from oscine.engines.espeak.spelling.austronesian import CEBUANO, FILIPINO, JAVANESE
from oscine.engines.espeak.spelling.iberian import GALICIAN
from oscine.engines.espeak.spelling.pashto import PASHTO
from oscine.engines.espeak.spelling.table import Spelling

__all__ = ["SPELLINGS", "Spelling"]

SPELLINGS: dict[str, Spelling] = {
    "ceb": CEBUANO, "fil": FILIPINO, "gl": GALICIAN, "ha": HAUSA, "jv": JAVANESE, "ln": LINGALA, "ny": CHICHEWA,
    "ps": PASHTO, "so": SOMALI,
}  # fmt: skip
