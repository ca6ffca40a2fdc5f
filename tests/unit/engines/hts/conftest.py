# SPDX-License-Identifier: GPL-3.0-or-later
"""A voice file small enough to read, and the engine with its real voices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from oscine.domain.alignment import Run
from oscine.domain.problems import EngineUnavailable
from oscine.domain.speech import Boundary, Phonemes, Segment
from oscine.engines.hts.engine import HtsEngine

STATES = 2
_WINDOWS = ("1 1.0", "3 -0.5 0.0 0.5")


def build_voice(*, order: int = 3, bands: int = 7, weight: float = 0.9) -> bytes:
    """A voice with two states; its trees ask whether the phone is `aa`, and in LF0 state 3 whether it is stressed."""
    shapes = {"MCP": (order, False), "LF0": (1, True), "BAP": (bands, False)}
    question = 'QS name==aa { "*-aa+*" }\nQS stressed { "*/B:1-*" }\n'
    parts: dict[str, list[bytes]] = {
        "DURATION_PDF": [_distributions([2], STATES, None)],
        "DURATION_TREE": [(question + _tree(2, "name==aa", "dur")).encode()],
    }
    for name, (length, has_weight) in shapes.items():
        parts[f"STREAM_WIN[{name}]"] = [window.encode() for window in _WINDOWS]
        pdf = _distributions([2, 2], 2 * length, weight if has_weight else None)
        parts[f"STREAM_PDF[{name}]"] = [pdf]
        second = "stressed" if name == "LF0" else "name==aa"
        text = question + _tree(2, "name==aa", name.lower()) + _tree(3, second, name.lower())
        parts[f"STREAM_TREE[{name}]"] = [text.encode()]
    data, positions = b"", []
    for key, pieces in parts.items():
        spans = []
        for piece in pieces:
            spans.append(f"{len(data)}-{len(data) + len(piece) - 1}")
            data += piece
        positions.append(f"{key}:{','.join(spans)}")
    head = [
        "[GLOBAL]", "HTS_VOICE_VERSION:1.0", "SAMPLING_FREQUENCY:24000", "FRAME_PERIOD:120", f"NUM_STATES:{STATES}",
        "NUM_STREAMS:3", "STREAM_TYPE:MCP,LF0,BAP", "FULLCONTEXT_FORMAT:HTS_TTS_ENG", "[STREAM]",
        *(f"VECTOR_LENGTH[{name}]:{length}" for name, (length, _) in shapes.items()),
        *(f"IS_MSD[{name}]:{int(msd)}" for name, (_, msd) in shapes.items()),
        *(f"NUM_WINDOWS[{name}]:2" for name in shapes), "OPTION[MCP]:ALPHA=0.466", "[POSITION]", *positions,
        "[DATA]", "",
    ]  # fmt: skip
    return "\n".join(head).encode() + data


def _distributions(counts: list[int], width: int, weight: float | None) -> bytes:
    """Leaf k of a state has means k + 1, k + 1 + 0.1 …, and variances 0.5."""
    rows = [
        [leaf + 1 + 0.1 * value for value in range(width)] + [0.5] * width + ([] if weight is None else [weight])
        for count in counts
        for leaf in range(count)
    ]
    return np.array(counts, "<u4").tobytes() + np.array(rows, "<f4").tobytes()


def _tree(state: int, question: str, name: str) -> str:
    return f'\n{{*}}[{state}]\n{{\n  0 {question}  "{name}_s{state}_1"  "{name}_s{state}_2"\n}}\n'


def a_segment(text: str, closes: Boundary = Boundary.EDGE, phonemes: tuple[Phonemes, ...] = ()) -> Segment:
    size = len(text)
    return Segment(text, "en", 0, size, (Run(0, size, 0, size),), Boundary.EDGE, closes, 0.0, phonemes)


@pytest.fixture(scope="session")
def engine() -> Iterator[HtsEngine]:
    try:
        engine = HtsEngine()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    yield engine
    engine.close()
