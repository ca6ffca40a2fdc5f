# SPDX-License-Identifier: GPL-3.0-or-later
"""One stream of text on a socket, without the socket: when which of its words are spoken.

Text waits until there is as much of it as the schedule asks for, then its whole words are spoken; the last length of
the schedule repeats. `flush` speaks all, the last word included. `auto_mode` lets nothing wait but a word, or a
sentence, that is not whole. Source: the seed's AsyncAPI (GenerationConfig, SendText); reference/api-facts.md §4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from oscine.dialects.elevenlabs.schema_live import LiveMessage
from oscine.domain.lexicon import Locator
from oscine.domain.problems import MessageInvalid, TextTooLong
from oscine.domain.speech import Boundary, SettingsChange
from oscine.text.growing import GrowingText

_SCHEDULE = (120.0, 160.0, 250.0, 290.0)
_TRIGGER_FROM = 50
"""Characters from which `try_trigger_generation` acts; the vendor names no number."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the handshake says of how text is taken."""

    timeout_s: float = 20.0
    """Without input."""
    is_auto: bool = False
    """Whether nothing waits for more."""
    has_tags: bool = False
    """Whether tags act."""
    most_waiting: int = 100_000
    """Characters that may wait."""


@dataclass(frozen=True, slots=True)
class Greeted:
    """The first message is there."""

    secret: str | None
    """An API key in it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Its settings are there; once more when they come late."""

    stream: TextStream


@dataclass(frozen=True, slots=True)
class Spoken:
    """These words are to be spoken now."""

    stream: TextStream
    text: str
    open_end: Boundary | None
    """What stands at their end at least; None: nothing follows."""


@dataclass(frozen=True, slots=True)
class Paused:
    """All that was said is to be heard, although nothing follows now."""

    stream: TextStream


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing follows; what is under way is spoken to its end."""

    stream: TextStream


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody listens any more: nothing more of it is to be spoken."""

    stream: TextStream


@dataclass(frozen=True, slots=True)
class Closed:
    """The socket closes once all is spoken."""


Event = Greeted | Opened | Spoken | Paused | Ended | Dropped | Closed


class TextStream:
    """Compared by identity: a context id may be used again."""

    def __init__(self, context_id: str | None, options: Options, now: float) -> None:
        self.context_id = context_id
        self.heard_at = now
        """When something was last received for it."""
        self.settings: SettingsChange | None = None
        self.locators: tuple[Locator, ...] = ()
        self._options = options
        self._schedule: tuple[float, ...] | None = None
        self._text = GrowingText(has_tags=options.has_tags)
        self._generations = 0
        self._is_new = True
        self._is_flushed = True
        """Nothing was sent since the last flush."""

    @property
    def is_flushed(self) -> bool:
        return self._is_flushed

    def feed(self, message: LiveMessage) -> list[Event]:
        """Raises: MessageInvalid, SettingOutOfRange, TextTooLong."""
        return [*self._set(message), *self._take(message)]

    def _take(self, message: LiveMessage) -> list[Event]:
        self._add(message.text or "")
        if message.flush:
            return self.flush()
        if self._options.is_auto:
            return self._speak(self._text.take_sentences())
        lengths = self._schedule or _SCHEDULE
        length = lengths[min(self._generations, len(lengths) - 1)]
        if len(self._text) >= length or (message.try_trigger_generation and len(self._text) >= _TRIGGER_FROM):
            return self._speak(self._text.take_words())
        return []

    def flush(self) -> list[Event]:
        """Speak all there is; more may follow."""
        self._is_flushed = True
        if self._text.is_blank:
            return [Paused(self)]
        self._generations += 1
        return [Spoken(self, self._text.take_all(), Boundary.SENTENCE)]

    def finish(self) -> list[Event]:
        """Speak all there is; nothing follows."""
        if self._text.is_blank:
            return [Ended(self)]
        return [Spoken(self, self._text.take_all(), None), Ended(self)]

    def _speak(self, text: str) -> list[Event]:
        if not text:
            return []
        self._generations += 1
        return [Spoken(self, text, Boundary.CUT)]

    def _add(self, text: str) -> None:
        if len(self._text) + len(text) > self._options.most_waiting:
            raise TextTooLong(
                f"More than {self._options.most_waiting} characters wait to be spoken on this socket "
                "(OSCINE_MAX_WAITING_CHARACTERS). Send text as it is spoken, or flush more often.",
                parameter="text",
            )
        self._text.add(text)
        if text.strip():
            self._is_flushed = False

    def _set(self, message: LiveMessage) -> list[Event]:
        """Settings may come late, while nothing is spoken yet; they never change."""
        settings, schedule = message.settings, message.schedule
        locators = tuple(locator.read() for locator in message.pronunciation_dictionary_locators or ())
        has_begun = self._generations > 0
        is_first, self._is_new = self._is_new, False
        if schedule is not None:
            if schedule != self._schedule and (has_begun or self._schedule is not None):
                raise _changed("generation_config")
            self._schedule = schedule
        if locators and locators != self.locators:
            if not is_first:
                raise _changed("pronunciation_dictionary_locators")
            self.locators = locators
        if settings is not None and settings != self.settings:
            if has_begun or self.settings is not None:
                raise _changed("voice_settings")
            self.settings = settings
            return [Opened(self)]
        return [Opened(self)] if is_first else []


def _changed(name: str) -> MessageInvalid:
    return MessageInvalid(f"{name} cannot change after the first message; leave it out.", parameter=name)
