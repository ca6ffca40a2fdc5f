# SPDX-License-Identifier: GPL-3.0-or-later
"""However a text is spread over messages: the same words in the same order, none lost, none twice, none cut."""

from __future__ import annotations

from itertools import pairwise

import orjson
from hypothesis import given
from hypothesis import strategies as st

from oscine.dialects.elevenlabs.multi_stream_input import MultiStreamInput
from oscine.dialects.elevenlabs.stream_input import StreamInput
from oscine.dialects.elevenlabs.text_stream import Closed, Ended, Event, Options, Spoken

WORDS = st.sampled_from(
    ["a", "Hello", "world.", "3.14", "“Quite", "so!”", "don't", "e.g.", "naïve", "今日は、", "—", "5\u00a0km", "x" * 60]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
SCHEDULES = st.none() | st.lists(st.integers(50, 500), min_size=1, max_size=4)


@st.composite
def split_texts(draw: st.DrawFn) -> list[str]:
    """A text in pieces, none of them empty."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=40)))
    return [piece for piece in (text[start:end] for start, end in pairwise([0, *cuts, len(text)])) if piece]


def said(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Spoken)]


@given(split_texts(), SCHEDULES, st.booleans(), st.booleans(), st.booleans())
def test_stream_input_says_what_was_sent(
    pieces: list[str], schedule: list[int] | None, is_auto: bool, triggers: bool, has_tags: bool
) -> None:
    machine = StreamInput(Options(is_auto=is_auto, has_tags=has_tags), 0.0)
    first = {"text": " ", "generation_config": schedule and {"chunk_length_schedule": schedule}}
    events = machine.feed(orjson.dumps(first).decode(), 0.0)
    for piece in pieces:
        events += machine.feed(orjson.dumps({"text": piece, "try_trigger_generation": triggers}).decode(), 0.0)
    events += machine.feed('{"text": ""}', 0.0)
    spoken = said(events)
    assert "".join(spoken).rstrip() == "".join(pieces).rstrip()
    for left, right in pairwise(spoken):
        assert not (left[-1].isalnum() and right[0].isalnum()), (left, right)
    assert isinstance(events[-1], Closed)
    assert sum(isinstance(event, Ended) for event in events) == 1


@given(st.lists(split_texts(), min_size=1, max_size=5), st.data(), st.booleans())
def test_contexts_do_not_mix(texts: list[list[str]], data: st.DataObject, is_auto: bool) -> None:
    machine = MultiStreamInput(Options(is_auto=is_auto), 0.0)
    events: list[Event] = []
    waiting = {str(number): list(pieces) for number, pieces in enumerate(texts)}
    while waiting:
        context_id = data.draw(st.sampled_from(sorted(waiting)))
        message = {"context_id": context_id, "text": waiting[context_id].pop(0)}
        events += machine.feed(orjson.dumps(message).decode(), 0.0)
        if not waiting[context_id]:
            del waiting[context_id]
    events += machine.feed('{"close_socket": true}', 0.0)
    for number, pieces in enumerate(texts):
        mine = [e.text for e in events if isinstance(e, Spoken) and e.stream.context_id == str(number)]
        assert "".join(mine).rstrip() == "".join(pieces).rstrip()


@given(split_texts(), st.data())
def test_flushes_say_everything_at_once(pieces: list[str], data: st.DataObject) -> None:
    machine = StreamInput(Options(), 0.0)
    machine.feed('{"text": " "}', 0.0)
    sent, spoken = "", ""
    for piece in pieces:
        is_flush = data.draw(st.booleans())
        spoken += "".join(said(machine.feed(orjson.dumps({"text": piece, "flush": is_flush}).decode(), 0.0)))
        sent += piece
        if is_flush:
            assert spoken.split() == sent.split() or not piece.strip()
