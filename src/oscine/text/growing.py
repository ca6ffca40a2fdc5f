# SPDX-License-Identifier: GPL-3.0-or-later
"""A text that comes in pieces: what of it can be spoken before the rest is known.

Rules:
1. What is taken, joined, is what was added: nothing is lost, nothing comes twice, but for white space between words
   that does not matter.
2. A word ends where white space follows it that parts words, or after the punctuation of scripts that write without
   spaces. The last word may go on, so it waits.
3. Where tags act, none is cut: neither inside `<…>` nor between `<phoneme>` or `<sub>` and its end.
"""

from __future__ import annotations

import re

_WORD_END = re.compile(r"[^\S\u00a0\u2007\u202f]|[。！？、，；：．।॥؟۔።፧။។៕།…]")
"""No-break spaces join: `5 km`."""
_SENTENCE_END = re.compile(r"[^\W\d_]['’]?[.!?…]+['\"”’»)\]]{0,4}\Z|[。！？।॥؟۔።။។][”’」』）]{0,4}\Z")
_LONGEST_END = 32
"""Characters that the end of a sentence is sought in."""
_OPENED = re.compile(r"<(?=[A-Za-z/!?])[^<>]*\Z")
_ENCLOSING = re.compile(r"<(/?)(phoneme|sub)(?![\w:.-])[^<>]*>", re.IGNORECASE)
_LONGEST_TAG = 1000
"""What is still open after so many characters is taken for text."""


class GrowingText:
    """What was added and not yet taken."""

    def __init__(self, *, has_tags: bool) -> None:
        """has_tags: whether tags act in this text; if not, they are words."""
        self._has_tags = has_tags
        self._text = ""
        self._has_begun = False
        self._words_end = 0
        """Before it all words are whole."""

    def __len__(self) -> int:
        return len(self._text)

    @property
    def is_blank(self) -> bool:
        return not self._text.strip()

    def add(self, text: str) -> None:
        """Cost: O(len(text)), and now and then what waits.

        Before the first word white space is dropped, and between words that have been taken it does not pile up.
        """
        if not self._has_begun:
            text = text.lstrip()
        elif self.is_blank and not text.strip():
            text = "" if self._text else text[:1]
        old = len(self._text)
        self._text += text
        self._has_begun = self._has_begun or bool(text)
        for match in _WORD_END.finditer(text):
            self._words_end = old + match.end()

    def take_words(self) -> str:
        """All words that are whole; possibly none."""
        return self._take(self._before_tags(self._words_end))

    def take_sentences(self) -> str:
        """As `take_words`; a last word that ends a sentence needs no white space after it."""
        is_sentence = _SENTENCE_END.search(self._text, max(0, len(self._text) - _LONGEST_END))
        return self.take_all() if is_sentence and not self._is_in_tag() else self.take_words()

    def take_all(self) -> str:
        return self._take(len(self._text))

    def _take(self, end: int) -> str:
        taken, rest = self._text[:end], self._text[end:]
        if not taken.strip():
            return ""
        self._text, self._words_end = rest.lstrip(), 0
        return taken + rest[: len(rest) - len(self._text)]

    def _is_in_tag(self) -> bool:
        return self._before_tags(len(self._text)) < len(self._text)

    def _before_tags(self, end: int) -> int:
        """The last place up to `end` that is in no tag and not enclosed by one; `end` itself in plain text."""
        if not self._has_tags or "<" not in self._text:
            return end
        opened = _OPENED.search(self._text, max(0, end - _LONGEST_TAG), end)
        place = opened.start() if opened else end
        last = None
        for last in _ENCLOSING.finditer(self._text, max(0, place - _LONGEST_TAG), place):  # noqa: B007 - the last one
            pass
        is_enclosed = last is not None and not last[1] and not last[0].endswith("/>")
        return last.start() if last is not None and is_enclosed else place
