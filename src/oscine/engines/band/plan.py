# SPDX-License-Identifier: GPL-3.0-or-later
"""Composition plans: read into the same brief as a prompt, and written from one."""

from __future__ import annotations

from dataclasses import replace

from oscine.domain.composition import CompositionPlan, PlannedSection
from oscine.engines.band.brief import Brief, read_brief
from oscine.engines.band.ensemble import gather
from oscine.engines.band.form import Passage, lay_out, natural_length, place
from oscine.engines.band.timing import KINDS, SectionCue, kind_of


def plan_of(brief: Brief, length_s: float | None = None, seed: int = 0) -> CompositionPlan:
    """The plan by which the piece would be written: read again, it gives the same genre, key, tempo and players.

    length_s: None for what the brief says, or else what suits it.
    """
    whole_s = natural_length(brief) if length_s is None else length_s
    ensemble = gather(brief, seed)
    positive = [brief.genre.title.lower(), f"{brief.tempo_bpm:g} BPM", f"in {brief.key}"]
    positive += [genre.title.lower() for genre in brief.flavours]
    positive += [f"{brief.metre.numerator}/{brief.metre.denominator} time", "instrumental"]
    players = list(dict.fromkeys(seat.instrument.name for seat in ensemble.seats))
    positive += [f"only {' and '.join(players)}"] if brief.is_exclusive else players
    positive += ["drums"] if ensemble.drums is not None else []
    negative = ["vocals", *brief.unwanted]
    sections = tuple(
        PlannedSection(passage.name, round(passage.length_s, 3), _local_styles(passage))
        for passage in lay_out(brief, whole_s)
    )
    return CompositionPlan(sections, tuple(positive), tuple(negative))


def _local_styles(passage: Passage) -> tuple[str, ...]:
    for limit, style in ((0.35, "quiet"), (0.6, "moderate"), (0.85, "full")):
        if passage.intensity <= limit:
            return (style,)
    return ("powerful",)


def brief_of_plan(plan: CompositionPlan, seed: int) -> Brief:
    """The brief of the whole piece: its global styles, and what the sections agree on where there are none."""
    styles = plan.positive_styles or tuple(style for section in plan.sections for style in section.positive_styles)
    return replace(read_brief(_prompt(styles, plan.negative_styles), seed), sections=(), length_s=None, is_loop=False)


def passages_of_plan(plan: CompositionPlan, brief: Brief, seed: int) -> tuple[Passage, ...]:
    """The sections of a plan, each with the whole piece's brief and its own styles on top."""
    spans = []
    for section in plan.sections:
        kind = kind_of(section.name)
        local = _localise(brief, section, seed)
        lift = local.energy - brief.energy
        spans.append(
            (SectionCue(section.name, kind), section.length_s, local, min(1.0, max(0.05, KINDS[kind][0] + lift)))
        )
    return place(brief, spans)


def _localise(brief: Brief, section: PlannedSection, seed: int) -> Brief:
    """The whole piece's brief as one section changes it: energy, players, and genre, key or tempo if it names them."""
    if not section.positive_styles and not section.negative_styles:
        return brief
    local = read_brief(_prompt(section.positive_styles, section.negative_styles), seed)
    said = _prompt(section.positive_styles, ())
    named = read_brief("", seed).genre is not local.genre and any(word in said.casefold() for word in local.genre.words)
    lift = 0.5 * (local.energy - local.genre.energy)
    kept = tuple(name for name in brief.wanted if name not in local.unwanted)
    return replace(
        brief,
        genre=local.genre if named and local.genre.metre == brief.genre.metre else brief.genre,
        tempo_bpm=local.tempo_bpm if local.is_tempo_stated else brief.tempo_bpm,
        is_tempo_stated=brief.is_tempo_stated or local.is_tempo_stated,
        energy=min(1.0, max(0.0, brief.energy + 2 * lift)),
        busyness=local.busyness or brief.busyness,
        wanted=local.wanted if local.is_exclusive else tuple(dict.fromkeys((*kept, *local.wanted))),
        unwanted=tuple(
            dict.fromkeys((*(name for name in brief.unwanted if name not in local.wanted), *local.unwanted))
        ),
        is_exclusive=local.is_exclusive or brief.is_exclusive,
    )


def _prompt(positive: tuple[str, ...], negative: tuple[str, ...]) -> str:
    return ". ".join([*positive, *(f"no {style}" for style in negative)])
