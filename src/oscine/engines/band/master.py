# SPDX-License-Identifier: GPL-3.0-or-later
"""From the mix to the finished piece: a gain, then a limiter for the peaks that are left.

The gain is found before the first block is out. What the forecast got wrong is made good while the piece plays, so
slowly that nobody hears it: what is soft in the score stays soft, and nothing pumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from oscine.domain.loudness import integrate_lufs
from oscine.domain.music import Stereo
from oscine.engines.band.forecast import Forecast
from oscine.engines.band.limiter import Limiter
from oscine.engines.band.loudness import Meter

TARGET_LUFS = -14.0
_SLEW_DB = 0.06
"""By how much the gain may move in a block."""
_MOST_DB = 2.0
"""How far it may be from what was forecast."""
_SETTLED_BLOCKS = 15
"""Of 0.1 s: so little left decides nothing any more."""


def master(
    blocks: Iterable[Stereo],
    rate: int,
    forecast: Forecast,
    target_lufs: float = TARGET_LUFS,
    *,
    is_steady: bool = False,
) -> Iterator[Stereo]:
    """The blocks at their final level, true peaks at most −1 dBTP; as many frames, some milliseconds later.

    is_steady: the gain never moves, as in a loop, whose end must be as loud as its beginning.
    """
    limiter, meter = Limiter(rate), Meter(rate)
    gain_db = forecast.gain_db
    for block in blocks:
        wanted_db = gain_db if is_steady else _steer(meter, forecast, gain_db, target_lufs)
        gains = np.linspace(10 ** (gain_db / 20), 10 ** (wanted_db / 20), block.shape[1]).astype(np.float32)
        gain_db = wanted_db
        done = limiter.push(block * gains)
        if done.shape[1]:
            meter.push(done)
            yield done
    yield limiter.flush()


def _steer(meter: Meter, forecast: Forecast, gain_db: float, target_lufs: float) -> float:
    """The gain for the next block: nearer to what would bring the piece to the target, were the forecast right."""
    heard = meter.blocks()
    left = forecast.powers[len(heard) :]
    if len(left) < _SETTLED_BLOCKS:
        return gain_db
    foreseen = np.concatenate((heard, left * 10 ** ((gain_db - forecast.loss_db) / 10)))
    wanted_db = gain_db + (target_lufs - integrate_lufs(foreseen)) * len(foreseen) / len(left)
    wanted_db = min(max(wanted_db, forecast.gain_db - _MOST_DB), forecast.gain_db + _MOST_DB)
    return min(max(wanted_db, gain_db - _SLEW_DB), gain_db + _SLEW_DB)
