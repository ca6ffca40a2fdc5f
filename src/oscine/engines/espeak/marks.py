# SPDX-License-Identifier: GPL-3.0-or-later
"""From espeak's events to marks: when each letter, or group of letters, of a segment is heard.

espeak says where a word starts in the text and when each phoneme starts in the audio. A word is final when the
next one starts. A number that is read as several words comes as several events at, or just after, one place:
they are one word here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from oscine.domain.alignment import Mark
from oscine.engines.espeak.driver import Event, EventKind
from oscine.engines.espeak.letters import align
from oscine.engines.espeak.script import Script

_INSTANT_S, _SHARE = 0.005, 0.35
_STRESS = str.maketrans("", "", "ˈˌ")


class MarkMaker:
    """One segment's events in, its marks out."""

    def __init__(self, text: str, script: Script, rate: int) -> None:
        """text: the segment's. rate: hertz of the events' sample numbers."""
        self._text = text
        self._script = script
        self._rate = rate
        self._start: int | None = None
        """Where the word in hand starts in the text; None before the first."""
        self._phonemes: list[str] = []
        self._times: list[float] = []
        """When each phoneme of the word starts."""
        self._quiet_s: float | None = None
        """When the last phoneme ended, if silence followed it."""
        self._floor_s = 0.0
        """End of the last mark."""

    @property
    def is_silent(self) -> bool:
        """Nothing was said so far."""
        return self._start is None or (not self._phonemes and not self._floor_s)

    def feed(self, events: Iterable[Event]) -> list[Mark]:
        """Returns the marks of words that became final."""
        marks: list[Mark] = []
        for event in events:
            time = event.sample / self._rate
            if event.kind is EventKind.PHONEME:
                self._hear(event.name.translate(_STRESS), time)
            elif event.kind is EventKind.WORD:
                start = self._word_start(event.position)
                if start is not None:
                    marks += self._finish_word(start, time)
                    self._start = start
            elif self._quiet_s is None:
                self._quiet_s = time
        return marks

    def finish(self, end_s: float) -> list[Mark]:
        """The marks of the last word. end_s: length of the segment's audio."""
        return self._finish_word(len(self._text), end_s)

    def _hear(self, name: str, time: float) -> None:
        if name:
            self._phonemes.append(name)
            self._times.append(time)
            self._quiet_s = None
        elif self._quiet_s is None:
            self._quiet_s = time

    def _word_start(self, position: int) -> int | None:
        """Where a new word starts in the text; None if the event goes on with the one in hand."""
        text = self._text
        start = origin = self._script.origin(position)
        while start < len(text) and not text[start].isalnum():
            start += 1
        if start == len(text):
            start = origin
        if self._start is None:
            return start
        is_inside_number = text[self._start : start + 1].isdigit()
        return start if self._start < start < len(text) and not is_inside_number else None

    def _finish_word(self, next_start: int, time: float) -> list[Mark]:
        """Place the letters of the word in hand, which ends before text[next_start]."""
        start, phonemes, times = self._start, self._phonemes, self._times
        if start is None:
            return []
        end_s = min(self._quiet_s if self._quiet_s is not None else time, time)
        self._phonemes, self._times, self._quiet_s = [], [], None
        word = self._text[start:next_start]
        while word and unicodedata.category(word[-1])[0] in "PZC":
            word = word[:-1]
        if not word:
            return []
        bounds = [*(times or [self._floor_s]), end_s]
        for i in range(len(bounds) - 2, 0, -1):
            if bounds[i + 1] - bounds[i] < _INSTANT_S:
                # The l of "all" is spoken within the vowel: espeak reports it where the vowel ends.
                bounds[i] -= _SHARE * (bounds[i] - bounds[i - 1])
        marks = []
        for group in align(word.lower() if len(word.lower()) == len(word) else word, tuple(phonemes)):
            start_s = max(bounds[group.first], self._floor_s)
            self._floor_s = max(bounds[group.last], start_s)
            marks.append(Mark(start + group.start, start + group.end, start_s, self._floor_s))
        return marks
