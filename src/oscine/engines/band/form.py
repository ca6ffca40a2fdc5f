# SPDX-License-Identifier: GPL-3.0-or-later
"""How long each section lasts, in seconds and in beats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from oscine.domain.composition import LONGEST_S, SHORTEST_S
from oscine.engines.band.brief import Brief
from oscine.engines.band.timing import KINDS, SectionCue

_STATED_TEMPO_SLACK = 0.01
"""How far a tempo that was asked for may give, so that bars fill the sections; nobody hears it."""
_FREE_TEMPO_SLACK = 0.06
_SECTION_SLACK = 0.012
"""How far the tempo of a section may be from the piece's."""
_RING_S = 0.6
"""Left at the end for the last chord to die away, at least."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section, laid out."""

    name: str
    kind: str
    letter: str
    """Passages of one letter share their theme and chords."""
    repeat: int
    """How many of that letter came before."""
    start_s: float
    length_s: float
    beats: int
    """Whole beats; what is left of the length is a breath."""
    beat_s: float
    intensity: float
    """0–1."""
    brief: Brief
    is_first: bool = False
    is_last: bool = False

    @property
    def bar_beats(self) -> float:
        return self.brief.metre.beats

    @property
    def bars(self) -> int:
        """Bars begun; the last one may be cut short."""
        return max(1, -int(-(self.beats - 0.01) // self.bar_beats))

    def at(self, beat: float) -> float:
        """Seconds from the beginning of the piece."""
        return self.start_s + beat * self.beat_s


def natural_length(brief: Brief) -> float:
    """Seconds that the piece lasts where nobody says how long."""
    if brief.length_s is not None:
        return min(LONGEST_S, max(SHORTEST_S, brief.length_s))
    timed = [cue.length_s for cue in brief.sections if cue.length_s]
    if timed and len(timed) == len(brief.sections) > 1:
        return min(LONGEST_S, max(SHORTEST_S, sum(timed)))
    return max(60.0, min(LONGEST_S, sum(timed) * 2.0)) if timed else 60.0


def lay_out(brief: Brief, length_s: float) -> tuple[Passage, ...]:
    """The sections of a piece of that length, in seconds, which they fill exactly.

    Sections with a length of their own keep it; the others share what is left, by whole bars. Should the lengths asked
    for not fit, all shrink alike.
    """
    spans = _asked_spans(brief, length_s) if brief.sections else _form_spans(brief, length_s)
    return place(brief, [(cue, span, brief, None) for cue, span in spans])


def place(whole: Brief, spans: Sequence[tuple[SectionCue, float, Brief, float | None]]) -> tuple[Passage, ...]:
    """Passages one after another: what each is, its seconds, its brief, and its intensity or None for its kind's."""
    start, seen, passages = 0.0, dict[str, int](), list[Passage]()
    length_s = sum(span[1] for span in spans)
    ring_s = 0.0 if whole.is_loop else min(_RING_S, 0.05 * length_s)
    sounding = [span[1] for span in spans[:-1]]
    # A tempo that was asked for does not give for the sake of the last bar: its chord may be held.
    if spans and not (whole.is_tempo_stated and ring_s):
        sounding.append(spans[-1][1] - ring_s)
    whole_beat_s = _settle_tempo(whole, sounding)
    for number, (cue, seconds, brief, intensity) in enumerate(spans):
        level, letter = KINDS[cue.kind]
        is_last = number == len(spans) - 1
        beat_s = whole_beat_s * whole.tempo_bpm / brief.tempo_bpm
        beats, beat_s = (
            _fit(seconds - ring_s, beat_s, brief, ends=True) if is_last and ring_s else _fit(seconds, beat_s, brief)
        )
        share = number / max(1, len(spans) - 1)
        level = (level if intensity is None else intensity) + 0.35 * (brief.energy - brief.genre.energy)
        level += 0.03 * min(3, seen.get(letter, 0))
        level += {"rising": 0.5 * share - 0.3, "falling": 0.2 - 0.5 * share}.get(brief.arc, 0.0)
        passages.append(
            Passage(
                cue.name, cue.kind, letter, seen.get(letter, 0), start, seconds, beats, beat_s,
                min(1.0, max(0.05, level)), brief, number == 0, is_last,
            )
        )  # fmt: skip
        seen[letter] = seen.get(letter, 0) + 1
        start += seconds
    return tuple(passages)


def _settle_tempo(brief: Brief, lengths_s: Sequence[float]) -> float:
    """Seconds a beat for the whole piece: near the brief's, and such that sections last whole bars."""
    slack = _STATED_TEMPO_SLACK if brief.is_tempo_stated else _FREE_TEMPO_SLACK

    def misfit(beat_s: float) -> float:
        bars = [seconds / beat_s / brief.metre.beats for seconds in lengths_s]
        return sum(abs(count - round(count)) for count in bars) + abs(beat_s * brief.tempo_bpm / 60 - 1)

    return min((60 / brief.tempo_bpm * (1 + slack * step / 30) for step in range(-30, 31)), key=misfit)


def _fit(seconds: float, beat_s: float, brief: Brief, *, ends: bool = False) -> tuple[int, float]:
    """Whole beats, and how long one is, for a stretch of time: bars if the tempo may give so far, else beats.

    ends: nothing follows, so that the last bar need not be filled: the final chord is held.
    """
    bar = brief.metre.beats
    if ends and (bars := int(seconds / beat_s / bar + 0.02)) >= 1:
        return math.ceil(bars * bar - 0.01), beat_s
    for beats in (round(seconds / beat_s / bar) * bar, round(seconds / beat_s)):
        if beats >= 1 and beats == int(beats) and abs(seconds / beats / beat_s - 1) <= _SECTION_SLACK:
            return int(beats), seconds / beats
    beats = int(seconds / beat_s)
    return (beats, beat_s) if beats >= 1 else (1, seconds)


def _form_spans(brief: Brief, length_s: float) -> list[tuple[SectionCue, float]]:
    """The genre's form, stretched or cut to the length by whole groups of bars."""
    bar_s = brief.metre.beats * 60 / brief.tempo_bpm
    bars = length_s / bar_s
    if brief.is_loop or bars < 10:
        kind = "loop" if brief.is_loop else "theme"
        return [(SectionCue(kind, kind), length_s)]
    unit = brief.genre.unit
    form = list(brief.genre.form)
    body = form[1:-1] or form
    added = 0
    while sum(length for _, length in form) + body[added % len(body)][1] / 2 <= bars:
        form.insert(len(form) - 1, body[added % len(body)])
        added += 1
    while len(form) > 3 and sum(length for _, length in form) > bars * 1.45:
        del form[-2]
    if len(form) == 3 and sum(length for _, length in form) > bars * 1.45:
        del form[0]
    total = sum(length for _, length in form)
    step = unit if bars / len(form) >= 2 * unit else 2
    sizes = [max(step, round(length * bars / total / step) * step) for _, length in form]
    widest = max(range(len(sizes)), key=lambda number: (sizes[number], -number))
    return _share(brief, [SectionCue(kind, kind) for kind, _ in form], sizes, widest, length_s)


def _share(
    brief: Brief, cues: list[SectionCue], sizes: list[int], widest: int, length_s: float
) -> list[tuple[SectionCue, float]]:
    """Seconds for sections of so many bars. Bars too many or too few go to the widest."""
    bar_s = brief.metre.beats * 60 / brief.tempo_bpm
    sizes[widest] = max(1, sizes[widest] + round(length_s / bar_s) - sum(sizes))
    if brief.is_tempo_stated:
        seconds = [size * bar_s for size in sizes]
        seconds[-1] = length_s - sum(seconds[:-1])
        if seconds[-1] >= bar_s:
            return list(zip(cues, seconds, strict=True))
    total = sum(sizes)
    return [(cue, length_s * size / total) for cue, size in zip(cues, sizes, strict=True)]


def _asked_spans(brief: Brief, length_s: float) -> list[tuple[SectionCue, float]]:
    """Sections as the prompt names them, those without a length sharing what is left."""
    cues = _with_lengths(brief.sections)
    timed = sum(cue.length_s or 0.0 for cue in cues)
    if all(cue.length_s for cue in cues) and timed < length_s - 3:
        kind = "theme" if cues[-1].kind != "outro" else "groove"
        place_at = len(cues) - (cues[-1].kind == "outro" and len(cues) > 1)
        cues.insert(place_at, SectionCue(kind, kind))
    free = [cue for cue in cues if not cue.length_s]
    rest = length_s - timed
    if rest < 3.0 * len(free) or rest < -0.001:
        scale = (length_s - 3.0 * len(free)) / timed if timed and length_s > 3.0 * len(free) else 0.0
        if scale <= 0:
            return [(cue, length_s / len(cues)) for cue in cues]
        cues = [replace(cue, length_s=cue.length_s * scale) if cue.length_s else cue for cue in cues]
        rest = 3.0 * len(free)
    if len(cues) == 1 and free:
        return _around(brief, cues[0], length_s)
    weights = {id(cue): (0.5 if cue.kind in ("intro", "outro", "build") else 1.0) for cue in free}
    share = rest / sum(weights.values()) if free else 0.0
    return [(cue, cue.length_s or share * weights[id(cue)]) for cue in cues]


def _around(brief: Brief, cue: SectionCue, length_s: float) -> list[tuple[SectionCue, float]]:
    """A piece of which the prompt names one section: the genre's form, with that in it."""
    spans = _form_spans(replace(brief, sections=()), length_s)
    if any(other.kind == cue.kind for other, _ in spans) or len(spans) < 2:
        return spans
    middle = len(spans) // 2
    return [*spans[:middle], (cue, spans[middle][1]), *spans[middle + 1 :]]


def _with_lengths(cues: tuple[SectionCue, ...]) -> list[SectionCue]:
    """Beginnings turned into lengths: "drop at 1:00" makes what comes before it a minute long."""
    result, start = list[SectionCue](), 0.0
    for cue in cues:
        if cue.at_s is not None and cue.at_s > start + 0.5:
            if result and result[-1].length_s is None:
                result[-1] = replace(result[-1], length_s=cue.at_s - start)
            else:
                result.append(SectionCue("build", "build", cue.at_s - start))
            start = cue.at_s
        result.append(replace(cue, at_s=None))
        start += cue.length_s or 0.0
    return result
