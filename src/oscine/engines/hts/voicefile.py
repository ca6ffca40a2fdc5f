# SPDX-License-Identifier: GPL-3.0-or-later
"""The `.htsvoice` file: header lines, then one block of binary and text parts at the places the header names.

    [GLOBAL]    rate, frame period, states, streams
    [STREAM]    per stream: vector length, dynamic windows, whether some frames have no value (MSD), options
    [POSITION]  part → first-last byte in the data, both counted from 0 and included
    [DATA]      distributions (little-endian counts and floats), windows and trees (text)

Source: HTS voice format 1.0, as written by hts_engine API 1.05 and later (Oura et al. 2010).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oscine.engines.hts.trees import Label, Tree, TreeInvalid, read_trees

_MOST_STATES, _MOST_LENGTH, _MOST_WINDOWS, _WIDEST = 16, 512, 5, 9
_TINY = 1e-12
Floats = NDArray[np.float64]


class VoiceInvalid(ValueError):
    """The bytes are not a voice file that this runtime can speak with; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Model:
    """Distributions of one stream, or of durations, and the trees that choose among them."""

    trees: tuple[Tree, ...]
    """One per state; for durations only one."""
    means: tuple[NDArray[np.float32], ...]
    """Per tree: (leaves, values). For a stream the values are those of window 0, then of window 1 …"""
    variances: tuple[NDArray[np.float32], ...]
    weights: tuple[NDArray[np.float32], ...]
    """Per tree: (leaves,), the probability that a frame has a value; empty where all frames do."""

    def find(self, label: Label) -> list[int]:
        """Leaf for each tree."""
        return [tree.find(label) for tree in self.trees]


@dataclass(frozen=True, slots=True)
class Stream:
    length: int
    """Static values per frame."""
    windows: tuple[Floats, ...]
    """Coefficients around the frame, each of odd length; the first is [1]."""
    model: Model
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VoiceFile:
    rate: int
    """Hertz."""
    hop: int
    """Samples per frame."""
    states: int
    """Per phone."""
    durations: Model
    """In frames; (leaves, states)."""
    streams: Mapping[str, Stream]


def read_voice(contents: bytes) -> VoiceFile:
    """Raises: VoiceInvalid for anything that is not a whole and consistent file. About 0.1 s for an English voice."""
    try:
        return _Reader(contents).read()
    except (TreeInvalid, KeyError, ValueError, OverflowError) as fault:
        detail = f"{fault.args[0]} is missing" if isinstance(fault, KeyError) else str(fault)
        raise VoiceInvalid(detail[:200]) from fault


class _Reader:
    def __init__(self, contents: bytes) -> None:
        head, found, data = contents.partition(b"[DATA]\n")
        if not found or not head.lstrip().startswith(b"[GLOBAL]"):
            raise VoiceInvalid("it has no [GLOBAL] and [DATA] sections")
        self._data = data
        lines = head.decode("latin-1").splitlines()
        self._head = dict(line.split(":", 1) for line in lines if ":" in line)

    def read(self) -> VoiceFile:
        if self._head["HTS_VOICE_VERSION"].strip() != "1.0":
            raise VoiceInvalid(f"version {self._head['HTS_VOICE_VERSION'][:20]!r} is not 1.0")
        rate = self._number("SAMPLING_FREQUENCY", 8000, 96000)
        hop = self._number("FRAME_PERIOD", 1, rate // 20)
        states = self._number("NUM_STATES", 1, _MOST_STATES)
        names = self._head["STREAM_TYPE"].split(",")
        if missing := {"MCP", "LF0"} - set(names):
            raise VoiceInvalid(f"stream {min(missing)} is missing")
        return VoiceFile(
            rate=rate,
            hop=hop,
            states=states,
            durations=self._model("DURATION_PDF", "DURATION_TREE", states, [2], has_weight=False),
            streams={name: self._stream(name, states) for name in names},
        )

    def _stream(self, name: str, states: int) -> Stream:
        length = self._number(f"VECTOR_LENGTH[{name}]", 1, _MOST_LENGTH)
        windows = tuple(map(_read_window, self._parts(f"STREAM_WIN[{name}]")))
        if len(windows) != self._number(f"NUM_WINDOWS[{name}]", 1, _MOST_WINDOWS) or list(windows[0]) != [1.0]:
            raise VoiceInvalid(f"the windows of {name} are not as announced")
        has_weight = self._number(f"IS_MSD[{name}]", 0, 1) == 1
        model = self._model(
            f"STREAM_PDF[{name}]",
            f"STREAM_TREE[{name}]",
            length * len(windows),
            list(range(2, states + 2)),
            has_weight=has_weight,
        )
        pairs = re.findall(r"([A-Z_]+)=([^,]*)", self._head.get(f"OPTION[{name}]", ""))
        return Stream(length, windows, model, dict(pairs))

    def _model(self, pdf_key: str, tree_key: str, width: int, states: list[int], *, has_weight: bool) -> Model:
        pdf = self._parts(pdf_key)[0]
        counts = np.frombuffer(pdf[: 4 * len(states)], "<u4").tolist()
        row = 2 * width + has_weight
        if len(counts) != len(states) or len(pdf) != 4 * (len(states) + row * sum(counts)) or not all(counts):
            raise VoiceInvalid(f"{pdf_key} does not hold the number of values it announces")
        table = np.frombuffer(pdf[4 * len(states) :], "<f4").reshape(-1, row)
        if not np.isfinite(table).all() or np.abs(table).max() > 1e6:
            raise VoiceInvalid(f"{pdf_key} holds numbers that are none")
        text = self._parts(tree_key)[0].decode("latin-1")
        trees = read_trees(text, dict(zip(states, counts, strict=True)))
        tables = np.split(table, np.cumsum(counts)[:-1])
        return Model(
            trees=tuple(trees[state] for state in states),
            means=tuple(each[:, :width] for each in tables),
            variances=tuple(np.maximum(each[:, width : 2 * width], np.float32(_TINY)) for each in tables),
            weights=tuple(each[:, -1] for each in tables) if has_weight else (),
        )

    def _number(self, key: str, least: int, most: int) -> int:
        value = int(self._head[key])
        if not least <= value <= most:
            raise VoiceInvalid(f"{key} is {value}, allowed is {least}–{most}")
        return value

    def _parts(self, key: str) -> list[bytes]:
        parts = []
        for span in self._head[key].split(","):
            first, last = map(int, span.split("-"))
            if not 0 <= first <= last < len(self._data):
                raise VoiceInvalid(f"{key} lies outside the file: it was cut short or is damaged")
            parts.append(self._data[first : last + 1])
        return parts


def _read_window(part: bytes) -> Floats:
    count, *values = part.decode("latin-1").split()
    window = np.array(list(map(float, values)))
    if len(window) != int(count) or len(window) % 2 == 0 or len(window) > _WIDEST or not np.isfinite(window).all():
        raise VoiceInvalid("a dynamic window is not an odd number of coefficients")
    return window
