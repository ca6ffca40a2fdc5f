# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol of multi-stream-input, in virtual time. Facts: reference/api-facts.md §4.5, clients.md §2."""

import json
from typing import Any

import pytest

from oscine.dialects.elevenlabs.multi_stream_input import MultiStreamInput
from oscine.dialects.elevenlabs.text_stream import (
    Closed,
    Dropped,
    Ended,
    Event,
    Greeted,
    Opened,
    Options,
    Paused,
    Spoken,
)
from oscine.domain.problems import ContextsFull, InputTimeout, MessageInvalid


def feed(machine: MultiStreamInput, *messages: dict[str, Any], now: float = 0.0) -> list[Event]:
    return [event for message in messages for event in machine.feed(json.dumps(message), now)]


def kinds(events: list[Event]) -> list[tuple[str, str | None]]:
    return [
        (type(event).__name__, None if isinstance(event, Greeted | Closed) else event.stream.context_id)
        for event in events
    ]


def machine(*contexts: str, **options: Any) -> MultiStreamInput:
    opened = MultiStreamInput(Options(**options), 0.0)
    feed(opened, *({"text": " ", "context_id": context_id} for context_id in contexts))
    return opened


def test_livekits_turn() -> None:
    """api-facts §4.5: init, sentences with flush, an empty flush, close_context."""
    opened = MultiStreamInput(Options(is_auto=True), 0.0)
    events = feed(
        opened,
        {"text": " ", "voice_settings": {}, "context_id": "a"},
        {"text": "Hello there. ", "context_id": "a", "flush": True},
        {"text": "", "context_id": "a", "flush": True},
        {"context_id": "a", "close_context": True},
    )
    assert kinds(events) == [("Greeted", None), ("Opened", "a"), ("Spoken", "a"), ("Paused", "a"), ("Ended", "a")]


def test_who_interrupts_hears_no_more() -> None:
    opened = machine("a")
    events = feed(opened, {"text": "Hello there, ", "context_id": "a"}, {"context_id": "a", "close_context": True})
    assert kinds(events) == [("Dropped", "a")]
    assert kinds(feed(opened, {"text": "Again. ", "context_id": "a"})) == [("Opened", "a")]


@pytest.mark.parametrize("name", ["context_id", "contextId"])
def test_both_spellings_of_the_id(name: str) -> None:
    opened = machine()
    assert (
        kinds(feed(opened, {"text": "Hello ", name: "a", "flush": True}))
        == [*(("Greeted", None), ("Opened", "a"), ("Spoken", "a"))][-2 + -1 :]
    )


def test_without_an_id_it_is_the_default_context() -> None:
    opened = machine("a")
    assert kinds(feed(opened, {"text": "Hello ", "flush": True})) == [("Opened", "default"), ("Spoken", "default")]


@pytest.mark.parametrize(
    "message",
    [
        *({"text": ""}, {"text": "", "context_id": "b"}, {"context_id": "b", "flush": True}),
        *({"context_id": "b", "close_context": True}, {}),
    ],
)
def test_what_neither_opens_nor_ends(message: dict[str, Any]) -> None:
    """`{"text": ""}` is no end here, with or without a context (clients.md §2.4)."""
    opened = machine("a")
    assert feed(opened, message) == []
    assert kinds(feed(opened, {"text": "", "context_id": "a"})) == []
    assert kinds(feed(opened, {"context_id": "a", "flush": True})) == [("Paused", "a")]


def test_a_sixth_context_is_too_many() -> None:
    opened = machine(*"abcde")
    with pytest.raises(ContextsFull, match=r"exceeded \(5\)"):
        feed(opened, {"text": " ", "context_id": "f"})


def test_a_closed_context_makes_room() -> None:
    opened = machine(*"abcde")
    feed(opened, {"context_id": "a", "close_context": True}, {"text": " ", "context_id": "f"})


def test_close_socket_says_all_there_is() -> None:
    opened = machine("a", "b")
    feed(opened, {"text": "Hello", "context_id": "a"})
    assert kinds(feed(opened, {"close_socket": True})) == [
        *(("Spoken", "a"), ("Ended", "a"), ("Ended", "b"), ("Closed", None))
    ]
    assert opened.deadline is None
    assert feed(opened, {"text": "More. ", "context_id": "a", "flush": True}) == []


def test_each_context_has_its_own_time() -> None:
    opened = machine("a", "b", timeout_s=20.0)
    feed(opened, {"text": "Hello", "context_id": "a"}, now=1.0)
    feed(opened, {"text": "", "context_id": "b"}, now=15.0)
    assert opened.deadline == 21.0
    assert kinds(opened.tick(21.0, lambda _: False)) == [("Spoken", "a"), ("Ended", "a")]
    assert opened.deadline == 35.0
    assert kinds(opened.tick(35.0, lambda stream: stream.context_id == "b")) == []
    assert kinds(opened.tick(55.0, lambda _: False)) == [("Ended", "b")]
    assert opened.deadline == 75.0
    with pytest.raises(InputTimeout):
        opened.tick(75.0, lambda _: False)


def test_pipecats_keep_alive_keeps_the_socket() -> None:
    opened = machine(timeout_s=20.0)
    feed(opened, {"text": ""}, now=10.0)
    assert opened.deadline == 30.0


def test_an_id_that_is_too_long() -> None:
    with pytest.raises(MessageInvalid, match="context_id"):
        feed(machine(), {"text": " ", "context_id": "x" * 201})


def test_events_know_their_kind() -> None:
    assert len({Opened, Spoken, Paused, Ended, Dropped}) == 5
