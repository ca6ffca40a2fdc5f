# SPDX-License-Identifier: GPL-3.0-or-later
"""US dollars as whole micro-dollars: millionths, so that sums are exact. Never floats."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from oscine.domain.problems import SettingOutOfRange

MOST_MICROS = 10**15
"""A billion dollars: as much as a wallet holds."""

_AMOUNT = re.compile(r"\$?([0-9]{1,10}(?:\.[0-9]{1,6})?)", re.ASCII)


def read_usd(given: str, parameter: str) -> int:
    """Micro-dollars of an amount such as 5, 0.25 or $12.50. Raises: SettingOutOfRange, which names `parameter`."""
    amount = _AMOUNT.fullmatch(given.strip())
    micros = int(Decimal(amount[1]) * 1_000_000) if amount else MOST_MICROS + 1
    if micros > MOST_MICROS:
        raise SettingOutOfRange(
            f"{given[:40]!r} is no amount of US dollars. Allowed are 0 to {MOST_MICROS // 1_000_000} with at most six "
            "digits after the point, for example 5, 0.25 or 12.50.",
            parameter=parameter,
        )
    return micros


def show_usd(micros: int) -> str:
    """As $12.50; what is finer than a cent is shown as well."""
    dollars, rest = divmod(micros, 1_000_000)
    return f"${dollars}.{f'{rest:06}'.rstrip('0'):0<2}"


def price_of(characters: int, usd_per_1000: Decimal) -> int:
    """Micro-dollars for that many characters; a fraction of one counts as a whole one."""
    return math.ceil(characters * usd_per_1000 * 1000)
