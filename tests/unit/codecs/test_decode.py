# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
import wave

import av
import numpy as np
import pytest

from oscine.codecs.decode import to_wav
from oscine.domain.audio import FORMATS
from tests.unit.codecs.listening import encode, find_pitch, sine


def convert(body: bytes, name: str) -> tuple[np.ndarray, int]:
    target = io.BytesIO()
    for _ in to_wav(io.BytesIO(body), FORMATS[name], target):
        pass
    assert target.tell() == 0
    with wave.open(target) as read:
        assert (read.getnchannels(), read.getsampwidth()) == (1, 2)
        return np.frombuffer(read.readframes(read.getnframes()), "<i2") / 32768, read.getframerate()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_becomes_wav_of_its_own_rate(name: str) -> None:
    audio_format = FORMATS[name]
    samples = sine(440, 1.5, audio_format.rate)
    heard, rate = convert(encode(samples, audio_format), name)
    assert rate == audio_format.rate
    assert abs(len(heard) - len(samples)) <= (0.06 * rate if audio_format.codec in ("mp3", "aac") else 0)
    middle = heard[rate // 4 : -rate // 4]
    assert find_pitch(middle, rate) == pytest.approx(440, abs=1)
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.03)


def test_pcm_keeps_every_sample() -> None:
    body = encode(sine(300, 0.3, 16000), FORMATS["pcm_16000"])
    heard, _ = convert(body, "pcm_16000")
    assert (heard * 32768).astype("<i2").tobytes() == body


def test_it_goes_in_steps_and_may_be_left() -> None:
    name = "mp3_44100_128"
    steps = to_wav(io.BytesIO(encode(sine(440, 5, 44100), FORMATS[name])), FORMATS[name], io.BytesIO())
    next(steps)
    steps.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["mp3_44100_128", "opus_48000_64"])
def test_what_is_no_audio_is_an_error(name: str) -> None:
    with pytest.raises(av.FFmpegError):
        convert(b"nothing of the kind " * 500, name)
