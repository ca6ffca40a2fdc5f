# SPDX-License-Identifier: GPL-3.0-or-later
"""Request stitching: earlier and later requests of the same account give a text its context.

Their words shape intonation and pauses at the seams, as previous_text and next_text would. And a request without a
seed takes over that of the request before it: the engine draws its level, pitch and pace from the seed, so that they
run on. Source: reference/api-facts.md §6.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from oscine.domain.account import Key
from oscine.domain.generation import HistoryItem
from oscine.domain.problems import RequestNotFound, RequestUnusable, SettingOutOfRange
from oscine.domain.speech import Drawn, SpeechRequest
from oscine.pipeline.house import House

MOST_IDS = 3
_LONGEST_AGE_S = 2 * 3600


async def stitch(house: House, key: Key, request: SpeechRequest) -> SpeechRequest:
    """The request with the texts that its ids stand for; ids override texts.

    Raises: RequestNotFound, RequestUnusable, SettingOutOfRange.
    """
    if not (request.previous_ids or request.next_ids):
        return request
    if not request.is_logged:
        raise SettingOutOfRange(
            "Request stitching needs enable_logging=true: without it nothing is kept to be stitched to.",
            parameter="enable_logging",
        )
    before = await _find(house, key, request.previous_ids, "previous_request_ids")
    after = await _find(house, key, request.next_ids, "next_request_ids")
    return replace(
        request,
        previous_text=" ".join(item.text for item in before) if before else request.previous_text,
        next_text=" ".join(item.text for item in after) if after else request.next_text,
        seed=request.seed if request.seed is not None or not before else Drawn(before[-1].seed),
    )


async def _find(house: House, key: Key, ids: Sequence[str], parameter: str) -> list[HistoryItem]:
    """In the order of `ids`."""
    if not ids:
        return []
    items = await house.history.of_generations(key.account_id, ids)
    states = await house.history.states(key.account_id, ids)
    for wanted in ids:
        if wanted not in states:
            raise RequestNotFound(
                f"A request with the id {wanted[:40]!r} was not found. The header 'request-id' of a response has it.",
                parameter=parameter,
            )
        if wanted not in items:
            why = {
                "reserved": "is not finished: read its audio to the end first",
                "released": "failed",
                "settled": "was not kept: it was made without logging, was broken off, or has been deleted",
            }[states[wanted]]
            raise RequestUnusable(f"The request {wanted!r} {why}. Leave its id out.", parameter=parameter)
        if time.time() - items[wanted].created_ms / 1000 > _LONGEST_AGE_S:
            raise RequestUnusable(
                f"The request {wanted!r} is older than {_LONGEST_AGE_S // 3600} hours. Send previous_text or next_text "
                "instead.",
                parameter=parameter,
            )
    return [items[wanted] for wanted in ids]
