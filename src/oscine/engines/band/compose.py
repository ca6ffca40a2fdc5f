# SPDX-License-Identifier: GPL-3.0-or-later
"""A brief or a plan made into a score. Start here:

brief → form (passages) → for each: harmony → ensemble → players → a person's hand → score
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from oscine.domain.composition import CompositionPlan
from oscine.domain.music import Control, Note, Part, Score, Section
from oscine.engines.band.brief import Brief
from oscine.engines.band.ensemble import Ensemble, Seat, gather
from oscine.engines.band.figures import Event, Swing
from oscine.engines.band.form import Passage, lay_out
from oscine.engines.band.harmony import Harmony, harmonise
from oscine.engines.band.melody import play_counter, play_melody
from oscine.engines.band.plan import brief_of_plan, passages_of_plan
from oscine.engines.band.players import last_bar, play_bass, play_chords, play_drums, play_pad

_EXPRESSION, _PEDAL = 11, 64
_FADE_S = 8.0
_DYING_S = 6.0
_LEAD_DB = 2.5
"""A melody stands out."""
_GAP_S = 0.01


@dataclass(slots=True)
class _Player:
    """A part while it is being written."""

    name: str
    program: int
    is_drums: bool
    velocity: float
    gain_db: float
    pan: float
    reverb: float
    chorus: float
    notes: list[Note] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)

    def part(self) -> Part:
        self.notes.sort(key=lambda note: (note.start_s, note.key))
        self.controls.sort(key=lambda control: control.at_s)
        return Part(
            self.name, self.program, self.is_drums, tuple(self.notes), tuple(self.controls),
            self.gain_db, self.pan, self.reverb, self.chorus,
        )  # fmt: skip


def compose(brief: Brief, length_s: float, seed: int) -> Score:
    """Write a piece of exactly that length, 3–600 seconds. The same brief, length and seed give the same score.

    Sections that the brief names keep their lengths as far as they fit; `Score.sections` says what became of them.
    Raises: ValueError outside 3–600 s. Cost: about 20 ms a minute of music on one core.
    """
    if not 3.0 <= length_s <= 600.0:
        raise ValueError("A piece of music lasts 3 to 600 seconds.")
    return _write(brief, lay_out(brief, length_s), length_s, seed)


def compose_plan(plan: CompositionPlan, seed: int) -> Score:
    """Write the piece that a plan describes. Every section lasts as long as the plan says, to the sample.

    Raises: ValueError for a plan without sections, or one that is not 3–600 s long in all.
    """
    length_s = plan.length_s
    if not 3.0 <= length_s <= 600.0:
        raise ValueError("The sections of a plan last 3 to 600 seconds in all.")
    brief = brief_of_plan(plan, seed)
    return _write(brief, passages_of_plan(plan, brief, seed), length_s, seed)


def _write(brief: Brief, passages: Sequence[Passage], length_s: float, seed: int) -> Score:
    players: dict[str, _Player] = {}
    for passage in passages:
        _play_passage(passage, players, length_s, seed)
    metre = brief.metre
    parts = tuple(player.part() for player in players.values() if player.notes)
    return Score(
        parts=parts,
        length_s=length_s,
        tempo_bpm=round(60 / _longest(passages).beat_s * _units_a_beat(brief), 3),
        key=brief.key,
        metre=(metre.numerator, metre.denominator),
        title=brief.title,
        sections=tuple(Section(passage.name, passage.start_s, passage.length_s) for passage in passages),
        is_loop=brief.is_loop,
    )


def _longest(passages: Sequence[Passage]) -> Passage:
    return max(passages, key=lambda passage: passage.length_s)


def _units_a_beat(brief: Brief) -> float:
    """Notes of the metre's lower number in a beat as felt."""
    return 3.0 if brief.metre.is_compound else brief.metre.denominator / 4


def _play_passage(passage: Passage, players: dict[str, _Player], length_s: float, seed: int) -> None:
    brief = passage.brief
    ensemble = gather(brief, seed)
    harmony = harmonise(passage, seed)
    chance = random.Random(f"passage {seed} {passage.start_s:.3f}")  # noqa: S311 - music, not secrets
    hand = _Hand(passage, length_s, chance)
    seats = _playing(ensemble, passage)
    for number, seat in enumerate(seats):
        events = _entering(_play(seat, passage, harmony, chance, seed), passage, number, len(seats))
        player = _player_of(seat, players)
        hand.write(events, player, seat)
        _move_controls(player, seat, passage, harmony)
        if passage.is_last and not brief.is_loop:
            player.controls += _die_away(passage, length_s)
    drums = ensemble.drums
    if drums is not None and drums.plays[0] <= passage.intensity <= drums.plays[1]:
        player = players.setdefault(
            "drums", _Player("drums", drums.program, True, drums.velocity, drums.gain_db, 0.0, drums.reverb, 0.0)
        )
        hand.write(play_drums(drums, passage, chance), player, None)
    if brief.fades_out and passage.is_last:
        for player in players.values():
            player.controls += _fade(passage, length_s)


def _play(seat: Seat, passage: Passage, harmony: Harmony, chance: random.Random, seed: int) -> list[Event]:
    match seat.chair.role:
        case "melody":
            return play_melody(seat, passage, harmony, seed)
        case "counter":
            return play_counter(seat, passage, harmony, chance)
        case "pad":
            return play_pad(seat, passage, harmony, chance)
        case "bass":
            return play_bass(seat, passage, harmony, chance)
        case _:
            return play_chords(seat, passage, harmony, chance)


def _playing(ensemble: Ensemble, passage: Passage) -> list[Seat]:
    """Who is heard in a passage: somebody always is."""
    seats = [seat for seat in ensemble.seats if seat.plays_at(passage.intensity)]
    # A loop or a miniature is all there is of the piece: its melody is heard.
    if passage.is_first and passage.is_last:
        seats = [seat for seat in ensemble.seats if seat in seats or seat.chair.role == "melody"]
    return seats or list(ensemble.seats[:1])


def _entering(events: list[Event], passage: Passage, number: int, count: int) -> list[Event]:
    """In an introduction the players come in one after another, two bars apart or more."""
    if passage.kind != "intro" or not passage.is_first or passage.bars < 4 or count < 2:
        return events
    bar = int(number * passage.bars * 0.6 / count) // 2 * 2
    return [event for event in events if event.beat >= bar * passage.bar_beats - 0.01]


def _player_of(seat: Seat, players: dict[str, _Player]) -> _Player:
    chair = seat.chair
    if (player := players.get(seat.name)) is None:
        player = players[seat.name] = _Player(
            seat.name,
            seat.instrument.program,
            False,
            chair.velocity,
            chair.gain_db + seat.instrument.gain_db + (_LEAD_DB if chair.role == "melody" else 0.0),
            chair.pan,
            chair.reverb,
            chair.chorus,
        )
    return player


class _Hand:
    """Plays events as a person does: a little early or late, accents on the beat, louder when it matters."""

    def __init__(self, passage: Passage, length_s: float, chance: random.Random) -> None:
        genre = passage.brief.genre
        unit = 0.5 if genre.swings_sixteenths else 1.0
        self._swing = Swing(0.5 if passage.brief.metre.is_compound else genre.swing, unit)
        self._timing_s = genre.timing_ms / 1000
        self._passage, self._length_s, self._chance = passage, length_s, chance

    def write(self, events: list[Event], player: _Player, seat: Seat | None) -> None:
        passage, chance, notes = self._passage, self._chance, player.notes
        sounding = seat.chair.length if seat is not None else 0.9
        strum_s = seat.chair.strum_ms / 1000 if seat is not None else 0.0
        level = player.velocity * (0.82 + 0.22 * passage.intensity)
        steadiness = 0.0 if self._timing_s == 0 else 4.0
        limit, final = passage.start_s + passage.length_s, last_bar(passage)
        # The final chord is held until it is to die away.
        is_end = passage.is_last and not passage.brief.is_loop
        until = limit - (min(0.6, 0.05 * self._length_s) if is_end else _GAP_S)
        ends: dict[int, int] = {}
        strum_at, strum = -1.0, 0.0
        for beat, length, key, velocity in events:
            strum = strum + strum_s / 3 if beat == strum_at and strum_s else 0.0
            strum_at = beat
            start = passage.at(self._swing.warp(beat)) + strum
            # The first note of a section may not come before it: what streams by sections is gone by then.
            start = max(passage.start_s, start + chance.gauss(0.0, self._timing_s)) if self._timing_s else start
            end = min(until, passage.at(self._swing.warp(beat + length * sounding)))
            if beat == final:
                end = until
            start = min(start, limit - 0.02)
            accent = 5.0 if beat % passage.bar_beats < 0.01 else 0.0
            loud = level * velocity + accent + (chance.gauss(0.0, steadiness) if steadiness else 0.0)
            # One string has one sound: a key struck again ends what it sounded.
            if (before := ends.get(key)) is not None and notes[before].start_s + notes[
                before
            ].length_s > start - _GAP_S:
                held = notes[before]
                if start - held.start_s < 0.03:
                    continue
                notes[before] = Note(held.start_s, max(0.02, start - held.start_s - _GAP_S), key, held.velocity)
            ends[key] = len(notes)
            notes.append(Note(start, max(0.02, end - start), key, max(1, min(127, round(loud)))))


def _move_controls(player: _Player, seat: Seat, passage: Passage, harmony: Harmony) -> None:
    """Swells of those who bow or blow, and the pedal of a piano, anew with each chord."""
    bars = [passage.at(bar * passage.bar_beats) for bar in range(passage.bars)]
    if seat.chair.swells:
        for number, at_s in enumerate(bars):
            player.controls += [
                Control(at_s + quarter * passage.beat_s * passage.bar_beats / 4, _EXPRESSION, 84 + rise)
                for quarter, rise in enumerate((4, 14, 24, 16) if number % 2 == 0 else (8, 18, 30, 18))
            ]
    elif seat.chair.has_pedal:
        for number, at_s in enumerate(bars):
            if number and harmony.bars[number] == harmony.bars[number - 1]:
                continue
            player.controls += [
                Control(max(passage.start_s, at_s - 0.02), _PEDAL, 0),
                Control(at_s + 0.06, _PEDAL, 127),
            ]


def _die_away(passage: Passage, length_s: float) -> list[Control]:
    """Those who can hold the final chord let it go softly."""
    from_s = max(passage.at(last_bar(passage)), length_s - _DYING_S)
    return [
        Control(from_s + (length_s - from_s) * step / 24, _EXPRESSION, round(112 - 62 * (step / 24) ** 1.5))
        for step in range(25)
    ]


def _fade(passage: Passage, length_s: float) -> list[Control]:
    lasting = min(_FADE_S, passage.length_s * 0.8)
    return [
        Control(length_s - lasting * (1 - step / 24), _EXPRESSION, round(110 * (1 - step / 24))) for step in range(25)
    ]
