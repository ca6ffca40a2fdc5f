# SPDX-License-Identifier: GPL-3.0-or-later
"""English of any length, never the same twice, so that nothing can be remembered."""

from __future__ import annotations

import random

_WORDS = (
    "the river carries small boats past quiet houses while children watch from bridges and count them in "
    "the evening light before dinner somebody sings an old song about harvest weather and everyone "
    "remembers another verse"
).split()


def text(length: int, seed: int) -> str:
    """Exactly `length` characters of sentences of six to fourteen words."""
    pick = random.Random(seed)
    made = ""
    while len(made) < length:
        words = [pick.choice(_WORDS) for _ in range(pick.randint(6, 14))]
        made += " ".join(words).capitalize() + ". "
    return made[: length - 1].rstrip(" .").ljust(length - 1, "s") + "."
