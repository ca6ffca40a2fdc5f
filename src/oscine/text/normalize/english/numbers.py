# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in English words. Everything takes figures as text, so that no length is too much.

Numbers too long to have a name are read figure by figure.
"""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = (
    "",
    *"thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion".split(),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LONGEST_ID = 10
"""From this many figures on, a number without separators is taken for an identifier and read figure by figure."""

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,10}(?![0-9])|[0-9]{1,30})(?:\.[0-9]{1,30})?"
"""Figures as English writes them: 1234, 1,234, 3.14. A number that starts with its point needs a rule of its own."""


SIGNS = r"\-−+±~≈<>≤≥"
"""Signs that may stand right before a number, as the inside of a character class."""
_SIGN_WORDS = {
    "-": "minus ",
    "−": "minus ",
    "+": "plus ",
    "±": "plus or minus ",
    "~": "about ",
    "≈": "about ",
    "<": "less than ",
    ">": "more than ",
    "≤": "at most ",
    "≥": "at least ",
}


def digits(figures: str) -> str:
    """ "405" → "four zero five"; anything else in the text is passed over."""
    return " ".join(_ONES[int(figure)] for figure in figures if "0" <= figure <= "9")


def cardinal(figures: str, *, is_british: bool = False) -> str:
    """ "1234" → "one thousand two hundred thirty-four", British "… and thirty-four".

    figures: ASCII digits, possibly with commas. Longer than 33 digits: digit by digit.
    """
    figures = figures.replace(",", "")
    if len(figures) > 3 * len(_SCALES):
        return digits(figures)
    figures = figures.lstrip("0")
    if not figures:
        return "zero"
    words: list[str] = []
    for i in range(-(-len(figures) // 3) - 1, -1, -1):
        group = int(figures[max(0, len(figures) - 3 * i - 3) : len(figures) - 3 * i])
        if not group:
            continue
        if is_british and not i and group < 100 and words:
            words.append("and")
        words.append(_hundreds(group, is_british))
        if i:
            words.append(_SCALES[i])
    return " ".join(words)


def _hundreds(number: int, is_british: bool) -> str:
    """1–999."""
    words = []
    hundred, rest = divmod(number, 100)
    if hundred:
        words += [_ONES[hundred], "hundred"]
        if rest and is_british:
            words.append("and")
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    ten, one = divmod(number, 10)
    return _TENS[ten] + (f"-{_ONES[one]}" if one else "")


def ordinal(figures: str, *, is_british: bool = False) -> str:
    """ "21" → "twenty-first"."""
    figures = figures.replace(",", "")
    if len(figures) > 3 * len(_SCALES):
        return f"{digits(figures)}th"
    head, last = _split_last_word(cardinal(figures, is_british=is_british))
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def plural(words: str) -> str:
    """ "nineteen eighty" → "nineteen eighties"."""
    head, last = _split_last_word(words)
    if last.endswith("y"):
        return f"{head}{last[:-1]}ies"
    return head + last + ("es" if last.endswith("x") else "s")


def _split_last_word(words: str) -> tuple[str, str]:
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    return words[:cut], words[cut:]


def year(figures: str) -> str:
    """ "1999" → "nineteen ninety-nine", "2007" → "two thousand seven", "1905" → "nineteen oh five"; 3 or 4 digits."""
    if len(figures) != 4 or figures[0] == "0":
        return cardinal(figures)
    century, rest = figures[:2], int(figures[2:])
    if century[1] == "0" and rest < 10:
        return cardinal(figures)
    return f"{cardinal(century)} {pair(figures[2:])}"


def dated_year(figures: str) -> str:
    """A year as part of a full date: this century's are said in full, "two-thousand twenty-four"."""
    if len(figures) == 4 and figures.startswith("20"):
        rest = int(figures[2:])
        return "two-thousand" + (f" {_below_hundred(rest)}" if rest else "")
    return year(figures)


def pair(figures: str) -> str:
    """Two figures said in one breath: "30" → "thirty", "05" → "oh five", "00" → "hundred"."""
    if figures == "00":
        return "hundred"
    return f"oh {_ONES[int(figures[1])]}" if figures[0] == "0" else _below_hundred(int(figures))


def quantity(number: str, *, is_british: bool = False) -> str:
    """A number as NUMBER finds it, with or without a sign: "-1,234.50" → "minus one thousand … point five zero"."""
    sign = _SIGN_WORDS.get(number[:1], "")
    if sign:
        number = number[1:]
    whole, point, fraction = number.partition(".")
    plain = whole.replace(",", "")
    if not plain:
        words = ""
    elif is_code(whole):
        words = digits(plain)
    else:
        words = cardinal(plain, is_british=is_british)
    if point and fraction:
        words = f"{words} point {digits(fraction)}".lstrip()
    return sign + words


def is_code(whole: str) -> bool:
    """Whether a number without its fraction is an identifier: a leading zero, or long without separators."""
    return (len(whole) > 1 and whole[0] == "0") or (
        len(whole) >= _LONGEST_ID and "," not in whole and not whole.endswith("000")
    )


def is_one(number: str) -> bool:
    """Whether what is counted stands in the singular: 1, 01, 1.0 no, −1."""
    return re.fullmatch(r"[-−–+]?0{0,30}1", number) is not None
