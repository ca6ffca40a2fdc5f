# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages, bit by bit."""

from __future__ import annotations

import struct

import pytest

from oscine.codecs.ogg import PageWriter


def crc32_bitwise(data: bytes) -> int:
    """Source: RFC 3533 §6, field 7."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def test_fields_stand_where_the_format_says() -> None:
    pages = PageWriter(serial=0x01020304)
    first, second, last = (
        pages.write([b"ab"], 0),
        pages.write([b"c" * 300, b"d"], 960),
        pages.write([b"e"], 2000, is_last=True),
    )
    for number, (page, kind, position) in enumerate(((first, 2, 0), (second, 0, 960), (last, 4, 2000))):
        assert page[:6] == b"OggS\0" + bytes((kind,))
        assert struct.unpack_from("<qII", page, 6) == (position, 0x01020304, number)
    assert second[26:30] == bytes((3, 255, 45, 1))
    assert second[30:] == b"c" * 300 + b"d"


@pytest.mark.parametrize("size", [0, 1, 254, 255, 256, 510, 5000])
def test_checksum(size: int) -> None:
    page = PageWriter(7).write([bytes(i * 7 & 255 for i in range(size))], 5)
    blank = page[:22] + bytes(4) + page[26:]
    assert struct.unpack_from("<I", page, 22) == (crc32_bitwise(blank),)


@pytest.mark.parametrize("size", [254, 255, 256, 510])
def test_packets_that_fill_their_last_segment_are_closed(size: int) -> None:
    """A packet whose size divides by 255 ends with an empty segment. Source: RFC 3533 §6, field 9."""
    page = PageWriter(7).write([bytes(size)], 5)
    assert sum(page[27 : 27 + page[26]]) == size
    assert page[26 + page[26]] < 255
