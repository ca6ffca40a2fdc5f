# SPDX-License-Identifier: GPL-3.0-or-later
"""Melodies: a motif, said again and changed.

A theme is four bars of motifs in steps of the scale, not in keys: `a b a c`, where c is the cadence. Over other chords
the same motif finds other keys; on strong beats it finds tones of the chord.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from oscine.engines.band.ensemble import Seat
from oscine.engines.band.figures import Event, read_figure
from oscine.engines.band.form import Passage
from oscine.engines.band.harmony import Harmony
from oscine.engines.band.players import last_bar
from oscine.engines.band.theory import ladder, nearest, tones_over

_CONTOURS = ((0, 1, 2, 0), (0, 2, 1, -1), (2, 1, 0, -1), (0, 1, 3, 1), (1, 2, 0, 0), (0, -1, 1, 0))
"""How high each bar of a phrase begins, in thirds about the middle of the register."""
_PHRASES = ("abac", "aabc", "abbc")
_CADENCES = ("x---x---x-------", "x-x-x---........", "x-------........", "x---x-----------")

Motif = tuple[tuple[float, float, int], ...]
"""Beat, length in beats and steps of the scale from where the motif begins."""


@dataclass(frozen=True, slots=True)
class Theme:
    motifs: dict[str, Motif]
    phrase: str
    contour: tuple[int, ...]


def play_melody(seat: Seat, passage: Passage, harmony: Harmony, seed: int) -> list[Event]:
    """The theme of the passage's letter; said again it is ornamented, and in a solo it wanders."""
    chance = random.Random(f"melody {seed} {passage.start_s:.3f}")  # noqa: S311 - music, not secrets
    theme = _theme(passage, seed)
    scale = passage.brief.genre.melody_scales.get(passage.brief.harmony, passage.brief.mode)
    low, high = seat.register
    middle = (low + high) / 2 + (2 if passage.intensity > 0.8 else 0)
    ending = last_bar(passage)
    events: list[Event] = []
    at = middle
    for bar in range(passage.bars):
        start = bar * passage.bar_beats
        if start >= ending:
            break
        motif = _motif_of(theme, passage, bar, chance)
        # The second phrase answers from a little higher, and comes home with the first.
        target = middle + 2.5 * theme.contour[bar % 4] + (2 if bar // 4 % 2 and bar % 4 < 2 else 0)
        first = harmony.at(start)
        keys = ladder(tones_over(scale, passage.brief.tonic, first), low, high)
        begin = keys.index(nearest(_chordal(keys, first.tones), 0.6 * target + 0.4 * at))
        for beat, length, step in motif:
            if start + beat >= passage.beats - 0.01:
                break
            chord = harmony.at(start + beat)
            keys_now = ladder(tones_over(scale, passage.brief.tonic, chord), low, high)
            key = keys[max(0, min(len(keys) - 1, begin + step))]
            is_strong = abs(beat - round(beat)) < 0.01 and round(beat) % 2 == 0
            key = nearest(_chordal(keys_now, chord.tones) if is_strong or length >= 1.5 else keys_now, key)
            events.append(
                Event(start + beat, min(length, passage.beats - start - beat), key, 1.0 if is_strong else 0.9)
            )
            at = key
    if passage.repeat:
        events = _ornament(events, passage, harmony, scale, seat, chance)
    if ending < passage.beats:
        home = nearest(ladder((harmony.at(ending).root,), low, high), at)
        events.append(Event(ending, passage.beats - ending, home, 0.95))
    return events


def _theme(passage: Passage, seed: int) -> Theme:
    genre, metre = passage.brief.genre, passage.brief.metre
    chance = random.Random(f"theme {seed} {passage.letter} {genre.name}")  # noqa: S311
    rhythms = sorted(genre.rhythms, key=lambda rhythm: sum(sign not in ".-" for sign in rhythm))
    kept = max(2, round(len(rhythms) * (1 - abs(passage.brief.busyness))))
    rhythms = rhythms[-kept:] if passage.brief.busyness > 0 else rhythms[:kept]
    first = chance.choice([rhythm for rhythm in rhythms if "x" in rhythm])
    second = chance.choice([rhythm for rhythm in rhythms if rhythm != first])
    motifs = {
        "a": _steps(read_figure(first, metre)[0], genre.leap, chance),
        "b": () if chance.random() < genre.rest else _steps(read_figure(second, metre)[0], genre.leap, chance),
        "c": ()
        if chance.random() < 0.5 * genre.rest
        else _steps(read_figure(chance.choice(_CADENCES), metre)[0], 0.1, chance),
        "d": _steps(read_figure(chance.choice(rhythms), metre)[0], genre.leap + 0.15, chance),
    }
    return Theme(motifs, chance.choice(_PHRASES), chance.choice(_CONTOURS))


def _steps(strokes: tuple[tuple[float, float, str], ...], leap: float, chance: random.Random) -> Motif:
    """Steps for a rhythm: mostly neighbours, and after a leap back a step."""
    step, leapt, direction = 0, 0, chance.choice((-1, 1))
    motif = []
    for beat, length, _ in strokes:
        motif.append((beat, length, step))
        if leapt:
            move, leapt = -leapt, 0
        elif chance.random() < leap:
            leapt = direction
            move = 2 * direction if chance.random() < 0.7 else 3 * direction
        else:
            direction = direction if chance.random() < 0.65 else -direction
            move = direction if chance.random() < 0.85 else 0
        step = max(-5, min(5, step + move))
    return tuple(motif)


def _motif_of(theme: Theme, passage: Passage, bar: int, chance: random.Random) -> Motif:
    if bar == passage.bars - 1 and passage.bars >= 4:
        return theme.motifs["c"]
    motif = theme.motifs[theme.phrase[bar % 4]]
    if passage.kind == "solo" and chance.random() < 0.6:
        motif = theme.motifs["d"]
    if passage.kind in ("solo", "development", "bridge") and bar % 4 == 1 and motif:
        return tuple((beat, length, -step) for beat, length, step in motif)
    return motif


def _ornament(
    events: list[Event], passage: Passage, harmony: Harmony, scale: str, seat: Seat, chance: random.Random
) -> list[Event]:
    """Some long notes become a note and its neighbour, some short ones give way to it; more so with every repeat."""
    result = []
    share = min(0.5, 0.15 + 0.1 * passage.repeat)
    for event in events:
        is_strong = event.velocity == 1.0
        if chance.random() > share or (event.length < 1 and is_strong):
            result.append(event)
            continue
        keys = ladder(tones_over(scale, passage.brief.tonic, harmony.at(event.beat)), *seat.register)
        place = keys.index(nearest(keys, event.key))
        neighbour = keys[max(0, min(len(keys) - 1, place + chance.choice((-1, 1))))]
        if event.length < 1:
            result.append(event._replace(key=neighbour))
            continue
        result.append(event._replace(length=event.length / 2))
        result.append(Event(event.beat + event.length / 2, event.length / 2, neighbour, 0.85))
    return result


def play_counter(seat: Seat, passage: Passage, harmony: Harmony, chance: random.Random) -> list[Event]:
    """A second voice of long notes: the chord's inner tones by small steps, now and then a passing one."""
    low, high = seat.register
    middle, ending = (low + high) / 2, last_bar(passage)
    scale = passage.brief.mode
    at, events = middle + chance.uniform(-3, 3), list[Event]()
    halves = chance.random() < 0.5 + passage.brief.busyness
    for bar in range(passage.bars):
        start = bar * passage.bar_beats
        length = min(passage.bar_beats, passage.beats - start)
        chord = harmony.at(start)
        keys = ladder(tones_over(scale, passage.brief.tonic, chord), low, high)
        inner = [key for key in _chordal(keys, chord.tones) if key % 12 != chord.root] or list(keys)
        goal = nearest(tuple(inner), 0.7 * at + 0.3 * middle)
        if halves and length >= 2 and start < ending:
            place = keys.index(nearest(keys, goal))
            passing = keys[max(0, min(len(keys) - 1, place + chance.choice((-1, 1, 2))))]
            half = float(int(length / 2))
            events += [Event(start, half, goal, 0.95), Event(start + half, length - half, passing, 0.85)]
            at = passing
        else:
            events.append(Event(start, length, goal, 0.95))
            at = goal
    return events


@lru_cache(maxsize=4096)
def _chordal(keys: tuple[int, ...], tones: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the keys that belong to the chord; all, should none."""
    return tuple(key for key in keys if key % 12 in tones) or keys
