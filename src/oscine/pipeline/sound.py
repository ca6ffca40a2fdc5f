# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound effects: a prompt is checked, an engine reads and makes it (production.py)."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator

from oscine.domain.account import Key
from oscine.domain.generation import Charge
from oscine.domain.problems import ModelNotFound, TextEmpty, TextTooLong, check_range
from oscine.domain.sound import LONGEST_S, SHORTEST_S, Reading, SoundRequest, SoundTake
from oscine.pipeline.house import House
from oscine.pipeline.production import Production

CREDITS_PER_S = {"eleven_text_to_sound_v2": 40, "eleven_text_to_sound_v3": 40}
"""Models and what a second costs, whoever chose the length (reference/api-facts.md §7 for a given one; for one that the
server chooses no source has a price)."""
MAX_CHARACTERS = 2000


class Effect(Production[Reading, SoundTake]):
    """One sound effect, checked and ready to be made."""

    def __init__(self, house: House, key: Key, request: SoundRequest) -> None:
        """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
        check(request)
        super().__init__(house, key, request.format, request.seed, request.kept_s)
        self._request = request

    def _takes(self) -> AsyncGenerator[SoundTake, None]:
        return self._house.sounds.make(self._request.prompt, self._seed)

    def _charge(self, reading: Reading) -> Charge:
        request = self._request
        cost = math.ceil(reading.seconds * CREDITS_PER_S[request.model_id])
        return Charge("SFX", request.model_id, None, len(request.prompt.text), cost, None)


def check(request: SoundRequest) -> None:
    """Raises: TextEmpty, TextTooLong, ModelNotFound, SettingOutOfRange."""
    prompt = request.prompt
    if not prompt.text.strip():
        raise TextEmpty("The text is empty. Describe a sound: 'heavy rain on a tin roof'.", parameter="text")
    if len(prompt.text) > MAX_CHARACTERS:
        raise TextTooLong(
            f"The text has {len(prompt.text)} characters; a sound is described in at most {MAX_CHARACTERS}.",
            parameter="text",
        )
    if request.model_id not in CREDITS_PER_S:
        raise ModelNotFound(
            f"A sound model with the model_id {request.model_id[:40]!r} was not found. There are "
            f"{', '.join(CREDITS_PER_S)}.",
            parameter="model_id",
        )
    for name, value, (low, high) in (
        ("duration_seconds", prompt.seconds, (SHORTEST_S, LONGEST_S)),
        ("prompt_influence", prompt.influence, (0.0, 1.0)),
    ):
        if value is not None:
            check_range(name, value, low, high)
