# SPDX-License-Identifier: GPL-3.0-or-later
"""The SoundFont file (.sf2): samples, and how instruments are made of them.

    RIFF sfbk
      LIST INFO    version …
      LIST sdta    smpl: 16-bit samples, all of them end to end; sm24: the lower 8 bits of 24, or absent
      LIST pdta    nine tables: presets → their zones → instruments → their zones → samples

A row of `phdr`, `pbag`, `inst` or `ibag` names where its share of the next table begins; the following row, where it
ends. The last row of each table is there only for that.
Source: SoundFont technical specification 2.04, §4–§7.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples
from oscine.engines.band.generators import DEFAULTS, INSTRUMENT_ONLY, KNOWN, NOT_ADDED, Generator

_MOST_BYTES = 2 << 30
_ROWS = {
    "phdr": "<20sHHHIII",
    "pbag": "<HH",
    "pmod": "<HHhHH",
    "pgen": "<Hh",
    "inst": "<20sH",
    "ibag": "<HH",
    "imod": "<HHhHH",
    "igen": "<Hh",
    "shdr": "<20sIIIIIBbHH",
}
_DRUM_BANK = 128
_ROM = 0x8000
_OGG = 0x10
_ANY = (0, 127)
_MOST_LAYERS = 64
"""Samples that sound at once for one note; real fonts have up to about 10."""
_MOST_ZONES, _MOST_MODULATORS = 4096, 256
"""Of one preset or instrument, and of one zone."""
_LINKED = 0x8000
Row = tuple[Any, ...]
Identity = tuple[int, int, int, int]


class FontInvalid(ValueError):
    """The bytes are not a SoundFont that can be played; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Places count from the beginning of the font's samples; ends are the first place after."""

    name: str
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate: int
    root_key: int
    """The key at which it sounds as recorded."""
    correction_cents: int


@dataclass(frozen=True, slots=True)
class Modulator:
    """`target` += amount × source × scale; sources as in the specification's §8.2."""

    source: int
    target: int
    amount: int
    scale: int
    transform: int

    @property
    def identity(self) -> Identity:
        """Two modulators that differ only in the amount are one; the nearer to the sample holds."""
        return self.source, self.target, self.scale, self.transform


@dataclass(frozen=True, slots=True)
class Zone:
    keys: tuple[int, int]
    velocities: tuple[int, int]
    """First and last; both belong."""
    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]
    target: int
    """Of a preset: which instrument. Of an instrument: which sample."""

    def takes(self, key: int, velocity: int) -> bool:
        return self.keys[0] <= key <= self.keys[1] and self.velocities[0] <= velocity <= self.velocities[1]


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    bank: int
    program: int
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the samples that sound for a note, with the sums of all that preset and instrument say about it."""

    sample: Sample
    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]
    """The instrument's own."""
    added: tuple[Modulator, ...]
    """The preset's, which come on top."""


@dataclass(frozen=True, slots=True)
class SoundFont:
    name: str
    presets: Mapping[tuple[int, int], Preset]
    """By bank and program."""
    instruments: tuple[tuple[Zone, ...], ...]
    samples: tuple[Sample, ...]
    frames: NDArray[np.int16]
    low_bytes: NDArray[np.uint8] | None
    """The lower 8 of 24 bits."""

    def find_preset(self, program: int, *, is_drums: bool) -> Preset:
        """The instrument or kit, or the one with the nearest number where the font has none such.

        Raises: FontInvalid if it has no instruments, or no kits, at all.
        """
        wanted = [preset for preset in self.presets.values() if (preset.bank == _DRUM_BANK) == is_drums]
        if not wanted:
            raise FontInvalid(f"{self.name}: the SoundFont has no {'drum kit' if is_drums else 'instrument'}")
        return min(wanted, key=lambda preset: (abs(preset.program - program), preset.bank, preset.program))

    def find_layers(self, preset: Preset, key: int, velocity: int) -> tuple[Layer, ...]:
        """What sounds for the key at that velocity; empty where the preset has nothing there.

        Raises: FontInvalid for more than 64 at once.
        """
        layers = []
        for outer in preset.zones:
            if not outer.takes(key, velocity):
                continue
            for inner in self.instruments[outer.target]:
                if inner.takes(key, velocity):
                    layers.append(
                        Layer(self.samples[inner.target], _sum(inner, outer), inner.modulators, outer.modulators)
                    )
                    if len(layers) > _MOST_LAYERS:
                        raise FontInvalid(f"{self.name}: {preset.name!r} has over {_MOST_LAYERS} samples for one key")
        return tuple(layers)

    def read_frames(self, start: int, end: int) -> Samples:
        """Those samples in [-1, 1)."""
        frames = self.frames[start:end].astype(np.float32)
        if self.low_bytes is not None:
            frames += self.low_bytes[start:end].astype(np.float32) / 256
        return frames / np.float32(32768)


def load_font(path: Path) -> SoundFont:
    """Raises: FontInvalid if the file is missing, larger than 2 GiB or not a whole SoundFont."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FontInvalid(f"{path.name} is larger than {_MOST_BYTES >> 30} GiB")
        contents = path.read_bytes()
    except OSError as fault:
        raise FontInvalid(f"{path}: {fault.strerror}") from fault
    return read_font(contents, path.name)


def read_font(contents: bytes, name: str = "SoundFont") -> SoundFont:
    """Raises: FontInvalid for anything that is not a whole and consistent file. Memory: about that of `contents`."""
    try:
        return _Reader(contents).read(name)
    except FontInvalid as fault:
        raise FontInvalid(f"{name} is not a usable SoundFont: {fault}") from fault


def _sum(inner: Zone, outer: Zone) -> dict[int, int]:
    values = {**DEFAULTS, **inner.generators}
    for generator, amount in outer.generators.items():
        values[generator] = values.get(generator, 0) + amount
    return values


class _Reader:
    def __init__(self, contents: bytes) -> None:
        self._contents = memoryview(contents)
        self._tables: dict[str, list[Row]] = {}

    def read(self, name: str) -> SoundFont:
        if len(self._contents) < 12 or bytes(self._contents[:4]) != b"RIFF" or bytes(self._contents[8:12]) != b"sfbk":
            raise FontInvalid("it does not begin as one (RIFF … sfbk)")
        size = _number(self._contents[4:8])
        if 8 + size > len(self._contents):
            raise FontInvalid(f"it is cut off: {len(self._contents)} of {8 + size} bytes")
        lists = {
            bytes(body[:4]): dict(_chunks(body[4:]))
            for kind, body in _chunks(self._contents[12 : 8 + size])
            if kind == b"LIST" and len(body) >= 4
        }
        for needed in (b"INFO", b"sdta", b"pdta"):
            if needed not in lists:
                raise FontInvalid(f"its {needed.decode()} list is missing")
        version = bytes(lists[b"INFO"].get(b"ifil", b""))
        if len(version) != 4 or version[0] != 2:
            raise FontInvalid(f"version {version[0] if version else 'unknown'}; only SoundFont 2 (.sf2) can be played")
        for table, layout in _ROWS.items():
            self._tables[table] = _read_rows(table, layout, lists[b"pdta"].get(table.encode()))
        frames, low_bytes = _read_samples(lists[b"sdta"])
        samples = tuple(self._samples(len(frames)))
        instruments = tuple(
            self._zones("inst", "ibag", "igen", "imod", index, len(samples))
            for index in range(len(self._tables["inst"]) - 1)
        )
        presets: dict[tuple[int, int], Preset] = {}
        for index, row in enumerate(self._tables["phdr"][:-1]):
            zones = self._zones("phdr", "pbag", "pgen", "pmod", index, len(instruments))
            presets.setdefault((row[2], row[1]), Preset(_text(row[0]), row[2], row[1], zones))
        if not presets:
            raise FontInvalid("it has no presets")
        return SoundFont(name, presets, instruments, samples, frames, low_bytes)

    def _samples(self, frames: int) -> Iterator[Sample]:
        for row in self._tables["shdr"][:-1]:
            name, start, end, loop_start, loop_end, rate, root_key, correction, _link, kind = row
            if kind & _OGG:
                raise FontInvalid("its samples are compressed (SF3); convert it to .sf2 first")
            if kind & _ROM:  # in the memory of a sound card of long ago: nothing to play
                start, end = 0, 0
            elif not (start <= end <= frames and 0 < rate <= 400_000):
                raise FontInvalid(f"sample {_text(name)!r} lies outside of the file's {frames} samples")
            yield Sample(
                _text(name), start, end, loop_start, loop_end, rate, root_key if root_key < 128 else 60, correction
            )

    def _zones(
        self, heads: str, bags: str, generators: str, modulators: str, index: int, targets: int
    ) -> tuple[Zone, ...]:
        """targets: how many instruments, or samples, there are for a zone to name."""
        first, last = self._share(heads, 3 if heads == "phdr" else 1, index, len(self._tables[bags]) - 1)
        if last - first > _MOST_ZONES:
            raise FontInvalid(f"{_text(self._tables[heads][index][0])!r} has over {_MOST_ZONES} zones")
        chooser = Generator.INSTRUMENT if heads == "phdr" else Generator.SAMPLE
        general: dict[int, int] = {}
        general_modulators: dict[Identity, Modulator] = {}
        zones = []
        for number in range(first, last):
            start, end = self._share(bags, 0, number, len(self._tables[generators]) - 1)
            own = {kind: amount for kind, amount in self._tables[generators][start:end] if kind in KNOWN}
            start, end = self._share(bags, 1, number, len(self._tables[modulators]) - 1)
            own_modulators = _read_modulators(self._tables[modulators][start:end])
            if chooser not in own:
                if number == first:  # what holds for all zones, unless they say otherwise
                    general, general_modulators = own, own_modulators
                continue
            target = own[chooser] & 0xFFFF
            if target >= targets:
                raise FontInvalid(f"a zone of {_text(self._tables[heads][index][0])!r} names what is not there")
            values = {**general, **own}
            idle = NOT_ADDED if heads == "inst" else NOT_ADDED | INSTRUMENT_ONLY
            zones.append(
                Zone(
                    _range(values, Generator.KEY_RANGE),
                    _range(values, Generator.VELOCITY_RANGE),
                    {kind: amount for kind, amount in values.items() if kind not in idle},
                    tuple({**general_modulators, **own_modulators}.values()),
                    target,
                )
            )
        return tuple(zones)

    def _share(self, table: str, column: int, index: int, most: int) -> tuple[int, int]:
        """The rows of the next table that row `index` of this one owns."""
        rows = self._tables[table]
        start, end = rows[index][column], rows[index + 1][column]
        if not start <= end <= most:
            raise FontInvalid(f"row {index} of {table} points outside of its table")
        return start, end


def _chunks(body: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    while at + 8 <= len(body):
        size = _number(body[at + 4 : at + 8])
        if at + 8 + size > len(body):
            raise FontInvalid(f"its part {bytes(body[at : at + 4])!r} is cut off")
        yield bytes(body[at : at + 4]), body[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _read_rows(table: str, layout: str, body: memoryview | None) -> list[Row]:
    size = struct.calcsize(layout)
    if body is None or not body or len(body) % size:
        raise FontInvalid(f"its table {table} is {'missing' if not body else 'not a whole number of rows'}")
    return list(struct.iter_unpack(layout, body))


def _read_samples(parts: Mapping[bytes, memoryview]) -> tuple[NDArray[np.int16], NDArray[np.uint8] | None]:
    if b"smpl" not in parts or len(parts[b"smpl"]) % 2:
        raise FontInvalid("its samples (smpl) are missing or end in half a sample")
    frames = np.frombuffer(parts[b"smpl"], "<i2")
    low = parts.get(b"sm24")
    whole = low is not None and len(low) in (len(frames), len(frames) + len(frames) % 2)
    return frames, np.frombuffer(low, np.uint8)[: len(frames)] if low is not None and whole else None


def _read_modulators(rows: list[Row]) -> dict[Identity, Modulator]:
    """Without those that feed another modulator, for which version 2.04 has no use yet."""
    if len(rows) > _MOST_MODULATORS:
        raise FontInvalid(f"a zone has over {_MOST_MODULATORS} modulators")
    modulators = (Modulator(*row) for row in rows if not row[1] & _LINKED)
    return {modulator.identity: modulator for modulator in modulators}


def _range(values: Mapping[int, int], generator: Generator) -> tuple[int, int]:
    if generator not in values:
        return _ANY
    both = values[generator] & 0xFFFF
    return both & 0xFF, both >> 8


def _number(raw: memoryview) -> int:
    return int.from_bytes(raw, "little")


def _text(raw: object) -> str:
    return bytes(raw).split(b"\0")[0].decode("latin-1").strip() if isinstance(raw, bytes) else ""
