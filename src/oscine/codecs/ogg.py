# SPDX-License-Identifier: GPL-3.0-or-later
"""Ogg pages (RFC 3533), as far as one stream of short packets needs them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

_FIRST, _LAST = 2, 4
_REVERSED_BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class PageWriter:
    """Numbers and seals the pages of one logical stream."""

    def __init__(self, serial: int) -> None:
        """serial: identifies the stream among others in the same file, 32 bits."""
        self._serial = serial
        self._count = 0

    def write(self, packets: Sequence[bytes], position: int, *, is_last: bool = False) -> bytes:
        """One page.

        packets: whole packets, together at most 255 lacing values (about 65 kB). position: granule position, i.e.
        samples that can be heard once this page is decoded, pre-skip included.
        """
        lacing = b"".join(bytes((255,)) * (len(packet) // 255) + bytes((len(packet) % 255,)) for packet in packets)
        kind = (_FIRST if self._count == 0 else 0) | (_LAST if is_last else 0)
        before = struct.pack("<4sBBqII", b"OggS", 0, kind, position, self._serial, self._count)
        after = bytes((len(lacing),)) + lacing + b"".join(packets)
        self._count += 1
        return before + struct.pack("<I", _crc32(before + bytes(4) + after)) + after


def _crc32(data: bytes) -> int:
    """CRC-32 with polynomial 0x04C11DB7, not reflected, starting at 0 and not inverted.

    zlib computes the reflected one fast; mirroring every byte and the result turns one into the other.
    """
    mirrored = zlib.crc32(data.translate(_REVERSED_BITS), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
