# SPDX-License-Identifier: GPL-3.0-or-later
"""$42.50, £3bn, 5 €, 100 USD, 99¢."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oscine.text.normalize.english.dialect import Rules, Scene
from oscine.text.normalize.english.numbers import NUMBER, is_one, quantity
from oscine.text.normalize.scan import Rule


@dataclass(frozen=True, slots=True)
class Currency:
    one: str
    many: str
    cent: str = ""
    """The hundredth part, singular; "" when people do not use one."""
    cents: str = ""
    is_british: bool = False
    """Whether amounts are read the British way in any English."""


_DOLLAR = Currency("dollar", "dollars", "cent", "cents")
_POUND = Currency("pound", "pounds", "penny", "pence", is_british=True)
_EURO = Currency("euro", "euros", "cent", "cents")
_YEN = Currency("yen", "yen")
_RUPEE = Currency("rupee", "rupees", "paisa", "paise")
_CENT = Currency("cent", "cents")


def _dollar_of(country: str) -> Currency:
    return Currency(f"{country} dollar", f"{country} dollars", "cent", "cents")


SYMBOLS: dict[str, Currency] = {
    "US$": _dollar_of("US"),
    "CA$": _dollar_of("Canadian"),
    "AU$": _dollar_of("Australian"),
    "NZ$": _dollar_of("New Zealand"),
    "HK$": _dollar_of("Hong Kong"),
    "NT$": _dollar_of("Taiwan"),
    "C$": _dollar_of("Canadian"),
    "A$": _dollar_of("Australian"),
    "S$": _dollar_of("Singapore"),
    "R$": Currency("real", "reais", "centavo", "centavos"),
    "$": _DOLLAR,
    "＄": _DOLLAR,
    "£": _POUND,
    "€": _EURO,
    "¥": _YEN,
    "￥": _YEN,
    "₹": _RUPEE,
    "₩": Currency("won", "won"),
    "₽": Currency("ruble", "rubles", "kopeck", "kopecks"),
    "₿": Currency("bitcoin", "bitcoins"),
    "₺": Currency("lira", "lira", "kuruş", "kuruş"),
    "₫": Currency("dong", "dong"),
    "₪": Currency("shekel", "shekels", "agora", "agorot"),
    "₦": Currency("naira", "naira", "kobo", "kobo"),
    "₱": Currency("peso", "pesos", "centavo", "centavos"),
    "₴": Currency("hryvnia", "hryvnias", "kopiyka", "kopiykas"),
    "฿": Currency("baht", "baht", "satang", "satang"),
    "₵": Currency("cedi", "cedis", "pesewa", "pesewas"),
    "₸": Currency("tenge", "tenge"),
}

CODES: dict[str, Currency] = {
    "USD": _dollar_of("US"),
    "CAD": _dollar_of("Canadian"),
    "AUD": _dollar_of("Australian"),
    "NZD": _dollar_of("New Zealand"),
    "SGD": _dollar_of("Singapore"),
    "HKD": _dollar_of("Hong Kong"),
    "EUR": _EURO,
    "GBP": _POUND,
    "JPY": _YEN,
    "CNY": Currency("yuan", "yuan"),
    "RMB": Currency("renminbi", "renminbi"),
    "INR": _RUPEE,
    "KRW": SYMBOLS["₩"],
    "RUB": SYMBOLS["₽"],
    "CHF": Currency("Swiss franc", "Swiss francs", "centime", "centimes"),
    "SEK": Currency("Swedish krona", "Swedish kronor", "öre", "öre"),
    "NOK": Currency("Norwegian krone", "Norwegian kroner", "øre", "øre"),
    "DKK": Currency("Danish krone", "Danish kroner", "øre", "øre"),
    "PLN": Currency("zloty", "zlotys", "grosz", "groszy"),
    "CZK": Currency("Czech koruna", "Czech korunas"),
    "HUF": Currency("forint", "forints"),
    "MXN": Currency("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "BRL": SYMBOLS["R$"],
    "ZAR": Currency("rand", "rand", "cent", "cents"),
    "TRY": SYMBOLS["₺"],
    "UAH": SYMBOLS["₴"],
    "THB": SYMBOLS["฿"],
    "ILS": SYMBOLS["₪"],
    "PHP": SYMBOLS["₱"],
    "AED": Currency("dirham", "dirhams"),
    "SAR": Currency("riyal", "riyals"),
    "BTC": SYMBOLS["₿"],
}

_MAGNITUDES = {
    "k": "thousand",
    "thousand": "thousand",
    "m": "million",
    "mm": "million",
    "mn": "million",
    "mio": "million",
    "million": "million",
    "b": "billion",
    "bn": "billion",
    "billion": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trillion": "trillion",
}

_SIGNS = "".join(symbol for symbol in SYMBOLS if len(symbol) == 1)
_PREFIX = "|".join(map(re.escape, SYMBOLS)) + "|" + "|".join(CODES)
_SUFFIX = f"[{_SIGNS}¢]|" + "|".join(CODES)
_AMOUNT = rf"(?:{NUMBER}|\.[0-9]{{1,30}})"
_DASH = r"\s?[-–—]\s?"
_MAGNITUDE = r"(?:(?P<magnitude>[kKmMbBtT]|mm|mn|mio|bn|tn)|[\s-](?P<word>thousand|million|billion|trillion|bn|mn|m))\b"

_BEFORE = re.compile(
    rf"(?P<sign>[-−])?(?P<currency>{_PREFIX})\s?(?P<inner>[-−])?(?P<amount>{_AMOUNT})"
    rf"(?:{_DASH}(?:{_PREFIX})?(?P<to>{_AMOUNT}))?(?!,?[0-9])(?:{_MAGNITUDE})?"
)
_AFTER = re.compile(
    rf"(?P<sign>[-−])?(?P<amount>{NUMBER})(?:{_DASH}(?P<to>{NUMBER}))?(?:{_MAGNITUDE})?"
    rf"\s?(?P<currency>{_SUFFIX})(?![\w$£€]|\s?[0-9])"
)
_PENCE = re.compile(r"(?P<amount>[0-9]{1,2})p\b")


def _say(match: re.Match[str], scene: Scene) -> str | None:
    part = match.groupdict()
    name = part["currency"]
    if (part["sign"] or name[0].isalpha()) and scene.before(match.start(), 1).isalnum():
        return None
    currency = _CENT if name == "¢" else SYMBOLS.get(name) or CODES[name]
    is_british = scene.locale.is_british or currency.is_british
    magnitude = _MAGNITUDES.get((part["magnitude"] or part["word"] or "").lower(), "")
    words = "minus " if part["sign"] or part.get("inner") else ""
    amount = part["to"] or part["amount"]
    if part["to"]:
        words += f"{quantity(part['amount'], is_british=is_british)} to "
    adjective = scene.word_before(match.start()).lower() in ("a", "an", "per") and re.match(
        r"-[A-Za-z]|\s[a-z]", scene.after(match.end(), 2)
    )
    if magnitude:
        return f"{words}{quantity(amount)} {magnitude} {currency.one if adjective else currency.many}"
    return words + _price(amount, currency, is_british=is_british, is_adjective=bool(adjective))


def _price(amount: str, currency: Currency, *, is_british: bool, is_adjective: bool) -> str:
    whole, _, cents = amount.partition(".")
    if not cents.strip("0"):
        amount, cents = whole or "0", ""
    if not (len(cents) == 2 and currency.cent):
        name = currency.one if is_one(amount) or is_adjective else currency.many
        return f"{quantity(amount, is_british=is_british)} {name}"
    parts = []
    if whole.strip("0,"):
        unit = currency.one if is_one(whole) else currency.many
        parts.append(f"{quantity(whole, is_british=is_british)} {unit}")
    parts.append(f"{quantity(cents.lstrip('0'))} {currency.cent if cents == '01' else currency.cents}")
    return " and ".join(parts)


def _say_pence(match: re.Match[str], scene: Scene) -> str | None:
    if not scene.locale.is_british:
        return None
    return f"{quantity(match['amount'])} {'penny' if is_one(match['amount']) else 'pence'}"


MONEY: Rules = (
    Rule(
        "money, currency first",
        _BEFORE,
        _say,
        signs=rf"{_SIGNS}\-−",
        words=rf"(?:{_PREFIX})\s?[-−]?\.?[0-9]",
    ),
    Rule("money, currency last", _AFTER, _say, signs=r"0-9\-−"),
    Rule("pence", _PENCE, _say_pence, signs="0-9"),
)
