# SPDX-License-Identifier: GPL-3.0-or-later
"""Percentages, money and units, with the locale's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oscine.text.normalize.scan import Rule
from oscine.text.normalize.world.locale import Locale
from oscine.text.normalize.world.numbers import cardinal, counted, number_pattern, quantity, split
from oscine.text.normalize.world.scene import Rules, Scene

_CODES = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "RUB": "₽", "US$": "$", "R$": "R$"}
_GAPS = "\u00a0\u2009\u202f "
_GLUED = re.compile(r"[\w.,:/]\Z")


def _lead(match: re.Match[str], scene: Scene) -> str | None:
    """Sign and first end of a range, in words; None where they belong to what stands before."""
    locale = scene.locale
    words = ""
    if match["sign"]:
        if not locale.minus or _GLUED.search(scene.before(match.start(), 1)):
            return None
        words = f"{locale.minus} "
    if match["first"]:
        if not locale.to:
            return None
        words += f"{quantity(match['first'], locale)} {locale.to} "
    return words


def _say_percent(match: re.Match[str], scene: Scene) -> str | None:
    lead = _lead(match, scene)
    return None if lead is None else scene.locale.percent.format(lead + quantity(match["number"], scene.locale))


def _say_unit(match: re.Match[str], scene: Scene) -> str | None:
    lead = _lead(match, scene)
    if lead is None:
        return None
    return lead + counted(match["number"], scene.locale.units[match["unit"]], scene.locale)


def _say_price(match: re.Match[str], scene: Scene) -> str | None:
    locale = scene.locale
    lead = _lead(match, scene)
    sign = match["currency"]
    noun = locale.currencies.get(_CODES.get(sign, sign)) or locale.currencies.get(sign)
    if lead is None or noun is None:
        return None
    if sign[0].isalpha() and scene.before(match.start(), 1).isalnum():
        return None
    whole, fraction = split(match["number"], locale)
    if not locale.numbers or len(fraction) != 2:
        return lead + counted(match["number"], noun, locale)
    price = lead + counted(whole, noun, locale)
    return price if fraction == "00" else f"{price}{locale.cents}{cardinal(fraction.lstrip('0'), locale)}"


def measure_rules(locale: Locale) -> Rules:
    """Rules for whatever the locale has words for."""
    number = number_pattern(locale)
    first = number.replace("<group>", "<group1>").replace("=group", "=group1")
    amount = rf"(?P<sign>[-−](?=\d))?(?:(?P<first>{first})\s?[-–—]\s?)?(?P<number>{number})"
    signs = r"\d\-−"
    rules: Rules = ()
    if locale.percent.endswith(" {}"):
        rules += (Rule("percent first", re.compile(rf"%\s?{amount}"), _say_percent, signs="%"),)
    if locale.percent:
        rules += (Rule("percent", re.compile(rf"{amount}\s?[%٪](?!\w)"), _say_percent, signs=signs),)
    if locale.currencies:
        symbols = [*locale.currencies, *(code for code, sign in _CODES.items() if sign in locale.currencies)]
        names = _any(symbols)
        before = rf"(?P<currency>{names})\s?{amount}(?![.,]?\d)"
        starts = "".join(re.escape(symbol) for symbol in symbols if len(symbol) == 1 and not symbol.isalpha())
        words = _any(symbol for symbol in symbols if symbol[0].isalpha())
        rules += (
            Rule(
                "price, currency first", re.compile(before), _say_price, signs=starts or "$", words=rf"(?:{words})\s?\d"
            ),
            Rule(
                "price, currency last",
                re.compile(rf"{amount}\s?(?P<currency>{names})(?![\w])"),
                _say_price,
                signs=signs,
            ),
        )
    if locale.units:
        units = _any(locale.units)
        rules += (Rule("unit", re.compile(rf"{amount}[{_GAPS}]?(?P<unit>{units})(?![\w²³/])"), _say_unit, signs=signs),)
    return rules


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
