# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol of stream-input, in virtual time. Facts: the seed's AsyncAPI (001), reference/api-facts.md §4."""

import json
from typing import Any

import pytest

from oscine.dialects.elevenlabs.stream_input import StreamInput
from oscine.dialects.elevenlabs.text_stream import Closed, Ended, Event, Greeted, Opened, Options, Paused, Spoken
from oscine.domain.problems import InputTimeout, MessageInvalid, Problem, SettingOutOfRange, TextTooLong
from oscine.domain.speech import Boundary

INIT = {"text": " "}


def feed(machine: StreamInput, *messages: dict[str, Any], now: float = 0.0) -> list[Event]:
    return [event for message in messages for event in machine.feed(json.dumps(message), now)]


def said(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Spoken)]


def machine(**options: Any) -> StreamInput:
    opened = StreamInput(Options(**options), 0.0)
    feed(opened, INIT)
    return opened


def sentence(length: int) -> str:
    """So many characters, the last a space."""
    return ("word " * length)[: length - 1].rstrip().ljust(length - 1, "x") + " "


def test_the_first_message_opens() -> None:
    events = feed(StreamInput(Options(), 0.0), INIT)
    assert [type(event) for event in events] == [Greeted, Opened]


@pytest.mark.parametrize("name", ["xi-api-key", "xi_api_key", "authorization"])
def test_a_key_may_come_with_the_first_message(name: str) -> None:
    (greeted, *_) = feed(StreamInput(Options(), 0.0), {**INIT, name: "sk_1"})
    assert greeted == Greeted("sk_1")


def test_real_text_may_come_with_the_first_message() -> None:
    """As vocode sends it (clients.md §1)."""
    events = feed(StreamInput(Options(), 0.0), {"text": "Hello. ", "flush": True})
    assert said(events) == ["Hello. "]


def test_the_schedule_says_how_much_text_is_waited_for() -> None:
    """120, 160, 250, 290, then 290 for ever: the seed's GenerationConfig."""
    opened = machine()
    for length in (120, 160, 250, 290, 290, 290):
        assert said(feed(opened, {"text": sentence(length - 1)})) == []
        (spoken,) = feed(opened, {"text": " "})
        assert isinstance(spoken, Spoken)
        assert len(spoken.text) == length
        assert spoken.open_end is Boundary.CUT


@pytest.mark.parametrize("name", ["generation_config", "generator_config"])
def test_a_schedule_of_ones_own(name: str) -> None:
    opened = StreamInput(Options(), 0.0)
    feed(opened, {**INIT, name: {"chunk_length_schedule": [50]}})
    assert said(feed(opened, {"text": sentence(49)})) == []
    assert said(feed(opened, {"text": "a "})) != []


def test_the_last_word_waits_for_its_end() -> None:
    opened = machine()
    assert said(feed(opened, {"text": sentence(120) + "unfin"})) == [sentence(120)]
    assert said(feed(opened, {"text": "ished ", "flush": True})) == ["unfinished "]


def test_trigger_acts_from_fifty_characters() -> None:
    opened = machine()
    assert said(feed(opened, {"text": sentence(49), "try_trigger_generation": True})) == []
    assert said(feed(opened, {"text": "a ", "try_trigger_generation": True})) == [sentence(49) + "a "]


def test_flush_says_all_and_stays_open() -> None:
    opened = machine()
    (spoken,) = feed(opened, {"text": "Hel", "flush": True})
    assert isinstance(spoken, Spoken)
    assert (spoken.text, spoken.open_end) == ("Hel", Boundary.SENTENCE)
    assert [type(event) for event in feed(opened, {"text": " ", "flush": True})] == [Paused]
    assert opened.deadline is not None


def test_auto_mode_waits_for_nothing() -> None:
    opened = machine(is_auto=True)
    assert said(feed(opened, {"text": "Hello there."})) == ["Hello there."]
    assert said(feed(opened, {"text": "And"})) == []
    assert said(feed(opened, {"text": " now "})) == ["And now "]


@pytest.mark.parametrize("last", [{"text": ""}, {"text": "", "flush": True}])
def test_empty_text_ends(last: dict[str, Any]) -> None:
    """Also together with flush (api-facts §4.2)."""
    opened = machine()
    feed(opened, {"text": "The end"})
    spoken, ended, closed = feed(opened, last)
    assert isinstance(spoken, Spoken)
    assert (spoken.text, spoken.open_end) == ("The end", None)
    assert isinstance(ended, Ended)
    assert isinstance(closed, Closed)
    assert opened.deadline is None
    assert feed(opened, {"text": "More. ", "flush": True}) == []


def test_silence_ends_the_socket() -> None:
    opened = machine(timeout_s=20.0)
    assert opened.deadline == 20.0
    feed(opened, {"text": " "}, now=15.0)
    assert opened.deadline == 35.0
    assert opened.tick(34.0, lambda _: False) == []
    with pytest.raises(InputTimeout, match=r"within the timeout of 20\.0 seconds"):
        opened.tick(35.0, lambda _: False)


def test_nobody_is_timed_out_while_being_spoken_to() -> None:
    opened = machine(timeout_s=20.0)
    assert opened.tick(20.0, lambda _: True) == []
    assert opened.deadline == 40.0


def test_a_socket_that_never_speaks() -> None:
    with pytest.raises(InputTimeout):
        StreamInput(Options(timeout_s=5), 0.0).tick(5.0, lambda _: False)


@pytest.mark.parametrize(
    "data",
    [
        *("", "{", "null", "[]", '"text"', "42", b'{"text": " "}', '{"text": 5}', '{"text": " ", "flush": "maybe"}'),
        *('{"text": " ", "voice_settings": 1}', '{"text": " ", "voice_settings": {"stability": 2}}'),
        *('{"text": " ", "generation_config": {"chunk_length_schedule": [49]}}', '{"text": " ", "xi-api-key": 1}'),
        *('{"text": " ", "generation_config": {"chunk_length_schedule": []}}', '{"text": "\\ud800"}'),
        '{"text": " ", "pronunciation_dictionary_locators": [{}]}',
        '{"text": " ", "pronunciation_dictionary_locators": '
        + json.dumps([{"pronunciation_dictionary_id": "x"}] * 4)
        + "}",
    ],
)
def test_messages_that_cannot_be_read(data: str | bytes) -> None:
    with pytest.raises(MessageInvalid):
        StreamInput(Options(), 0.0).feed(data, 0.0)


def test_speed_out_of_range() -> None:
    with pytest.raises(SettingOutOfRange):
        feed(StreamInput(Options(), 0.0), {**INIT, "voice_settings": {"speed": 3}})


@pytest.mark.parametrize("settings", [None, {}])
def test_settings_may_be_empty(settings: dict[str, Any] | None) -> None:
    """The Python client sends null, LiveKit {} (api-facts §4.2)."""
    opened = machine()
    feed(opened, {"text": "Hello ", "voice_settings": settings, "flush": True})
    feed(opened, {"text": "Hello ", "voice_settings": settings, "flush": True})


CHANGES = {
    "voice_settings": ({"stability": 0.3}, {"stability": 0.4}),
    "generation_config": ({"chunk_length_schedule": [50]}, {"chunk_length_schedule": [60]}),
    "pronunciation_dictionary_locators": (
        [{"pronunciation_dictionary_id": "a", "version_id": "1"}],
        [{"pronunciation_dictionary_id": "b", "version_id": "1"}],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_set_may_be_repeated_but_not_changed(name: str) -> None:
    given, changed = CHANGES[name]
    opened = StreamInput(Options(), 0.0)
    feed(opened, {**INIT, name: given})
    feed(opened, {"text": "Hello ", name: given})
    with pytest.raises(MessageInvalid, match=name):
        feed(opened, {"text": "Hello ", name: changed})


def test_settings_may_come_late_but_not_too_late() -> None:
    opened = machine()
    (again,) = feed(opened, {"text": "Hello ", "voice_settings": {"stability": 0.3}})
    assert isinstance(again, Opened)
    assert again.stream.settings is not None
    opened = machine()
    feed(opened, {"text": "Hello ", "flush": True})
    with pytest.raises(MessageInvalid, match="voice_settings"):
        feed(opened, {"text": "Hello ", "voice_settings": {"stability": 0.3}})


def test_text_that_nobody_could_speak_in_time() -> None:
    with pytest.raises(TextTooLong):
        feed(machine(most_waiting=1000), {"text": "x" * 1001})


def test_no_message_of_a_problem_holds_the_text() -> None:
    secret = "xylophonic"
    for data in (f'{{"text": ["{secret}"]}}', f'{{"text": "{secret}', json.dumps({"text": " ", "flush": secret})):
        with pytest.raises(Problem) as caught:
            StreamInput(Options(), 0.0).feed(data, 0.0)
        assert secret not in caught.value.message
