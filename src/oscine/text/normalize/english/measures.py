# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers with what they count: units, percentages, feet and inches, magnitudes, sizes."""

from __future__ import annotations

import re

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.fractions import GLYPHS, glyph_words, slash_words
from oscine.text.normalize.english.numbers import NUMBER, SIGNS, cardinal, is_one, quantity
from oscine.text.normalize.english.units import BARE_LETTER, SPACED_ONLY, TIGHT_ONLY, UNITS, british
from oscine.text.normalize.scan import Rule

_UNIT = "|".join(sorted((re.escape(symbol) for symbol in UNITS), key=len, reverse=True))
_DASH = r"\s?[-–—]\s?"
_GAP = "[ \u00a0\u2009\u202f-]?"
_SIGN = rf"(?P<sign>[{SIGNS}])?"
_AMOUNT = (
    rf"(?:(?P<slash>(?:[0-9]{{1,3}}[ -])?[0-9]{{1,2}}[/⁄][0-9]{{1,2}})(?![\d/])"
    rf"|(?P<amount>{NUMBER}|\.[0-9]{{1,30}}|(?=[{GLYPHS}]))(?:\s?(?P<glyph>[{GLYPHS}]))?)"
)
_TO = rf"(?:(?P<dash>{_DASH})(?P<to>{NUMBER}))?"
_MAGNITUDES = {"k": "thousand", "M": "million", "bn": "billion", "mn": "million", "tn": "trillion"}
_POWERS = {"": "", "²": " squared", "³": " cubed"}
_SQUARES = {"sq": "square", "cu": "cubic"}
_PER = "month mo year yr hour hr h day week wk person user minute min second sec s night page item unit".split()
_PER_WORDS = {"mo": "month", "yr": "year", "hr": "hour", "h": "hour", "wk": "week", "min": "minute", "sec": "second"}
_PER_WORDS["s"] = "second"

MEASURE = re.compile(
    rf"{_SIGN}{_AMOUNT}{_TO}(?P<gap>{_GAP})(?P<unit>{_UNIT})(?![\w²³])(?:/(?P<per>{_UNIT})(?P<power>[²³]?)(?!\w))?"
    r"(?:\.(?=\s[a-z]|[,;])|(?<=ft|lb|hr)\.(?=\s\d))?"
)


def amount_words(match: re.Match[str], scene: Scene) -> str:
    """Sign, number, fraction and range of a match with the groups of MEASURE."""
    is_british = scene.locale.is_british
    if match["slash"]:
        words = slash_words(match["slash"]) or _over(match["slash"])
    elif match["glyph"]:
        words = glyph_words(match["amount"], match["glyph"])
    else:
        words = quantity((match["sign"] or "") + match["amount"], is_british=is_british)
    if match["to"]:
        words += f" to {quantity(match['to'], is_british=is_british)}"
    return words


def _over(slash: str) -> str:
    """ "8/4" → "eight over four", "1 8/4" → "one eight over four": no proper fraction."""
    return " over ".join(" ".join(map(cardinal, re.findall("[0-9]+", part))) for part in re.split("[/⁄]", slash))


def is_glued(match: re.Match[str], scene: Scene) -> bool:
    """Whether a sign belongs to what stands before it ("B-52 m" is not minus fifty-two meters)."""
    return bool(match["sign"]) and scene.before(match.start(), 1).isalnum()


def is_singular(match: re.Match[str], scene: Scene) -> bool:
    """One of it, or an adjective: "a 5 km run"."""
    if not match["to"]:
        is_fraction = not match["amount"] and not re.search("[ -]", match["slash"] or "")
        if is_fraction or (not match["glyph"] and not match["slash"] and is_one(match["amount"])):
            return True
    before = scene.word_before(match.start()).lower()
    return before in ("a", "an") and re.match(r"[\s-][a-z]", scene.after(match.end(), 2)) is not None


def _say_measure(match: re.Match[str], scene: Scene) -> str | None:
    symbol, per, gap = match["unit"], match["per"], match["gap"]
    if is_glued(match, scene) or (symbol in BARE_LETTER and not per):
        return None
    if symbol == "s" and not match["to"] and _counts_figures(match, scene):
        return None
    if (symbol in SPACED_ONLY and gap in ("", "-")) or (symbol in TIGHT_ONLY and gap and not per):
        return None
    unit = UNITS[symbol]
    words = unit.one if is_singular(match, scene) or gap == "-" else unit.many
    if per:
        words += f" per {UNITS[per].one}{_POWERS[match['power']]}"
    if scene.locale.is_british:
        words = british(words)
    return f"{amount_words(match, scene)}{'-' if gap == '-' else ' '}{words}"


def _counts_figures(match: re.Match[str], scene: Scene) -> bool:
    """ "MP3s", "1s and 0s", "747s" are plurals, "5s" and "30s" are seconds."""
    return (
        match["amount"] in ("0", "1")
        or re.fullmatch("[1-9][0-9]{2}", match["amount"] or "") is not None
        or (scene.before(match.start(), 1).isalpha())
    )


def _say_square(match: re.Match[str], scene: Scene) -> str | None:
    unit = {"ft": ("foot", "feet"), "m": ("meter", "meters"), "km": ("kilometer", "kilometers")}.get(match["unit"])
    one, many = unit or {"mi": ("mile", "miles"), "in": ("inch", "inches"), "yd": ("yard", "yards")}[match["unit"]]
    words = f"{_SQUARES[match['power']]} {one if is_singular(match, scene) else many}"
    return f"{amount_words(match, scene)} {british(words) if scene.locale.is_british else words}"


def _say_inches(match: re.Match[str], scene: Scene) -> str:
    """The pattern admits "in" only where no preposition can stand."""
    return f"{amount_words(match, scene)} {'inch' if is_singular(match, scene) else 'inches'}"


def _say_inch_mark(match: re.Match[str], scene: Scene) -> str | None:
    """A quotation mark means inches only where no quotation is open."""
    if match["mark"] != "″":
        before = scene.before(match.start(), 200)
        is_open = False
        for found in _QUOTE.finditer(before):
            is_open = found.lastindex == 1  # a mark that closes nothing was itself an inch
        if is_open:
            return None
    return _say_inches(match, scene)


def _say_height(match: re.Match[str], scene: Scene) -> str:
    feet = f"{quantity(match['feet'])} {'foot' if is_one(match['feet']) else 'feet'}"
    return f"{feet} {quantity(match['inches'])} {'inch' if is_one(match['inches']) else 'inches'}"


def _say_percent(match: re.Match[str], scene: Scene) -> str | None:
    if is_glued(match, scene):
        return None
    return amount_words(match, scene) + (" per mille" if match["unit"] == "‰" else " percent")


def _say_magnitude(match: re.Match[str], scene: Scene) -> str | None:
    if is_glued(match, scene):
        return None
    return f"{amount_words(match, scene)} {_MAGNITUDES[match['unit']]}"


def _say_size(match: re.Match[str], scene: Scene) -> str:
    """1920x1080, 4 x 6 in; in a sum, and with × between small numbers, it is "times"."""
    parts = re.split(r"\s?[x×X]\s?", match["size"])
    around = scene.before(match.start(), 12) + scene.after(match.end(), 12)
    unit = match["unit"]
    is_product = "=" in around or scene.after(match.end(), 1) == "^"
    if not unit and (is_product or ("×" in match[0] and max(map(len, parts)) < 3)):
        return " times ".join(quantity(part) for part in parts)
    words = " by ".join(quantity(part, is_british=scene.locale.is_british) for part in parts)
    if not unit:
        return words
    many = UNITS[unit].many if unit in UNITS else "inches"
    return f"{words} {british(many) if scene.locale.is_british else many}"


def _say_times(match: re.Match[str], scene: Scene) -> str:
    return f"{amount_words(match, scene)} {'time' if is_singular(match, scene) else 'times'}"


def _say_resolution(match: re.Match[str], scene: Scene) -> str:
    figures = match[1]
    return f"{quantity(figures[:-2])} {quantity(figures[-2:]) if figures[-2:] != '00' else 'hundred'} {match[2]}"


def _say_per(match: re.Match[str], scene: Scene) -> str | None:
    """ "$5/month": the price was said, this is the rest."""
    if not re.search(rf"[0-9.](?:[A-Za-z%°µ²³]{{1,4}}|\s?[{GLYPHS}])?\Z", scene.before(match.start(), 8)):
        return None
    symbol = match[1]
    unit = _PER_WORDS.get(symbol) or (UNITS[symbol].one if symbol in UNITS else symbol)
    return f" per {british(unit) if scene.locale.is_british else unit}"


def _say_arc(match: re.Match[str], scene: Scene) -> str:
    """40° 26′ 46″ N."""
    words = f"{quantity(match['d'])} {'degree' if is_one(match['d']) else 'degrees'}"
    words += f" {quantity(match['m'])} {'minute' if is_one(match['m']) else 'minutes'}"
    return f"{words} {quantity(match['s'])} {'second' if is_one(match['s']) else 'seconds'}" if match["s"] else words


_QUOTE = re.compile(r"((?:(?<=[\s(\[—])|\A)[\"“](?=\S)|“)|[\"”]")
_AMOUNT_SIGNS = rf"0-9.{SIGNS}{GLYPHS}"

MEASURES: Rules = (
    Rule(
        "percent",
        re.compile(rf"{_SIGN}{_AMOUNT}{_TO}\s?(?P<unit>%|‰)(?!\w)"),
        _say_percent,
        signs=_AMOUNT_SIGNS,
    ),
    Rule(
        "feet and inches",
        re.compile(r"(?P<feet>[0-9]{1,2})['’′]\s?(?P<inches>[0-9]{1,2})(?:\"|”|″|''|’’)?(?![\w'’])"),
        _say_height,
        signs="0-9",
    ),
    Rule(
        "degrees and minutes",
        re.compile(
            r"(?P<d>[0-9]{1,3})°\s?(?P<m>[0-9]{1,2}(?:\.[0-9]{1,6})?)[′'’](?:\s?(?P<s>[0-9]{1,2}(?:\.[0-9]{1,6})?)(?:[″\"”]|''))?"
        ),
        _say_arc,
        signs="0-9",
    ),
    Rule(
        "size",
        re.compile(
            rf"(?P<size>{NUMBER}(?:(?:x|×|\s[x×X]\s){NUMBER}){{1,3}})(?!,?\d|\.\d)"
            rf"(?:\s?(?P<unit>{_UNIT}|in|[\"”″])(?![\w²³]))?"
        ),
        _say_size,
        signs="0-9",
    ),
    Rule("times", re.compile(rf"{_SIGN}{_AMOUNT}{_TO}[x×](?!\w)"), _say_times, signs=_AMOUNT_SIGNS),
    Rule("resolution", re.compile(r"([0-9]{3,4})([pi])\b"), _say_resolution, signs="1-9"),
    Rule(
        "square measure",
        re.compile(rf"{_SIGN}{_AMOUNT}{_TO}\s?(?P<power>sq|cu)\.?\s?(?P<unit>ft|mi|in|yd|km|m)\b\.?"),
        _say_square,
        signs=_AMOUNT_SIGNS,
    ),
    Rule(
        "inches",
        re.compile(
            rf"{_SIGN}{_AMOUNT}{_TO}[ -]?in(?:\.(?!\s[A-Z]|\s{{0,8}}\Z)"
            r"|(?=\s?[,;:)]|\s(?:x|×|by|wide|tall|long|deep|high|thick)\b))"
        ),
        _say_inches,
        signs=_AMOUNT_SIGNS,
    ),
    Rule("inch mark", re.compile(rf"{_SIGN}{_AMOUNT}{_TO}(?P<mark>[\"”″])(?!\w)"), _say_inch_mark, signs=_AMOUNT_SIGNS),
    Rule("measure", MEASURE, _say_measure, signs=_AMOUNT_SIGNS),
    Rule(
        "magnitude",
        re.compile(rf"{_SIGN}{_AMOUNT}{_TO}(?:\s(?=mn|bn|tn))?(?P<unit>k|M|bn|mn|tn)(?!\w)"),
        _say_magnitude,
        signs=_AMOUNT_SIGNS,
    ),
    Rule(
        "per", re.compile(rf"/({'|'.join(sorted({*_PER, *UNITS}, key=len, reverse=True))})(?!\w)"), _say_per, signs="/"
    ),
)
