# SPDX-License-Identifier: GPL-3.0-or-later
"""The header, read by Python's own reader."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np
import pytest

from oscine.codecs.wav import WavEncoder, header
from oscine.domain.audio import FORMATS

FORMAT = FORMATS["wav_22050"]


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 24000, 32000, 44100, 48000])
def test_header_with_length_is_read_by_others(rate: int) -> None:
    audio_format = FORMATS[f"wav_{rate}"]
    with wave.open(io.BytesIO(header(audio_format, 5) + bytes(10))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes()) == (rate, 1, 2, 5)
        assert file.readframes(9) == bytes(10)


def test_riff_length_counts_all_after_it() -> None:
    whole = header(FORMAT, 5) + bytes(10)
    assert struct.unpack_from("<I", whole, 4) == (len(whole) - 8,)
    assert struct.unpack_from("<I", whole, 40) == (10,)


def test_unknown_length() -> None:
    """Source: engines.md §10."""
    head = header(FORMAT)
    assert head[4:8] == head[40:44] == b"\xff\xff\xff\xff"
    assert len(head) == len(header(FORMAT, 0)) == 44


def test_more_than_the_header_can_say_is_unknown() -> None:
    assert header(FORMAT, 3 << 30) == header(FORMAT)


def test_header_comes_once_with_the_first_sample() -> None:
    encoder = WavEncoder(FORMAT)
    assert encoder.encode(np.zeros(0, np.float32)) == b""
    assert encoder.encode(np.zeros(1, np.float32)) == header(FORMAT) + bytes(2)
    assert encoder.encode(np.zeros(1, np.float32)) == bytes(2)
    assert encoder.flush() == b""


def test_no_sample_leaves_the_header() -> None:
    encoder = WavEncoder(FORMAT)
    assert (encoder.flush(), encoder.flush()) == (header(FORMAT), b"")
