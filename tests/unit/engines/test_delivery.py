# SPDX-License-Identifier: GPL-3.0-or-later
from oscine.domain.expression import Expression
from oscine.domain.voice import Timbre
from oscine.engines.delivery import express, open_chance


def test_a_mood_moves_the_speaker_within_limits() -> None:
    speaker = Timbre("any", 200.0, range=1.2, tilt=0.5, gain_db=-1.0)
    excited = express(speaker, Expression(pitch=1.25, range=1.5, tilt=0.25, breath=0.5, volume_db=3.0))
    assert excited == Timbre("any", 250.0, range=1.2 * 1.5, breath=0.5, tilt=0.75, gain_db=2.0)
    wild = express(speaker, Expression(pitch=9.0, range=9.0, tilt=1.0, breath=1.0))
    assert (wild.pitch_hz, wild.range, wild.tilt, wild.breath) == (500.0, 2.5, 1.0, 1.0)


def test_chance_is_the_same_for_the_same_seed_and_text_alone() -> None:
    draws = [open_chance(seed, text).random() for seed, text in ((1, "a"), (1, "a"), (2, "a"), (1, "b"))]
    assert draws[0] == draws[1]
    assert len(set(draws)) == 3
    assert open_chance(None, "a").random() != open_chance(None, "a").random()
