# SPDX-License-Identifier: GPL-3.0-or-later
"""Linear 16-bit samples, and the two 8-bit companding laws of telephony (ITU-T G.711)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples


def to_s16(samples: Samples) -> NDArray[np.int16]:
    """Nearest 16-bit values: 1.0 stands for 32768, so full scale clips to 32767 and -1.0 is exact."""
    scaled: Samples = samples * np.float32(32768)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32768, 32767, out=scaled)
    return scaled.astype(np.int16)


def to_s16le(samples: Samples) -> bytes:
    """The same as bytes, the low one first."""
    return to_s16(samples).astype("<i2", copy=False).tobytes()


class PcmEncoder:
    """Signed 16-bit little-endian samples without a header; there is no end, so `encode` works after `flush`."""

    is_heavy = False

    def encode(self, samples: Samples) -> bytes:
        return to_s16le(samples)

    def flush(self) -> bytes:
        return b""


class G711Encoder:
    """One byte a sample, by table."""

    is_heavy = False

    def __init__(self, law: Literal["ulaw", "alaw"]) -> None:
        self._table = _ULAW if law == "ulaw" else _ALAW

    def encode(self, samples: Samples) -> bytes:
        return self._table[to_s16(samples).view(np.uint16)].tobytes()

    def flush(self) -> bytes:
        return b""


def _all_magnitudes(bits: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Magnitude in `bits` bits and sign of every 16-bit pattern, in order of the pattern read as unsigned.

    Negative values use their one's complement, which puts the decision points of both signs at mirror places.
    """
    values = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int64)
    is_negative = values < 0
    return np.where(is_negative, ~values, values) >> (15 - bits), is_negative


def _ulaw_table() -> NDArray[np.uint8]:
    """G.711 table 2: 13-bit magnitude plus a bias of 33, as three bits of exponent and four of mantissa, inverted."""
    magnitude, is_negative = _all_magnitudes(13)
    biased = np.minimum(magnitude + 33, 0x1FFF)
    exponent = np.floor(np.log2(biased)).astype(np.int64) - 5
    mantissa = (biased >> (exponent + 1)) & 0x0F
    return (~((is_negative << 7) | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8)


def _alaw_table() -> NDArray[np.uint8]:
    """G.711 table 1: 12-bit magnitude, two linear segments at the bottom; sign set for positive, even bits inverted."""
    magnitude, is_negative = _all_magnitudes(12)
    exponent = np.maximum(np.floor(np.log2(np.maximum(magnitude, 1))).astype(np.int64) - 4, 0)
    mantissa = (magnitude >> np.maximum(exponent, 1)) & 0x0F
    positive = np.where(is_negative, 0, 0x80).astype(np.int64)
    return ((positive | (exponent << 4) | mantissa) ^ 0x55).astype(np.uint8)


_ULAW = _ulaw_table()
_ALAW = _alaw_table()
