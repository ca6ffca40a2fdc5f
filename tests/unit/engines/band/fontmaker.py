# SPDX-License-Identifier: GPL-3.0-or-later
"""A SoundFont made on the spot, small and known to the last value, so that what is heard can be checked by theory."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from oscine.engines.band.generators import Generator

RATE = 48000
HERTZ = 480.0
"""Of the sine; a period is a hundred frames."""
ROOT = 60
Frames = NDArray[np.int16]


@dataclass(frozen=True)
class MadeZone:
    generators: Mapping[int, int] = field(default_factory=dict)
    modulators: Sequence[tuple[int, int, int, int, int]] = ()
    sample: int = 0


def sine(frames: int = 20 * 100, hertz: float = HERTZ, level: float = 0.5) -> Frames:
    wave = 32767 * level * np.sin(2 * np.pi * hertz / RATE * np.arange(frames))
    return np.asarray(np.round(wave), np.int16)


def make_font(
    zones: Sequence[MadeZone] = (MadeZone(),),
    *,
    samples: Sequence[Frames] | None = None,
    preset: Mapping[int, int] | None = None,
    bank: int = 0,
    low_bytes: bytes | None = None,
    kind: int = 1,
) -> bytes:
    """One preset with one instrument of those zones, program 0.

    A sample's loop is all of it but a hundred frames at each end.
    """
    samples = [sine()] if samples is None else samples
    data, heads = b"", b""
    for index, sample in enumerate(samples):
        start = len(data) // 2
        end = start + len(sample)
        name = f"sample {index}".encode()
        heads += struct.pack("<20sIIIIIBbHH", name, start, end, start + 100, end - 100, RATE, ROOT, 0, 0, kind)
        data += sample.tobytes() + bytes(92)
    igen, ibag, imod = b"", b"", b""
    for zone in zones:
        ibag += struct.pack("<HH", len(igen) // 4, len(imod) // 10)
        for generator, amount in {**zone.generators, Generator.SAMPLE: zone.sample}.items():
            igen += struct.pack("<Hh", generator, amount - 65536 if amount > 32767 else amount)
        for modulator in zone.modulators:
            imod += struct.pack("<HHhHH", *modulator)
    ibag += struct.pack("<HH", len(igen) // 4, len(imod) // 10)
    pgen = b"".join(struct.pack("<Hh", *pair) for pair in {**(preset or {}), Generator.INSTRUMENT: 0}.items())
    tables = {
        "phdr": struct.pack("<20sHHHIII", b"preset", 0, bank, 0, 0, 0, 0)
        + struct.pack("<20sHHHIII", b"EOP", 0, 0, 1, 0, 0, 0),
        "pbag": struct.pack("<HHHH", 0, 0, len(pgen) // 4, 0),
        "pmod": bytes(10),
        "pgen": pgen + bytes(4),
        "inst": struct.pack("<20sH20sH", b"instrument", 0, b"EOI", len(zones)),
        "ibag": ibag,
        "imod": imod + bytes(10),
        "igen": igen + bytes(4),
        "shdr": heads + struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    sdta = _chunk("smpl", data) + (_chunk("sm24", low_bytes) if low_bytes is not None else b"")
    body = (
        _list("INFO", _chunk("ifil", struct.pack("<HH", 2, 4)) + _chunk("INAM", b"made\0\0"))
        + _list("sdta", sdta)
        + _list("pdta", b"".join(_chunk(name, table) for name, table in tables.items()))
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"sfbk" + body


def _chunk(name: str, body: bytes) -> bytes:
    return name.encode() + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _list(kind: str, body: bytes) -> bytes:
    return _chunk("LIST", kind.encode() + body)
