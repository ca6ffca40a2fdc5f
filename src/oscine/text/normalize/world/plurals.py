# SPDX-License-Identifier: GPL-3.0-or-later
"""Which form of a noun a number takes. Source: the cardinal rules of CLDR 44, reduced to what the tables hold."""

from __future__ import annotations

from collections.abc import Callable


def _one(n: int, last: int, teens: int) -> int:
    return 0 if n == 1 else 1


def _up_to_one(n: int, last: int, teens: int) -> int:
    return 0 if n < 2 else 1


def _east_slavic(n: int, last: int, teens: int) -> int:
    if last == 1 and teens != 11:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= teens <= 14 else 2


def _polish(n: int, last: int, teens: int) -> int:
    if n == 1:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= teens <= 14 else 2


def _czech(n: int, last: int, teens: int) -> int:
    if n == 1:
        return 0
    return 1 if 2 <= n <= 4 else 2


def _slovene(n: int, last: int, teens: int) -> int:
    return {1: 0, 2: 1, 3: 2, 4: 2}.get(teens, 3)


def _lithuanian(n: int, last: int, teens: int) -> int:
    if last == 0 or 11 <= teens <= 19:
        return 2
    return 0 if last == 1 else 1


def _latvian(n: int, last: int, teens: int) -> int:
    return 0 if last == 1 and teens != 11 else 1


def _romanian(n: int, last: int, teens: int) -> int:
    if n == 1:
        return 0
    return 1 if n == 0 or 1 <= teens <= 19 else 2


def _arabic(n: int, last: int, teens: int) -> int:
    return 1 if 3 <= teens <= 10 else 0


RULES: dict[str, tuple[Callable[[int, int, int], int], int]] = {
    "one": (_one, 1),
    "up to one": (_up_to_one, 1),
    "east slavic": (_east_slavic, 1),
    "polish": (_polish, 1),
    "czech": (_czech, 1),
    "slovene": (_slovene, 2),
    "lithuanian": (_lithuanian, 2),
    "latvian": (_latvian, 1),
    "romanian": (_romanian, 1),
    "arabic": (_arabic, 0),
}
"""Name → rule for whole numbers (the number up to 9999, its last figure, its last two), form after fractions."""


def choose(rule: str, forms: tuple[str, ...], whole: str, *, has_fraction: bool) -> str:
    """The form that `whole` (ASCII figures) takes. A fourth form, where there is one, serves fractions alone."""
    choose_form, fraction_form = RULES[rule]
    if has_fraction:
        index = 3 if len(forms) == 4 and rule in ("polish", "czech") else fraction_form
        if rule == "up to one" and len(whole) == 1 and whole in "01":
            index = 0
    else:
        tail = int(whole[-4:])
        number = tail if len(whole.lstrip("0")) <= 4 else 10000 + tail
        index = choose_form(number, tail % 10, tail % 100)
    return forms[min(index, len(forms) - 1)]
