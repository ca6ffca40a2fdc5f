# SPDX-License-Identifier: GPL-3.0-or-later
"""How packets are laid into pages, and where the sound starts and ends."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import pytest

from oscine.codecs.opus import OpusEncoder
from oscine.domain.audio import FORMATS, AudioFormat
from tests.unit.codecs.listening import decode, encode, find_lag, noise

FORMAT = FORMATS["opus_48000_64"]


@dataclass(frozen=True, slots=True)
class Page:
    kind: int
    position: int
    number: int
    packets: list[bytes]


def read_pages(body: bytes) -> list[Page]:
    pages = []
    while body:
        assert body[:4] == b"OggS"
        kind, position, _, number, _, count = struct.unpack_from("<BqIIIB", body, 5)
        lacing, body = body[27 : 27 + count], body[27 + count :]
        packets, size = [], 0
        for value in lacing:
            size += value
            if value < 255:
                packets.append(body[:size])
                body, size = body[size:], 0
        pages.append(Page(kind, position, number, packets))
    return pages


def test_headers_come_first() -> None:
    """Source: RFC 7845 §3, §5."""
    head, tags, *_ = read_pages(encode(noise(10), FORMAT))
    assert head.packets[0][:10] == b"OpusHead\x01\x01"
    assert struct.unpack_from("<HIhB", head.packets[0], 10) == (312, 48000, 0, 0)
    assert (head.kind, head.position, tags.kind, tags.position) == (2, 0, 0, 0)
    assert tags.packets == [b"OpusTags" + struct.pack("<I", 6) + b"Oscine" + bytes(4)]


def test_first_page_leaves_after_one_packet() -> None:
    encoder = OpusEncoder(FORMAT)
    assert len(read_pages(encoder.encode(noise(959)))) == 2
    assert [page.position for page in read_pages(encoder.encode(noise(1)))] == [960]


def test_pages_grow_after_half_a_second() -> None:
    pages = read_pages(encode(noise(48000 * 2), FORMAT))[2:]
    assert [len(page.packets) for page in pages[:25]] == [1] * 25
    assert {len(page.packets) for page in pages[25:-1]} == {5}
    assert [page.number for page in pages] == list(range(2, len(pages) + 2))


def test_position_counts_samples_up_to_the_end() -> None:
    """The last page's position is where players stop. Source: RFC 7845 §4."""
    for count in (0, 1, 648, 649, 960, 48000, 50001):
        pages = read_pages(encode(noise(count), FORMAT))
        packets = np.cumsum([len(page.packets) for page in pages[2:]])
        assert [page.position for page in pages[2:-1]] == (packets[:-1] * 960).tolist()
        assert [page.kind for page in pages[2:]] == [0] * (len(pages) - 3) + [4]
        assert pages[-1].position == 312 + count <= packets[-1] * 960 < 312 + count + 960


def test_duration_is_exact_and_sound_in_place() -> None:
    for count in (1, 647, 648, 649, 960, 48000, 50001):
        given = noise(count)
        heard = decode(encode(given, FORMAT), FORMAT).samples
        assert len(heard) == count
        if count > 1000:
            assert find_lag(given, heard) == 0


def test_is_over_after_flush() -> None:
    encoder = OpusEncoder(FORMAT)
    encoder.encode(noise(100))
    assert encoder.flush()
    assert encoder.flush() == b""
    with pytest.raises(RuntimeError, match="flushed"):
        encoder.encode(noise(100))


@pytest.mark.parametrize("audio_format", [AudioFormat("opus", 48000), AudioFormat("opus", 44100, 64)])
def test_other_formats_are_refused(audio_format: AudioFormat) -> None:
    with pytest.raises(ValueError, match="48000"):
        OpusEncoder(audio_format)
