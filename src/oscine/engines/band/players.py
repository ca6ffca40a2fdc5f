# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who accompany: chords, pads, bass and drums."""

from __future__ import annotations

import random
from collections.abc import Iterator

from oscine.engines.band.ensemble import Seat
from oscine.engines.band.figures import LOUDNESS, Event, Stroke, choose, read_figure
from oscine.engines.band.form import Passage
from oscine.engines.band.genres import Drums, Groove
from oscine.engines.band.harmony import Harmony, lead, settle
from oscine.engines.band.instruments import ASKED_DRUMS, DRUMS
from oscine.engines.band.theory import Chord, fold, ladder, nearest, tones_over

_OPENING, _TURN = 0.45, 0.25
"""How lively an introduction is at least, and how much livelier every fourth bar."""


def strokes(passage: Passage, figures: tuple[str, ...]) -> Iterator[Stroke]:
    """What the passage's intensity chooses of the figures, in beats of the passage; every fourth bar is a busier one.

    The last bar may be cut short.
    """
    brief, intensity = passage.brief, passage.intensity
    # Whoever opens a piece alone carries it.
    intensity = max(intensity, _OPENING) if passage.is_first and passage.kind == "intro" else intensity
    figure, turn = (choose(figures, intensity + more, brief.busyness) for more in (0.0, _TURN))
    for bar in range(passage.bars):
        start = bar * passage.bar_beats
        bars = read_figure(turn if bar % 4 == 3 else figure, brief.metre)
        for beat, length, sign in bars[bar % len(bars)]:
            if start + beat < passage.beats - 0.01:
                yield Stroke(start + beat, min(length, passage.beats - start - beat), sign)


def last_bar(passage: Passage) -> float:
    """The beat at which the final chord of the piece is struck; beyond the end where there is none."""
    is_final = passage.is_last and not passage.brief.is_loop
    return (passage.bars - 1) * passage.bar_beats if is_final else passage.beats + 1.0


def play_chords(seat: Seat, passage: Passage, harmony: Harmony, chance: random.Random) -> list[Event]:
    """Chords and broken chords by a figure; positions follow one another by the smallest steps."""
    low, high = seat.register
    ending = last_bar(passage)
    events: list[Event] = []
    position: tuple[int, ...] | None = None
    chord: Chord | None = None
    for beat, length, sign in strokes(passage, seat.chair.figures):
        if beat >= ending:
            break
        if (now := harmony.at(beat)) != chord:
            chord, position = now, lead(position, now, low, high, seat.chair.voices)
        assert position is not None  # noqa: S101 - set with the first chord
        if sign.isdigit():
            octave, number = divmod(int(sign) - 1, len(position))
            key = position[number] + 12 * octave
            events.append(Event(beat, length, key if key <= seat.instrument.high else key - 12, 0.9))
        elif sign != "?" or chance.random() < 0.5:
            events += [Event(beat, length, key, LOUDNESS[sign]) for key in position]
    if ending < passage.beats:
        position = settle(harmony.at(ending), low, high, seat.chair.voices)
        events += [Event(ending, passage.beats - ending, key, 0.95) for key in position]
    return events


def play_pad(seat: Seat, passage: Passage, harmony: Harmony, chance: random.Random) -> list[Event]:
    """Held chords, whose common tones stay."""
    sounding: dict[int, Event] = {}
    events: list[Event] = []
    for event in play_chords(seat, passage, harmony, chance):
        held = sounding.get(event.key)
        if (
            held is not None
            and abs(held.beat + held.length - event.beat) < 0.01
            and held.length < 4 * passage.bar_beats
        ):
            sounding[event.key] = held._replace(length=held.length + event.length)
            continue
        if held is not None:
            events.append(held)
        sounding[event.key] = event
    return sorted([*events, *sounding.values()])


def play_bass(seat: Seat, passage: Passage, harmony: Harmony, chance: random.Random) -> list[Event]:
    """A bass line by a figure of degrees; `w` walks and `a` leads into the next root."""
    brief, (low, high) = passage.brief, seat.register
    ending = last_bar(passage)
    events: list[Event] = []
    at = low + 5
    for beat, length, sign in strokes(passage, seat.chair.figures):
        if beat >= ending:
            break
        chord = harmony.at(beat)
        root = nearest(ladder((chord.root,), low, max(high - 7, low + 11)), low + 5)
        if sign in "aw":
            goal = nearest(ladder((harmony.after(beat).root,), low, high), at)
            at = (
                _walk(at, goal, chord, brief.mode, brief.tonic, (low, high), chance)
                if sign == "w"
                else goal + (1 if at > goal else -1)
            )
        else:
            at = root + _above(chord, int(sign))
        at = fold(at, low, high)
        events.append(Event(beat, length, at, 1.0 if beat % passage.bar_beats < 0.01 else 0.9))
    if ending < passage.beats:
        root = nearest(ladder((harmony.at(ending).root,), low, max(high, low + 11)), low + 5)
        events.append(Event(ending, passage.beats - ending, root, 1.0))
    return events


def _above(chord: Chord, degree: int) -> int:
    """Semitones from the root to a degree, as the chord has it."""
    steps = {(tone - chord.root) % 12 for tone in chord.tones}
    options = {3: (3, 4, 5, 2), 5: (7, 6, 8), 6: (9,), 7: (10, 11, 9), 8: ()}.get(degree, ())
    if degree == 8:
        return 12
    if degree == 6:
        return 9
    return next((step for step in options if step in steps), 7 if degree == 5 else 10 if degree == 7 else 0)


def _walk(
    at: int, goal: int, chord: Chord, mode: str, tonic: int, register: tuple[int, int], chance: random.Random
) -> int:
    """A step or a chord tone towards the goal; never the same key again."""
    keys = ladder(tones_over(mode, tonic, chord), *register)
    ahead = [key for key in keys if 0 < abs(key - at) <= 5 and (key - at) * (goal - at or 1) > 0]
    chordal = [key for key in ahead if key % 12 in chord.tones]
    choices = chordal or ahead or [key for key in keys if 0 < abs(key - at) <= 4]
    return chance.choice(choices) if choices else at


def play_drums(drums: Drums, passage: Passage, chance: random.Random) -> list[Event]:
    """A groove by the section's intensity, a fill before the next section, a crash to begin with."""
    brief = passage.brief
    place = int(
        (passage.intensity + 0.4 * brief.busyness - drums.plays[0]) / (1.01 - drums.plays[0]) * len(drums.grooves)
    )
    groove = dict(drums.grooves[max(0, min(len(drums.grooves) - 1, place))])
    for name in brief.wanted:
        groove |= ASKED_DRUMS.get(name, {})
    ending = last_bar(passage)
    filled = _filled_bars(drums, passage, chance)
    events: list[Event] = []
    for bar in range(passage.bars):
        if bar * passage.bar_beats >= ending:
            break
        lines = groove if bar not in filled else _with_fill(groove, chance.choice(drums.fills))
        events += _beat_bar(lines, passage, bar, chance)
    if drums.crashes and passage.intensity >= 0.55 and not passage.is_first:
        events.append(Event(0.0, 1.0, DRUMS["crash"], 0.9))
    if ending < passage.beats and drums.crashes:
        events += [Event(ending, 1.0, DRUMS[name], 1.0) for name in ("kick", "crash")]
    elif ending < passage.beats:
        events.append(Event(ending, 1.0, min((event.key for event in events), default=DRUMS["kick"]), 0.9))
    return sorted(events)


def _filled_bars(drums: Drums, passage: Passage, chance: random.Random) -> set[int]:
    if not drums.fills or passage.bars < 2 or passage.intensity < drums.plays[0] + 0.1:
        return set()
    filled = {bar for bar in range(3, passage.bars - 1, 4) if bar % 8 == 7 or chance.random() < 0.2}
    return filled if passage.brief.is_loop else filled | {passage.bars - 1}


def _with_fill(groove: Groove, fill: Groove) -> Groove:
    """The groove until the fill takes over in the second half."""
    begun = {name: line.split("|")[0][:8] for name, line in groove.items() if name not in fill}
    return begun | fill


def _beat_bar(lines: Groove, passage: Passage, bar: int, chance: random.Random) -> Iterator[Event]:
    start = bar * passage.bar_beats
    for name, line in lines.items():
        bars = read_figure(line, passage.brief.metre)
        for beat, _, sign in bars[bar % len(bars)]:
            if start + beat < passage.beats - 0.01 and (sign != "?" or chance.random() < 0.4):
                yield Event(start + beat, 0.2, DRUMS[name], 0.85 * LOUDNESS[sign])
