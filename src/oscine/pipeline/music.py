# SPDX-License-Identifier: GPL-3.0-or-later
"""Music: a prompt or a plan is checked, an engine says what piece it makes of it, and plays (production.py)."""

from __future__ import annotations

import math
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing

import numpy as np

from oscine.domain.account import Key
from oscine.domain.audio import Samples
from oscine.domain.composition import (
    LONGEST_S,
    SHORTEST_S,
    CompositionPlan,
    MusicPrompt,
    MusicRequest,
    MusicTake,
    Piece,
)
from oscine.domain.generation import Charge
from oscine.domain.problems import (
    EngineFailed,
    ModelNotFound,
    SettingOutOfRange,
    TextEmpty,
    TextTooLong,
    check_range,
)
from oscine.pipeline.house import House
from oscine.pipeline.production import Production

MODELS = ("music_v1", "music_v2", "music_v2_5")
CREDITS_PER_S = 20
"""Ours: no source has the vendor's price."""
MAX_CHARACTERS = 4100
"""Of a text. Source: reference/api-facts.md §9.7."""
_VALUES_A_SECOND, _FULL_SCALE = 4, 1000
MAX_PLAN_CHARACTERS = 20_000
"""Of all styles of a plan. The vendor limits their number only."""


class Song(Production[Piece, MusicTake]):
    """One piece of music, checked and ready to be played."""

    def __init__(self, house: House, key: Key, request: MusicRequest) -> None:
        """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
        check(request.prompt, request.model_id)
        super().__init__(house, key, request.format, request.seed, request.kept_s)
        self._request = request
        self._waveform = _Waveform()

    @property
    def waveform(self) -> list[int]:
        """Four values for each second made, −1000 to 1000: the furthest from silence of both channels' mean."""
        return self._waveform.values

    def _hear(self, take: MusicTake) -> None:
        self._waveform.hear(take)

    def _takes(self) -> AsyncGenerator[MusicTake, None]:
        return self._house.music.make(self._request.prompt, self._seed)

    def _charge(self, reading: Piece) -> Charge:
        request = self._request
        cost = math.ceil(reading.seconds * CREDITS_PER_S)
        return Charge("Music", request.model_id, None, len(request.prompt.text), cost, None)


class _Waveform:
    """What a piece looks like from afar."""

    def __init__(self) -> None:
        self.values: list[int] = []
        self._rest: Samples = np.zeros(0, np.float32)

    def hear(self, take: MusicTake) -> None:
        size = take.rate // _VALUES_A_SECOND
        heard = np.concatenate((self._rest, take.samples.mean(axis=1)))
        whole = len(heard) // size * size
        for stretch in heard[:whole].reshape(-1, size):
            self.values.append(round(_FULL_SCALE * float(stretch[np.abs(stretch).argmax()])))
        self._rest = heard[whole:]


async def draft(house: House, key: Key, prompt: MusicPrompt, model_id: str) -> Piece:
    """What the engine would play. It takes a place for a moment, and no credits.

    Raises: what `Song` and its chunks raise, but for QuotaExceeded.
    """
    check(prompt, model_id)
    async with (
        house.admission.enter(key.id, key.concurrency),
        aclosing(house.music.make(prompt, secrets.randbits(31))) as takes,
    ):
        first = await anext(takes, None)
    if first is None or first.reading is None:
        raise EngineFailed("The engine made nothing of the prompt. Try again.")
    return first.reading


def check(prompt: MusicPrompt, model_id: str) -> None:
    """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
    if prompt.plan is None and not prompt.text.strip():
        raise TextEmpty(
            "The prompt is empty. Say what the music is to be like: genre, mood, instruments.", parameter="prompt"
        )
    if len(prompt.text) > MAX_CHARACTERS:
        raise TextTooLong(
            f"The prompt has {len(prompt.text)} characters; at most {MAX_CHARACTERS} are read.", parameter="prompt"
        )
    if model_id not in MODELS:
        raise ModelNotFound(
            f"A music model with the model_id {model_id[:40]!r} was not found. There are {', '.join(MODELS)}.",
            parameter="model_id",
        )
    if prompt.seconds is not None:
        check_range("music_length", prompt.seconds, SHORTEST_S, LONGEST_S)
    if prompt.plan is not None:
        _check_plan(prompt.plan)


def _check_plan(plan: CompositionPlan) -> None:
    if not SHORTEST_S <= plan.length_s <= LONGEST_S:
        raise SettingOutOfRange(
            f"The sections of a plan last {SHORTEST_S:g} to {LONGEST_S:g} seconds in all; these last "
            f"{plan.length_s:g}.",
            parameter="composition_plan",
        )
    unwanted = (*plan.negative_styles, *(style for section in plan.sections for style in section.negative_styles))
    characters = sum(map(len, (*plan.wishes, *unwanted)))
    if characters > MAX_PLAN_CHARACTERS:
        raise TextTooLong(
            f"The styles of the plan have {characters} characters; at most {MAX_PLAN_CHARACTERS} are read.",
            parameter="composition_plan",
        )
