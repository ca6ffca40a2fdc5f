# SPDX-License-Identifier: GPL-3.0-or-later
"""Every output format through the vendor's Python package: a player hears the same sentence in each, whole.

Sources: reference/api-facts.md §2.3 (the sets), §1 (S16LE, mono), §15.1 (wav and streams).
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from elevenlabs import ElevenLabs
from elevenlabs.core.api_error import ApiError
from numpy.typing import NDArray

from oscine.dialects.elevenlabs import schema
from tests.journeys.ear import SENTENCE, VOICE, hear, levels, loudness_db, seconds, speech_span
from tests.unit.codecs.listening import Heard

FULL = sorted(schema.FULL)
STREAM = sorted(schema.STREAM)
REFERENCE = "pcm_48000"

CONTAINERS = {"mp3": "mp3", "wav": "wav", "opus": "ogg", "pcm": "s16le", "ulaw": "mulaw", "alaw": "alaw"}
CODECS = {"mp3": "mp3", "wav": "pcm_s16le", "opus": "opus", "pcm": "pcm_s16le", "ulaw": "pcm_mulaw", "alaw": "pcm_alaw"}


@dataclass(frozen=True, slots=True)
class Sound:
    body: bytes
    heard: Heard


@pytest.fixture(scope="module")
def convert(client: ElevenLabs) -> Callable[[str], Sound]:
    """A sentence in a format, made once."""

    @cache
    def get(name: str) -> Sound:
        body = b"".join(client.text_to_speech.convert(VOICE, text=SENTENCE, output_format=name, seed=1))
        return Sound(body, hear(body, name))

    return get


def test_the_sets_are_those_of_the_vendor() -> None:
    """Source: reference/api-facts.md §2.3."""
    assert (len(FULL), len(STREAM)) == (28, 21)


@pytest.mark.parametrize("name", FULL)
def test_convert(convert: Callable[[str], Sound], name: str) -> None:
    codec, rate = name.split("_")[:2]
    heard, reference = convert(name).heard, convert(REFERENCE).heard
    assert (heard.container, heard.codec) == (CONTAINERS[codec], CODECS[codec])
    assert (heard.rate, heard.channels) == (int(rate), 1)
    assert 1.5 < seconds(heard) < 5
    assert seconds(heard) == pytest.approx(seconds(reference), abs=0.06)
    assert -28 < loudness_db(heard) < -12
    assert loudness_db(heard) == pytest.approx(loudness_db(reference), abs=3 if rate == "8000" else 1)
    assert float(np.abs(heard.samples).max()) < 0.999


@pytest.mark.parametrize("name", FULL)
def test_the_whole_sentence_is_in_every_format(convert: Callable[[str], Sound], name: str) -> None:
    """The rise and fall of the voice is that of the reference from the first sound to the last."""
    heard, reference = convert(name).heard, convert(REFERENCE).heard
    for mine, theirs in zip(speech_span(heard), speech_span(reference), strict=True):
        assert mine == pytest.approx(theirs, abs=0.06)
    assert _likeness(levels(heard), levels(reference)) > 0.95


def _likeness(mine: NDArray[np.float64], theirs: NDArray[np.float64]) -> float:
    """Best correlation of two curves within ±60 ms."""
    length = min(len(mine), len(theirs)) - 12
    centre = theirs[6 : 6 + length]
    return max(float(np.corrcoef(mine[lag : lag + length], centre)[0, 1]) for lag in range(13))


def test_the_last_word_is_not_cut(client: ElevenLabs, convert: Callable[[str], Sound]) -> None:
    whole = convert(REFERENCE).heard
    _, end = speech_span(whole)
    assert seconds(whole) - end < 0.5
    assert float(levels(whole)[round((end - 0.25) * 100) : round(end * 100)].max()) > 0.02
    text = SENTENCE.removesuffix(" in motion.") + "."
    body = b"".join(client.text_to_speech.convert(VOICE, text=text, output_format=REFERENCE, seed=1))
    assert seconds(whole) - seconds(hear(body, REFERENCE)) > 0.35


@pytest.mark.parametrize("name", STREAM)
def test_a_stream_is_the_same_sound(client: ElevenLabs, convert: Callable[[str], Sound], name: str) -> None:
    chunks = list(client.text_to_speech.stream(VOICE, text=SENTENCE, output_format=name, seed=1))
    heard = hear(b"".join(chunks), name)
    assert np.array_equal(heard.samples, convert(name).heard.samples)


@pytest.mark.parametrize("name", sorted(set(FULL) - set(STREAM)))
def test_wav_cannot_be_streamed(client: ElevenLabs, name: str) -> None:
    """Source: reference/api-facts.md §15.1."""
    with pytest.raises(ApiError) as caught:
        list(client.text_to_speech.stream(VOICE, text=SENTENCE, output_format=name))
    assert caught.value.status_code == 400
    assert caught.value.body["detail"]["status"] == "invalid_output_format"


@pytest.mark.parametrize("name", [name for name in FULL if name.startswith("wav")])
def test_wav_says_its_length(convert: Callable[[str], Sound], name: str) -> None:
    """Source: reference/api-facts.md §15.23."""
    body = convert(name).body
    assert int.from_bytes(body[4:8], "little") == len(body) - 8
    with wave.open(io.BytesIO(body)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, int(name.split("_")[1]))
        assert file.getnframes() * 2 == len(file.readframes(file.getnframes())) == len(body) - 44


@pytest.mark.parametrize("name", [name for name in FULL if name.startswith(("mp3", "opus"))])
def test_bit_rates(convert: Callable[[str], Sound], name: str) -> None:
    sound = convert(name)
    codec, _, kbps = name.split("_")
    payload_kbps = sum(sound.heard.packet_bytes) * 8 / seconds(sound.heard) / 1000
    assert payload_kbps == pytest.approx(int(kbps), rel=0.05 if codec == "mp3" else 0.2)
    assert len(sound.body) * 8 / seconds(sound.heard) / 1000 == pytest.approx(int(kbps), rel=0.25)


@pytest.mark.parametrize("name", [name for name in FULL if name.startswith(("pcm", "ulaw", "alaw"))])
def test_raw_formats_have_nothing_but_samples(convert: Callable[[str], Sound], name: str) -> None:
    sound = convert(name)
    assert len(sound.body) == len(sound.heard.samples) * (2 if name.startswith("pcm") else 1)


def test_the_default_format(client: ElevenLabs, convert: Callable[[str], Sound]) -> None:
    """Source: seeds/002, output_format."""
    body = b"".join(client.text_to_speech.convert(VOICE, text=SENTENCE, seed=1))
    assert body == convert("mp3_44100_128").body
