# SPDX-License-Identifier: GPL-3.0-or-later
"""One layer of a loop, block by block.

A loop is a circle that is entered somewhere. Events and what fades are played from before the entrance on, unheard, so
that what ends after the end is heard at the beginning. A texture without end is entered where a fade into it is over,
and ends with that fade.
"""

from __future__ import annotations

import numpy as np

from oscine.engines.foley.limiter import AROUND
from oscine.engines.foley.player import SEAM_S, Player, crossing
from oscine.engines.foley.primitives import Sound, frames


class Circle:
    def __init__(self, player: Player, total: int) -> None:
        """total: frames of the loop."""
        self._player = player
        self._seam = min(frames(SEAM_S), total // 2) if player.is_endless else 0
        self._fade_at = total - self._seam
        self._position = 0
        self._opening: Sound = np.zeros((0, 2))

    def enter(self) -> Sound:
        """To be called first: the last `AROUND` frames of the loop, which are those before its beginning."""
        self._opening = self._player.block(self._seam or self._player.lead)
        return self._opening[-AROUND:]

    def block(self, count: int) -> Sound:
        """The next `count` frames, (count, 2)."""
        made = self._player.block(count)
        start = max(0, self._fade_at - self._position)
        self._position += count
        if not self._seam or start >= count:
            return made
        rise, fall = crossing(self._seam - AROUND, self._player.is_tonal)
        rise, fall = np.append(rise, np.ones(AROUND)), np.append(fall, np.zeros(AROUND))
        part = slice(self._position - count + start - self._fade_at, self._position - self._fade_at)
        made = made.copy()
        made[start:] = made[start:] * fall[part, None] + self._opening[part] * rise[part, None]
        return made
