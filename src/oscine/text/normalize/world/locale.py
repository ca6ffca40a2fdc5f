# SPDX-License-Identifier: GPL-3.0-or-later
"""What one language needs to have its numbers and signs read aloud, as data.

A word that is missing ("" or absent) leaves the sign as it is, for the engine to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Gender = Literal["m", "f", "n"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A unit or currency: its forms in the order of the language's plural rule, and its gender."""

    forms: tuple[str, ...]
    gender: Gender = "m"


@dataclass(frozen=True, slots=True)
class Locale:
    code: str
    """ISO 639-1 or -3, with a region where it matters."""
    numbers: str = ""
    """The language's name in num2words; "": figures are left to the engine."""
    limit: int = 15
    """Longest number, in figures, whose words can be trusted; longer ones are read figure by figure."""
    fixes: Mapping[str, str] = field(default_factory=dict)
    """num2words' mistakes → what is right; replaced wherever they occur."""
    agreement: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Gender → last word of a number → its form before a noun of that gender."""
    plural: str = "one"
    """Name of a rule in plurals.py."""
    decimal: str = ","
    group: str = "."
    """Besides spaces, which every language may group with."""
    minus: str = ""
    point: str = ""
    """The word for the decimal separator."""
    reads_fraction_whole: bool = True
    """Whether the figures behind the separator are read as a number ("three comma fourteen") or one by one."""
    percent: str = ""
    """With {} for the number."""
    to: str = ""
    """Between the ends of a range."""
    plus: str = "plus"
    """Before an international telephone number."""
    and_: str = ""
    """Reads "&"."""
    web: tuple[str, str, str] | None = None
    """How ".", "/" and "@" are read in addresses."""
    glue: str = " "
    """What stands between a number and its noun."""
    units: Mapping[str, Noun] = field(default_factory=dict)
    currencies: Mapping[str, Noun] = field(default_factory=dict)
    genders: Mapping[str, Gender] = field(init=False)
    """Written-out unit or currency → its gender, for numbers before it."""
    cents: str = " "
    """Between a price and its hundredths: "cinco euros con diez"."""
    months: tuple[str, ...] = ()
    """As said after a day; where there are none, dates are read with the month's number."""
    date: str = "{d} {m} {y}"
    order: Literal["dmy", "ymd", "mdy"] = "dmy"
    """How dates in figures are written, besides 2024-01-31."""
    day: str = "cardinal"
    """How the day of a date is said: cardinal, ordinal, dotted (ordinal, written "5."), or first (only the 1st is)."""
    clock: str = ""
    """With {h} and {m}; "": hour and minute are read one after the other."""
    oclock: str = ""
    """The same for the full hour."""
    hour_gender: Gender = "m"
    """Of the hour in `clock` and `oclock`."""
    clock_marks: str = ":"
    """What may stand between hour and minute, as the inside of a character class: "14h30"."""
    hour_signs: str = ""
    """What may follow a time in figures and is part of it, as an alternation: "Uhr"."""
    century: tuple[str, str] | None = None
    """How years from 1100 to 1999 are said: ("hundert", "") for neunzehn·hundert·neunundneunzig."""
    ordinal: str = ""
    """What marks an ordinal after its figures, as an alternation."""

    def __post_init__(self) -> None:
        known = {**self.units, **self.currencies}.values()
        object.__setattr__(self, "genders", {form: noun.gender for noun in known for form in noun.forms})


def nouns(table: str) -> dict[str, Noun]:
    """Parse "km,км: километр/километра/километров; t: tonne f" (symbols: forms by plural rule, gender)."""
    found: dict[str, Noun] = {}
    for row in table.replace("\n", ";").split(";"):
        symbols, _, text = row.partition(":")
        words = text.split()
        if not words:
            continue
        gender: Gender = "m"
        if len(words) > 1 and words[-1] in ("f", "n"):
            gender = "f" if words.pop() == "f" else "n"
        noun = Noun(tuple(form.strip() for form in " ".join(words).split("/")), gender)
        for symbol in symbols.split(","):
            found[symbol.strip()] = noun
    return found


def agreement(table: str) -> dict[str, dict[str, str]]:
    """Parse "m uno=un; f uno=una veintiuno=veintiuna"."""
    found: dict[str, dict[str, str]] = {}
    for row in table.split(";"):
        gender, *pairs = row.split()
        found[gender] = {word: form for word, _, form in (pair.partition("=") for pair in pairs)}
    return found
