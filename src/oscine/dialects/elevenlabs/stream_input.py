# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol of `stream-input`, without sockets: messages in, events out.

    first message    credentials, settings, dictionaries; its text is `" "`, or text like any other
    {"text": "… "}   text; `" "` keeps alive
    {"text": ""}     the end, whatever else it says: all is spoken, then the socket closes

Source: the seed's AsyncAPI; reference/api-facts.md §4.
"""

from __future__ import annotations

from collections.abc import Callable

from oscine.dialects.elevenlabs.schema_live import read_message
from oscine.dialects.elevenlabs.text_stream import Closed, Event, Greeted, Options, TextStream
from oscine.domain.problems import InputTimeout, MessageInvalid


class StreamInput:
    """`feed` each message, `tick` when `deadline` has come. Times are seconds of any one clock."""

    def __init__(self, options: Options, now: float) -> None:
        self._options = options
        self._stream: TextStream | None = None
        self._heard_at = now
        self._has_ended = False

    @property
    def deadline(self) -> float | None:
        """When the next input must have come; None: nothing more is awaited."""
        return None if self._has_ended else self._heard_at + self._options.timeout_s

    def feed(self, data: str | bytes, now: float) -> list[Event]:
        """What follows from a message. Raises: MessageInvalid, SettingOutOfRange, TextTooLong."""
        if self._has_ended:
            return []
        message = read_message(data)
        self._heard_at = now
        events: list[Event] = []
        if self._stream is None:
            self._stream = TextStream(None, self._options, now)
            events.append(Greeted(message.secret))
        elif message.text is None and not message.flush:
            raise MessageInvalid('The message has no text. Send {"text": "… "}, or {"text": ""} to end.')
        if message.text == "":
            self._has_ended = True
            message.flush = None
        events += self._stream.feed(message)
        return [*events, *self._stream.finish(), Closed()] if self._has_ended else events

    def tick(self, now: float, is_busy: Callable[[TextStream], bool]) -> list[Event]:
        """The deadline has come. is_busy: whether a stream is still being spoken. Raises: InputTimeout."""
        if self._stream is not None and is_busy(self._stream):
            self._heard_at = now
        if self.deadline is not None and now >= self.deadline:
            raise timed_out(self._options.timeout_s)
        return []


def timed_out(timeout_s: float) -> InputTimeout:
    """In the vendor's words (reference/api-facts.md §4.4)."""
    return InputTimeout(
        f"Have not received a new text input within the timeout of {float(timeout_s)} seconds. Streaming input "
        "terminated. Please make sure to either feed the input in the timely manner, or to send the end of input text "
        '(empty string "") when done.'
    )
