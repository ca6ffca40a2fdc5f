# SPDX-License-Identifier: GPL-3.0-or-later
"""What several kinds of sound begin with: throats, and bodies that are struck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from oscine.engines.foley.hand import Hand
from oscine.engines.foley.primitives import (
    RATE,
    Sound,
    band,
    decay,
    frames,
    low,
    modes,
    noise,
    saw,
)

_BODIES = {
    "wood": ((180, 1.0, 2.3, 3.9, 5.6, 7.7), 0.055),
    "metal": ((420, 1.0, 2.76, 5.4, 8.93, 13.3), 0.9),
    "glass": ((1900, 1.0, 2.1, 3.4, 4.6, 6.2), 0.22),
    "plastic": ((330, 1.0, 1.9, 3.1, 4.8, 6.1), 0.02),
    "stone": ((520, 1.0, 1.7, 2.9, 4.1, 6.3), 0.018),
    "ceramic": ((1200, 1.0, 1.9, 3.2, 4.9, 6.6), 0.09),
}
"""How a struck body of a material sounds: its lowest mode in hertz, ratios, and how long it rings, seconds."""

_SAME = {
    "tin": "metal",
    "steel": "metal",
    "iron": "metal",
    "concrete": "stone",
    "tile": "ceramic",
    "rock": "stone",
    "brick": "stone",
}


def throat(hand: Hand, hertz: Sound, formants_hz: Sequence[float], breath: float = 0.1) -> Sound:
    """A voice: a buzz at `hertz` (frames,) through resonances, with some breath."""
    count = len(hertz)
    shaken = hertz * (1 + 0.012 * low(noise(hand.rng, count), 40) * 8)
    buzz = saw(np.cumsum(shaken) / RATE) + breath * 2 * noise(hand.rng, count)
    made = np.zeros(count)
    for number, formant in enumerate(formants_hz):
        made += band(buzz, formant / 1.15, formant * 1.15, 1) / (1 + 0.5 * number)
    return made


def struck(hand: Hand, material: str, seconds: float = 1.2, base: float = 1.0) -> Sound:
    """A body of that material, hit once. seconds: what it may take; it is damped if it would ring for longer."""
    (lowest, *ratios), ring = _BODIES[_SAME.get(material, material)]
    ring = min(ring, seconds / 5) * hand.stretch
    hertz = hand.around(lowest, 0.1) * hand.tune * base
    count = frames(min(seconds * hand.stretch, 9 * ring + 0.1))
    body = modes(
        count,
        [hertz * ratio * hand.around(1, 0.02) for ratio in ratios],
        [ring / ratio**0.6 for ratio in ratios],
        [hand.around(1, 0.4) / (1 + 0.5 * number) for number in range(len(ratios))],
    )
    contact = min(count, frames(0.06))
    body[:contact] += 0.8 * band(noise(hand.rng, contact), hertz, 5000) * decay(contact, 0.0005, 0.006)
    return body


def material_of(hand: Hand, otherwise: str) -> str:
    asked = hand.traits.material or otherwise
    return asked if _SAME.get(asked, asked) in _BODIES else otherwise
