# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job keeps of a request is the request."""

from dataclasses import replace

import orjson
import pytest
from pydantic import ValidationError

from oscine.domain.audio import find_format
from oscine.domain.composition import MusicPrompt, MusicRequest
from oscine.domain.sound import SoundPrompt, SoundRequest
from oscine.domain.speech import Boundary, Drawn, SettingsChange, SpeechRequest
from oscine.pipeline.orders import Request, pack, unpack

SPEECH = SpeechRequest(
    "Größe \N{SNOWMAN} <break time='1s'/>",
    "voice",
    "eleven_v3",
    find_format("mp3_44100_128"),
    SettingsChange(stability=0.5, speed=1.2),
    seed=2**32 - 1,
    previous_ids=("a", "b"),
    open_end=Boundary.CLAUSE,
)


@pytest.mark.parametrize(
    "request_",
    [
        SPEECH,
        SoundRequest(SoundPrompt("rain", 3.5, 0.1, True), "eleven_text_to_sound_v2", find_format("pcm_44100"), 7),
        MusicRequest(MusicPrompt("jazz", None, 30.0), "music_v1", find_format("wav_44100").in_stereo, 7),
    ],
    ids=lambda request_: type(request_).__name__,
)
def test_what_is_packed_is_unpacked(request_: Request) -> None:
    stored = orjson.loads(orjson.dumps(pack(request_)))
    assert unpack(type(request_), stored) == request_  # type: ignore[type-var]


def test_a_seed_is_drawn_once_and_known_as_drawn() -> None:
    stored = orjson.loads(orjson.dumps(pack(replace(SPEECH, seed=None))))
    once, again = unpack(SpeechRequest, stored), unpack(SpeechRequest, stored)
    assert once == again
    assert isinstance(once.seed, Drawn)
    assert once.seed < 2**31
    assert not isinstance(unpack(SpeechRequest, pack(SPEECH)).seed, Drawn)
    with pytest.raises(ValidationError):
        unpack(SoundRequest, stored)
