# SPDX-License-Identifier: GPL-3.0-or-later
"""The protocol of `multi-stream-input`, without sockets: messages in, events out.

    {"context_id", "text"}            opens the context, or goes on with it; without an id, the default one
    {"context_id", "text": ""}        keeps alive; with "flush" speaks all there is
    {"context_id", "close_context"}   ends the context: what was flushed is spoken to its end, anything else at once
                                      dropped, since the listener has interrupted
    {"close_socket"}                  all contexts are spoken to their ends, then the socket closes

A context without input for too long is spoken to its end. Sources: reference/api-facts.md §4.5; clients.md §2.
"""

from __future__ import annotations

from collections.abc import Callable

from oscine.dialects.elevenlabs.schema_live import read_message
from oscine.dialects.elevenlabs.stream_input import timed_out
from oscine.dialects.elevenlabs.text_stream import Closed, Dropped, Ended, Event, Greeted, Options, TextStream
from oscine.domain.problems import ContextsFull

MOST_CONTEXTS = 5
_DEFAULT = "default"


class MultiStreamInput:
    """`feed` each message, `tick` when `deadline` has come. Times are seconds of any one clock."""

    def __init__(self, options: Options, now: float) -> None:
        self._options = options
        self._streams: dict[str, TextStream] = {}
        self._idle_since = now
        """When something was last received, or the last context ended."""
        self._is_greeted = False
        self._has_ended = False

    @property
    def deadline(self) -> float | None:
        """When the next input must have come; None: nothing more is awaited."""
        if self._has_ended:
            return None
        heard_at = min((stream.heard_at for stream in self._streams.values()), default=self._idle_since)
        return heard_at + self._options.timeout_s

    def feed(self, data: str | bytes, now: float) -> list[Event]:
        """What follows from a message. Raises: MessageInvalid, SettingOutOfRange, TextTooLong, ContextsFull."""
        if self._has_ended:
            return []
        message = read_message(data)
        self._idle_since = now
        events: list[Event] = [] if self._is_greeted else [Greeted(message.secret)]
        self._is_greeted = True
        if message.close_socket:
            self._has_ended = True
            for each in self._streams.values():
                events += each.finish()
            return [*events, Closed()]
        context_id = message.context_id or _DEFAULT
        stream = self._streams.get(context_id)
        if stream is not None:
            stream.heard_at = now
        if message.close_context:
            return events if stream is None else [*events, *self._close(context_id, stream)]
        if stream is None:
            if not message.text:
                return events
            stream = self._open(context_id, now)
        return [*events, *stream.feed(message)]

    def tick(self, now: float, is_busy: Callable[[TextStream], bool]) -> list[Event]:
        """The deadline has come. is_busy: whether a stream is still being spoken.

        Raises: InputTimeout when no context is left.
        """
        if not self._streams:
            if self.deadline is not None and now >= self.deadline:
                raise timed_out(self._options.timeout_s)
            return []
        events: list[Event] = []
        for context_id, stream in tuple(self._streams.items()):
            if now < stream.heard_at + self._options.timeout_s:
                continue
            if is_busy(stream):
                stream.heard_at = now
                continue
            del self._streams[context_id]
            self._idle_since = now
            events += stream.finish()
        return events

    def _open(self, context_id: str, now: float) -> TextStream:
        if len(self._streams) >= MOST_CONTEXTS:
            raise ContextsFull(
                f"Maximum simultaneous contexts per WebSocket connection exceeded ({MOST_CONTEXTS}). Please close an "
                "existing context before opening a new one."
            )
        stream = self._streams[context_id] = TextStream(context_id, self._options, now)
        return stream

    def _close(self, context_id: str, stream: TextStream) -> list[Event]:
        del self._streams[context_id]
        return [Ended(stream)] if stream.is_flushed else [Dropped(stream)]
