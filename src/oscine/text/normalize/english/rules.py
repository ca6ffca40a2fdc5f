# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that English rewrites, in order: of two rules that could start at one place the earlier is asked first."""

from __future__ import annotations

from oscine.text.normalize.english.abbreviations import ABBREVIATIONS
from oscine.text.normalize.english.codes import CODES
from oscine.text.normalize.english.dates import DATES, YEARS
from oscine.text.normalize.english.dialect import English, Rules
from oscine.text.normalize.english.figures import FIGURES, LONG
from oscine.text.normalize.english.fractions import FRACTIONS
from oscine.text.normalize.english.measures import MEASURES
from oscine.text.normalize.english.money import MONEY
from oscine.text.normalize.english.roman import ROMAN
from oscine.text.normalize.english.shortcuts import SHORTCUTS
from oscine.text.normalize.english.signs import EMOTICONS, SIGNS
from oscine.text.normalize.english.times import TIMES
from oscine.text.normalize.english.web import WEB
from oscine.text.normalize.noise import EMPHASIS, NOISE
from oscine.text.normalize.scan import Scanner

RULES: Rules = (
    *SHORTCUTS,  # before the noise, which holds the signs of the keys
    *NOISE,
    *LONG,
    *EMOTICONS,
    *WEB,
    *MONEY,
    *DATES,
    *TIMES,
    *CODES,
    *MEASURES,
    *YEARS,
    *FRACTIONS,
    *ABBREVIATIONS,
    *ROMAN,
    *FIGURES,
    *SIGNS,
    EMPHASIS,
)

SCANNER: Scanner[English] = Scanner(RULES)
