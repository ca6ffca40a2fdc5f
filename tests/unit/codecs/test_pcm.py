# SPDX-License-Identifier: GPL-3.0-or-later
"""Rounding, clipping and companding, value by value."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.codecs.pcm import G711Encoder, PcmEncoder, to_s16, to_s16le

EVERY = np.arange(-32768, 32768)


def test_every_16_bit_value_survives() -> None:
    assert np.array_equal(to_s16((EVERY / 32768).astype(np.float32)), EVERY)


@pytest.mark.parametrize(
    ("sample", "value"),
    [
        (0.0, 0),
        (1.0, 32767),
        (-1.0, -32768),
        (1e9, 32767),
        (-np.inf, -32768),
        (0.6 / 32768, 1),
        (-0.6 / 32768, -1),
        (0.4 / 32768, 0),
        (-0.4 / 32768, 0),
    ],
)
def test_rounds_to_nearest_and_clips(sample: float, value: int) -> None:
    assert to_s16(np.array([sample], np.float32)).tolist() == [value]


def test_rounding_has_no_bias() -> None:
    given = np.random.default_rng(0).uniform(-0.01, 0.01, 100_000).astype(np.float32)
    assert abs((to_s16(given) / 32768 - given).mean()) < 1e-7


def test_low_byte_first() -> None:
    assert to_s16le(np.array([0x0102 / 32768, -1 / 32768], np.float32)) == b"\x02\x01\xff\xff"


def test_has_no_header_and_no_end() -> None:
    encoder = PcmEncoder()
    assert encoder.encode(np.zeros(3, np.float32)) + encoder.flush() + encoder.flush() == bytes(6)


def compress_ulaw(value: int) -> int:
    """Source: ITU-T G.711 table 2 by comparison with its decision values, sample by sample."""
    magnitude = min(((~value if value < 0 else value) >> 2) + 33, 0x1FFF)
    segment = magnitude.bit_length() - 6
    return ~((segment << 4) | (magnitude >> (segment + 1) & 15) | (0x80 if value < 0 else 0)) & 0xFF


def compress_alaw(value: int) -> int:
    """Source: ITU-T G.711 table 1, 12-bit samples, sample by sample."""
    magnitude = (~value if value < 0 else value) >> 4
    segment = 0
    while magnitude > 31:
        magnitude >>= 1
        segment += 1
    code = magnitude if segment == 0 else (segment << 4) + magnitude
    return (code | (0 if value < 0 else 0x80)) ^ 0x55


def test_ulaw_follows_the_standard() -> None:
    coded = G711Encoder("ulaw").encode((EVERY / 32768).astype(np.float32))
    assert coded == bytes(compress_ulaw(int(value)) for value in EVERY)
    assert G711Encoder("ulaw").encode(np.array([0, 1, -1], np.float32)) == b"\xff\x80\x00"


def test_alaw_follows_the_standard() -> None:
    coded = G711Encoder("alaw").encode((EVERY / 32768).astype(np.float32))
    assert coded == bytes(compress_alaw(int(value)) for value in EVERY)
    assert G711Encoder("alaw").encode(np.array([0, 1, -1], np.float32)) == b"\xd5\xaa\x2a"


def test_tables_use_every_code() -> None:
    for law in ("ulaw", "alaw"):
        coded = G711Encoder(law).encode((EVERY / 32768).astype(np.float32))
        assert len(set(coded)) == 256
