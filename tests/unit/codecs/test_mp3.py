# SPDX-License-Identifier: GPL-3.0-or-later
"""The frames LAME writes, and the tag in front of them."""

from __future__ import annotations

import av
import numpy as np
import pytest

from oscine.codecs.mp3 import Mp3Encoder, header
from oscine.domain.audio import FORMATS, AudioFormat
from tests.unit.codecs.listening import decode, encode, find_lag, noise

ALL = [pytest.param(f, id=name) for name, f in FORMATS.items() if f.codec == "mp3"]


def walk(body: bytes, audio_format: AudioFormat) -> list[int]:
    """Where each frame starts, from the frame headers alone. Source: ISO/IEC 11172-3 §2.4.3.1."""
    slots = 144 if audio_format.rate >= 32000 else 72
    kbps = {240: 256}.get(audio_format.kbps or 0, audio_format.kbps or 0)  # the standard has no 240
    starts, place = [], 0
    while place < len(body):
        assert body[place : place + 2] == (b"\xff\xfb" if slots == 144 else b"\xff\xf3")
        starts.append(place)
        place += slots * 1000 * kbps // audio_format.rate + (body[place + 2] >> 1 & 1)
    assert place == len(body)
    return starts


@pytest.mark.parametrize("audio_format", ALL)
def test_tag_is_a_silent_frame_of_the_same_kind(audio_format: AudioFormat) -> None:
    head = header(audio_format)
    decoder = av.CodecContext.create("mp3", "r")
    frame = next(f for packet in (av.Packet(head), None) for f in decoder.decode(packet))
    assert (frame.sample_rate, frame.layout.nb_channels) == (audio_format.rate, 1)
    assert frame.samples == (1152 if audio_format.rate >= 32000 else 576)
    assert not frame.to_ndarray().any()
    body = encode(noise(audio_format.rate // 10), audio_format)
    assert walk(body, audio_format)[1] == len(head)
    assert head[:3] == bytes((body[len(head)], body[len(head) + 1], body[len(head) + 2] & ~2))


@pytest.mark.parametrize("audio_format", ALL)
@pytest.mark.parametrize("frames", [None, 44100], ids=["unknown", "known"])
def test_players_accept_the_tag(audio_format: AudioFormat, frames: int | None) -> None:
    """libavformat names the encoder only where the tag's checksum is right."""
    given = noise(44100)
    body = encode(given, audio_format)
    head = header(audio_format, frames)
    assert decode(head + body[len(head) :], audio_format).encoder == "LAME3.100"


@pytest.mark.parametrize("audio_format", ALL)
@pytest.mark.parametrize("is_pipe", [False, True], ids=["file", "pipe"])
def test_delay_is_cut_and_the_tag_not_played(audio_format: AudioFormat, is_pipe: bool) -> None:
    given = noise(audio_format.rate // 2)
    heard = decode(encode(given, audio_format), audio_format, is_pipe=is_pipe)
    assert find_lag(given, heard.samples) == 0
    spare = len(heard.samples) - len(given)
    assert 0 <= spare <= 1198  # what LAME adds at most to fill its last frame


@pytest.mark.parametrize("audio_format", ALL)
def test_tag_counts_frames_and_bytes_as_they_are(audio_format: AudioFormat) -> None:
    side = 17 if audio_format.rate >= 32000 else 9
    for count in (0, 1, 47, 575, 576, 577, 1151, 1152, 1153, 2304, 5000, 44100, 100_001):
        body = encode(noise(count), audio_format)
        head = header(audio_format, count)
        assert len(head) == len(header(audio_format))
        tag = head[4 + side :]
        assert tag[:4] == b"Info"
        frames, size = int.from_bytes(tag[8:12], "big"), int.from_bytes(tag[12:16], "big")
        assert (frames, size) == (len(walk(body, audio_format)) - 1, len(body))
        delay_and_padding = int.from_bytes(tag[16 + 21 : 16 + 24], "big")
        samples = frames * (1152 if audio_format.rate >= 32000 else 576)
        assert (delay_and_padding >> 12) + count + (delay_and_padding & 0xFFF) == samples


@pytest.mark.parametrize("audio_format", ALL)
def test_only_whole_frames_leave(audio_format: AudioFormat) -> None:
    """A WebSocket client may decode message by message (api-facts.md §9, note 22)."""
    encoder = Mp3Encoder(audio_format)
    given = noise(audio_format.rate // 2)
    for start in range(0, len(given), 997):
        walk(encoder.encode(given[start : start + 997]), audio_format)
    walk(encoder.flush(), audio_format)


def test_tag_leaves_with_the_first_sample() -> None:
    audio_format = FORMATS["mp3_44100_128"]
    encoder = Mp3Encoder(audio_format)
    assert encoder.encode(np.zeros(0, np.float32)) == b""
    assert encoder.encode(np.zeros(1, np.float32)) == header(audio_format)


def test_is_over_after_flush() -> None:
    encoder = Mp3Encoder(FORMATS["mp3_44100_128"])
    encoder.encode(noise(100))
    assert encoder.flush()
    assert encoder.flush() == b""
    with pytest.raises(RuntimeError, match="flushed"):
        encoder.encode(noise(100))


def test_needs_a_bit_rate() -> None:
    with pytest.raises(ValueError, match="bit rate"):
        header(AudioFormat("mp3", 44100))
