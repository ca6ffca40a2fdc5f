# SPDX-License-Identifier: GPL-3.0-or-later
"""The band as a `MusicEngine`: what is asked for in, what the piece is and its sound out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np

from oscine.domain.composition import LONGEST_S, SHORTEST_S, CompositionPlan, MusicPrompt, MusicTake, Piece
from oscine.domain.music import Score
from oscine.domain.problems import EngineUnavailable, NotServed
from oscine.engines.band.brief import Brief, read_brief
from oscine.engines.band.compose import compose, compose_plan
from oscine.engines.band.engine import BandEngine
from oscine.engines.band.form import natural_length
from oscine.engines.band.plan import brief_of_plan, plan_of
from oscine.engines.band.soundfont import FontInvalid
from oscine.engines.band.vocabulary import find_unknown
from oscine.engines.protocol import Card

FONT = "OSCINE_SOUNDFONT"
"""Where a worker finds the font that it is to play on."""
_CARD = Card(
    id="band",
    rate=44100,
    languages=("en",),
    is_seeded=True,
    licence="GPL-3.0-or-later",
    attribution="Oscine's composer and sampler; sounds of the SoundFont TimGM6mb by Tim Brechbill (GPL-2.0).",
    kind="music",
)


class Leader:
    """Opens the band, and leads it through a piece."""

    def __init__(self) -> None:
        """Raises: EngineUnavailable without a SoundFont that can be played."""
        named = os.environ.get(FONT)
        try:
            self._band = BandEngine(Path(named) if named else None, _CARD.rate)
        except (FontInvalid, OSError) as error:
            raise EngineUnavailable(
                f"The SoundFont that {FONT} names cannot be played: {error}. Name another .sf2 file, or none."
            ) from error
        self.card = _CARD

    def play(self, prompt: MusicPrompt, seed: int | None) -> Generator[MusicTake, None, None]:
        """See `MusicEngine.play`. Cost: bench/README.md."""
        score, piece = write(prompt, secrets.randbits(31) if seed is None else seed)
        rate = self.card.rate
        yield MusicTake(np.zeros((0, 2), np.float32), rate, piece)
        for block in self._band.play(score):
            yield MusicTake(block.T, rate)

    def close(self) -> None: ...


def write(prompt: MusicPrompt, seed: int) -> tuple[Score, Piece]:
    """The score of what is asked for, and what it is. Raises: NotServed where somebody is to sing."""
    _check_voices(prompt, seed)
    if prompt.plan is None:
        brief = read_brief(prompt.text, seed)
        if not prompt.keeps_sections:
            brief = brief.without_timing()
        length_s = natural_length(brief) if prompt.seconds is None else prompt.seconds
        score = compose(brief, length_s, seed)
        plan = plan_of(brief, length_s, seed)
    else:
        plan = _change(prompt.plan, prompt.text, seed)
        brief = brief_of_plan(plan, seed)
        length_s = plan.length_s if prompt.seconds is None else prompt.seconds
        plan = _stretch(plan, min(LONGEST_S, max(SHORTEST_S, length_s)))
        if not prompt.keeps_sections:
            plan = fit(plan, brief.metre.beats * 60 / brief.tempo_bpm)
        score = compose_plan(plan, seed)
    return score, _describe(score, brief, plan, _words(prompt), prompt.wants_midi)


def fit(plan: CompositionPlan, bar_s: float) -> CompositionPlan:
    """The plan with sections of whole bars, as long as before in all; the last one takes what is left."""
    lengths = [max(1, round(section.length_s / bar_s)) * bar_s for section in plan.sections[:-1]]
    last = plan.length_s - sum(lengths)
    if last < bar_s:
        return plan
    sections = (replace(s, length_s=length) for s, length in zip(plan.sections, (*lengths, last), strict=True))
    return replace(plan, sections=tuple(sections))


def _check_voices(prompt: MusicPrompt, seed: int) -> None:
    is_sung = prompt.plan is not None and any(line.strip() for s in prompt.plan.sections for line in s.lines)
    if is_sung or (not prompt.is_instrumental and read_brief(_words(prompt), seed).asks_for_voice):
        raise NotServed(
            "The band is instrumental: it has no singer. Leave the vocals and lyrics out, say 'no vocals', or ask for "
            "an instrumental piece."
        )


def _words(prompt: MusicPrompt) -> str:
    """Everything that is wished for, in words."""
    return ". ".join(filter(None, (prompt.text, *(prompt.plan.wishes if prompt.plan else ()))))


def _change(plan: CompositionPlan, text: str, seed: int) -> CompositionPlan:
    """The plan with what the text wants of the whole piece; where they differ, the text wins."""
    if not text.strip():
        return plan
    brief = read_brief(". ".join((text, *plan.positive_styles)), seed)
    asked = plan_of(brief, seed=seed)
    return replace(
        plan,
        positive_styles=tuple(dict.fromkeys((*asked.positive_styles, *plan.positive_styles))),
        negative_styles=tuple(dict.fromkeys((*asked.negative_styles, *plan.negative_styles))),
    )


def _stretch(plan: CompositionPlan, length_s: float) -> CompositionPlan:
    factor = length_s / plan.length_s
    if factor == 1:
        return plan
    return replace(plan, sections=tuple(replace(s, length_s=s.length_s * factor) for s in plan.sections))


def _describe(score: Score, brief: Brief, plan: CompositionPlan, words: str, wants_midi: bool) -> Piece:
    midi = b""
    if wants_midi:
        from oscine.engines.band.midi import write_midi  # its library takes a while to import

        midi = write_midi(score)
    return Piece(
        title=score.title,
        seconds=score.length_s,
        tempo_bpm=score.tempo_bpm,
        key=score.key,
        metre=score.metre,
        plan=plan,
        sections=score.sections,
        genres=tuple(genre.title for genre in (brief.genre, *brief.flavours)),
        instruments=tuple(dict.fromkeys(part.name.split(",")[0] for part in score.parts)),
        unknown=find_unknown(words),
        midi=midi,
    )
