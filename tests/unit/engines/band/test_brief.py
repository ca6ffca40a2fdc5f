# SPDX-License-Identifier: GPL-3.0-or-later
"""What prompts are read as, and that the pieces follow: measured on the scores, without a sound."""

from __future__ import annotations

import numpy as np
import pytest

from oscine.domain.music import Score
from oscine.engines.band import compose, read_brief
from oscine.engines.band.theory import NOTE_NAMES
from tests.unit.engines.band.pieces import GENRES, drums, piece, pitched, title

_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
"""Key profiles, Krumhansl & Kessler 1982."""


def detected_key(score: Score) -> tuple[int, str]:
    weights = np.zeros(12)
    for note in pitched(score):
        weights[note.key % 12] += note.length_s
    scores = {
        (tonic, mode): float(np.corrcoef(np.roll(profile, tonic), weights)[0, 1])
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
    return max(scores, key=lambda key: scores[key])


def detected_tempo(score: Score, near: float) -> float:
    """The tempo whose grid of beats the onsets fit best, within 10 % of where to look."""
    starts = np.array([note.start_s for part in score.parts for note in part.notes])
    candidates = np.arange(near * 0.9, near * 1.1, near * 0.001)
    # Sixteenths: every onset of a straight genre lies on them.
    strength = [abs(np.exp(2j * np.pi * starts * bpm / 60 * 4).mean()) for bpm in candidates]
    return float(candidates[int(np.argmax(strength))])


@pytest.mark.parametrize("genre", GENRES)
def test_a_genre_is_read_from_its_own_title(genre: str) -> None:
    assert read_brief(f"A {title(genre)} track", 1).genre.name == genre


# The prompts of the vendors' own pages.


def test_the_jungle_prompt_has_tribal_drums_woodwinds_and_a_minor_key() -> None:
    prompt = "Mysterious original soundtrack, themes of jungle, rainforest, nature, "
    prompt += "woodwinds, busy rhythmic tribal percussion."
    brief = read_brief(prompt, 5)
    score = compose(brief, 30, 5)
    names = {part.name.split(",")[0] for part in score.parts}
    assert brief.genre.name == "tribal"
    assert brief.harmony == "minor"
    assert {"flute", "clarinet", "oboe", "bassoon"} <= names
    assert len(drums(score)) / 30 > 10
    assert {note.key for note in drums(score)} & {60, 61, 62, 63, 64}


def test_the_lofi_prompt_is_lofi_with_something_of_ambient_and_pop() -> None:
    brief = read_brief("lo-fi pop hip-hop ambient music", 2)
    assert brief.genre.name == "lofi"
    assert {genre.name for genre in brief.flavours} == {"ambient", "pop"}
    assert 65 <= brief.tempo_bpm <= 90
    assert compose(brief, 10, 2).length_s == 10


@pytest.mark.parametrize("bpm", [72, 90, 101, 120, 128, 140, 174])
@pytest.mark.parametrize("genre", ["techno", "rock", "house"])
def test_a_stated_tempo_is_kept(genre: str, bpm: int) -> None:
    score = piece(f"{genre} at {bpm} bpm", 47.3)
    assert score.tempo_bpm == pytest.approx(bpm, rel=0.015)
    assert detected_tempo(score, bpm) == pytest.approx(bpm, rel=0.03)


@pytest.mark.parametrize("genre", ["pop", "rock", "folk", "classical_piano", "orchestral", "chiptune"])
@pytest.mark.parametrize(
    ("spoken", "tonic", "mode"), [("C major", 0, "major"), ("F# minor", 6, "minor"), ("Bb major", 10, "major")]
)
def test_a_stated_key_is_heard(genre: str, spoken: str, tonic: int, mode: str) -> None:
    score = piece(f"{title(genre)} in {spoken}", 60, 3)
    assert score.key == f"{NOTE_NAMES[tonic]} {mode}"
    found, kind = detected_key(score)
    # Its own key, or the one with the same seven tones: which of them is home, the last chord says.
    same_tones = ((tonic + 3) % 12, "major") if mode == "minor" else ((tonic + 9) % 12, "minor")
    assert (found, kind) in ((tonic, mode), same_tones)
    at_the_end = [
        note.key for note in pitched(score) if note.start_s < score.length_s - 0.8 < note.start_s + note.length_s
    ]
    assert min(at_the_end) % 12 == tonic


@pytest.mark.parametrize(
    ("prompt", "tonic", "mode"),
    [
        ("a waltz in a minor key", None, "minor"),
        ("in A minor", 9, "minor"),
        ("key of E-flat major", 3, "major"),
        ("D dorian jam", 2, "dorian"),
        ("G#m techno", 8, "minor"),
    ],
)
def test_keys_are_read(prompt: str, tonic: int | None, mode: str) -> None:
    brief = read_brief(prompt, 1)
    assert (brief.tonic if tonic is not None else None, brief.mode) == (tonic, mode)


@pytest.mark.parametrize(
    "name", ["flute", "cello", "sitar", "harp", "trumpet", "banjo", "accordion", "violin", "marimba", "choir"]
)
@pytest.mark.parametrize("genre", ["pop", "ambient", "house"])
def test_instruments_asked_for_play(genre: str, name: str) -> None:
    score = piece(f"{genre} with {name}", 40)
    assert sum(len(part.notes) for part in score.parts if part.name.startswith(name)) >= 4


def test_a_crowd_of_instruments_fits_on_the_channels_of_midi() -> None:
    names = "flute, oboe, clarinet, bassoon, violin, viola, cello, harp, trumpet, trombone, tuba, sitar, banjo, koto"
    score = piece(f"orchestral and jazz with {names}", 30)
    assert len([part for part in score.parts if not part.is_drums]) <= 15
    assert set(names.split(", ")) <= {part.name.split(",")[0] for part in score.parts}


def test_instruments_not_wanted_do_not_play() -> None:
    score = piece("Rock without drums, no bass and no organ", 60)
    assert not drums(score)
    assert not any("bass" in part.name or "organ" in part.name for part in score.parts)


def test_a_solo_is_a_solo() -> None:
    score = piece("sad solo piano", 45)
    assert {part.program for part in score.parts} == {0}


def test_voices_are_noticed_unless_they_are_not_wanted() -> None:
    assert read_brief("pop song with female vocals", 1).asks_for_voice
    assert not read_brief("pop, instrumental, no vocals", 1).asks_for_voice


def test_a_waltz_has_three_beats() -> None:
    score = piece("piano waltz at 120 bpm", 30)
    assert score.metre == (3, 4)


@pytest.mark.parametrize(
    "prompt", ["", "   ", "text", "🎵" * 50, "no " * 900, "(" * 4100, "0:00 " * 500, "in " * 1300, "9" * 4100]
)
def test_any_prompt_gives_a_piece(prompt: str) -> None:
    assert pitched(compose(read_brief(prompt, 1), 12, 1))
