# SPDX-License-Identifier: GPL-3.0-or-later
"""Full-context labels: each phone with its neighbours, its syllable, word, phrase and utterance.

The order of the features and the signs between them are data of the language (`labelling.xml`); here the features
are computed. A feature that does not apply to a pause is `x`; a neighbour that does not exist has 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from defusedxml import ElementTree

from oscine.engines.hts.phones import PAUSE, Phone
from oscine.engines.hts.tongues.tongue import CONTENT, Tongue
from oscine.engines.hts.trees import Label, cut_label

_NO_TONE = "NONE"
"""How a phrase ends is left to `prosody`: with a tone the speaker slt is hardly understood (word error rate 0.50
against 0.02), the others gain nothing by it."""
_NAMES = ("prev_prev_name", "prev_name", "name", "next_name", "next_next_name")


@dataclass(frozen=True, slots=True)
class Word:
    kind: str
    clitic: str
    """`pro`, `en` or, for a word that stands by itself, `host`."""
    phones: tuple[Phone, ...]
    starts: tuple[int, ...]
    """Where its syllables start among its phones."""


def make_word(tongue: Tongue, spelling: str, phones: Sequence[Phone]) -> Word:
    """phones: at least one."""
    clitic = tongue.clitics.get(spelling, "host")
    return Word(tongue.kind_of(spelling), clitic, tuple(phones), tuple(tongue.phones.split_syllables(phones)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said without a pause."""

    words: tuple[Word, ...]

    @property
    def syllables(self) -> int:
        return sum(len(word.starts) for word in self.words)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands in its utterance."""

    before: Phrase | None
    after: Phrase | None
    number: int
    """From 1."""
    phrases: int
    """Of the utterance, as its syllables and words."""
    syllables: int
    words: int


@dataclass(slots=True)
class _Syllable:
    phones: tuple[Phone, ...]
    vowel: str | None
    coda: int
    """Phones after the vowel."""
    word: int
    number: int
    """In its word, from 0."""
    offset: int
    """Of its first phone in the word."""
    is_stressed: bool
    is_accented: bool


class Labeller:
    """Writes the labels of one language."""

    def __init__(self, tongue: Tongue, labelling: str) -> None:
        """labelling: contents of `labelling.xml`. Raises: ValueError, ParseError of the XML library."""
        template = []
        for element in ElementTree.fromstring(labelling).iter():
            if element.tag == "feature":
                template.append(f"%({element.attrib['name']})s")
            literal = element.tail if element.tag == "feature" else element.text
            template.append((literal or "").strip().replace("%", "%%"))
        self._template = "".join(template)
        self._tongue = tongue

    def label(self, phrase: Phrase, place: Place) -> list[Label]:
        """The labels of the pause before a phrase, of its phones, and of the pause after it."""
        features = _Features(phrase, place, self._tongue)
        names = [PAUSE, *(phone.name for word in phrase.words for phone in word.phones), PAUSE]
        before = [*_last_names(place.before), *(["x"] if place.before is None else [])][-2:]
        after = [*(["x"] if place.after is None else []), *_first_names(place.after)][:2]
        around = [*["x"] * (2 - len(before)), *before, *names, *after, *["x"] * (2 - len(after))]
        rows = [features.opening(), *features.phones(), features.closing()]
        return [
            cut_label(self._template % (row | dict(zip(_NAMES, around[i : i + 5], strict=True))))
            for i, row in enumerate(rows)
        ]


def _last_names(phrase: Phrase | None) -> list[str]:
    return [phone.name for phone in phrase.words[-1].phones[-2:]] if phrase else []


def _first_names(phrase: Phrase | None) -> list[str]:
    return [phone.name for phone in phrase.words[0].phones[:2]] if phrase else []


def _list_syllables(phrase: Phrase, tongue: Tongue) -> list[_Syllable]:
    out = []
    for index, word in enumerate(phrase.words):
        for number, (start, end) in enumerate(zip(word.starts, (*word.starts[1:], None), strict=True)):
            phones = word.phones[start:end]
            at = next((i for i, phone in enumerate(phones) if phone.name in tongue.phones.vowels), None)
            stress = max((phone.stress == 1 for phone in phones), default=False)
            is_content = word.kind == CONTENT
            is_stressed = stress or (is_content and len(word.starts) == 1)
            out.append(
                _Syllable(
                    phones,
                    None if at is None else phones[at].name,
                    0 if at is None else len(phones) - at - 1,
                    index,
                    number,
                    start,
                    is_stressed,
                    is_stressed and is_content,
                )
            )
    return out


class _Features:
    """The features of one phrase's phones, computed a level at a time."""

    def __init__(self, phrase: Phrase, place: Place, tongue: Tongue) -> None:
        self._phrase, self._place = phrase, place
        self._syllables = syllables = _list_syllables(phrase, tongue)
        self._before = _list_syllables(place.before, tongue)[-1] if place.before else None
        self._after = _list_syllables(place.after, tongue)[0] if place.after else None
        self._no_vowel = tongue.no_vowel
        self._utterance = _UNKNOWN | {
            "num_syls_in_utt": place.syllables,
            "num_words_in_utt": place.words,
            "num_phrases_in_utt": place.phrases,
        }
        self._accents = [syllable.is_accented for syllable in syllables]
        self._stresses = [syllable.is_stressed for syllable in syllables]
        self._content = [word.kind == CONTENT for word in phrase.words]

    def opening(self) -> dict[str, object]:
        """Of the pause before the phrase."""
        return self._pause(self._before, self._syllables[0], self._place.before, self._phrase)

    def closing(self) -> dict[str, object]:
        """Of the pause after the phrase."""
        return self._pause(self._syllables[-1], self._after, self._phrase, self._place.after)

    def phones(self) -> list[dict[str, object]]:
        """Of its phones, in order."""
        rows = []
        phrase = self._of_phrase()
        words = [phrase | self._of_word(i) for i in range(len(self._phrase.words))]
        for i, syllable in enumerate(self._syllables):
            common = words[syllable.word] | self._of_syllable(i)
            length, total = len(syllable.phones), len(self._phrase.words[syllable.word].phones)
            for j in range(length):
                at = syllable.offset + j
                rows.append(
                    common
                    | {
                        "pos_in_syl_fw": j + 1,
                        "pos_in_syl_bw": length - j,
                        "pos_in_word_fw": at + 1,
                        "pos_in_word_bw": total - at,
                    }
                )
        return rows

    def _pause(
        self, last: _Syllable | None, first: _Syllable | None, before: Phrase | None, after: Phrase | None
    ) -> dict[str, object]:
        return (
            _NOWHERE
            | self._utterance
            | _neighbour("prev_syl", last)
            | _neighbour("next_syl", first)
            | _neighbour_word("prev", before.words[-1] if before else None)
            | _neighbour_word("next", after.words[0] if after else None)
            | _neighbour_phrase("prev", before)
            | _neighbour_phrase("next", after)
        )

    def _of_phrase(self) -> dict[str, object]:
        place = self._place
        return (
            self._utterance
            | _neighbour_phrase("prev", place.before)
            | _neighbour_phrase("next", place.after)
            | {
                "num_syls_in_phrase": len(self._syllables),
                "num_words_in_phrase": len(self._phrase.words),
                "phrase_pos_in_utt_fw": place.number,
                "phrase_pos_in_utt_bw": max(place.phrases - place.number + 1, 1),
                "phrase_end_tone": _NO_TONE,
            }
        )

    def _of_word(self, i: int) -> dict[str, object]:
        words, content = self._phrase.words, self._content
        before = words[i - 1] if i else self._place.before.words[-1] if self._place.before else None
        after = words[i + 1] if i + 1 < len(words) else self._place.after.words[0] if self._place.after else None
        return (
            _neighbour_word("prev", before)
            | _neighbour_word("next", after)
            | {
                "word_gpos": words[i].kind,
                "word_clitic": words[i].clitic,
                "num_syls_in_word": len(words[i].starts),
                "word_pos_in_phrase_fw": i + 1,
                "word_pos_in_phrase_bw": len(words) - i,
                "num_content_words_in_phrase_before_this_word": sum(content[:i]),
                "num_content_words_in_phrase_after_this_word": sum(content[i + 1 :]),
                "dist_to_prev_content_word_in_phrase": _distance(content[:i][::-1]),
                "dist_to_next_content_word_in_phrase": _distance(content[i + 1 :]),
            }
        )

    def _of_syllable(self, i: int) -> dict[str, object]:
        syllables, stresses, accents = self._syllables, self._stresses, self._accents
        syllable = syllables[i]
        word = self._phrase.words[syllable.word]
        before = syllables[i - 1] if i else self._before
        after = syllables[i + 1] if i + 1 < len(syllables) else self._after
        first, last = i - syllable.number, i - syllable.number + len(word.starts) - 1
        vowels = [each.vowel or self._no_vowel for each in syllables[first : last + 1]]
        own = syllable.number

        def beside(offset: int) -> str:
            return vowels[own + offset] if 0 <= own + offset < len(vowels) else "x"

        return (
            _neighbour("prev_syl", before)
            | _neighbour("next_syl", after)
            | {
                "prev_prev_syl_vowel_in_word": beside(-2),
                "prev_syl_vowel_in_word": beside(-1),
                "next_syl_vowel_in_word": beside(1),
                "next_next_syl_vowel_in_word": beside(2),
                "first_syl_vowel_in_word": vowels[0],
                "last_syl_vowel_in_word": vowels[-1],
                "dist_to_prev_stressed_syl_in_word": _distance(stresses[first:i][::-1]),
                "dist_to_next_stressed_syl_in_word": _distance(stresses[i + 1 : last + 1]),
                "syl_coda_length": syllable.coda,
                "syl_stress": int(syllable.is_stressed),
                "syl_accented": int(syllable.is_accented),
                "syl_length": len(syllable.phones),
                "syl_pos_in_word_fw": syllable.number + 1,
                "syl_pos_in_word_bw": len(word.starts) - syllable.number,
                "syl_pos_in_phrase_fw": i + 1,
                "syl_pos_in_phrase_bw": len(syllables) - i,
                "num_stressed_syls_in_phrase_before_this_syl": sum(stresses[:i]),
                "num_stressed_syls_in_phrase_after_this_syl": sum(stresses[i + 1 :]),
                "num_accented_syls_in_phrase_before_this_syl": sum(accents[:i]),
                "num_accented_syls_in_phrase_after_this_syl": sum(accents[i + 1 :]),
                "dist_to_prev_stressed_syl_in_phrase": _distance(stresses[:i][::-1]),
                "dist_to_next_stressed_syl_in_phrase": _distance(stresses[i + 1 :]),
                "dist_to_prev_accented_syl_in_phrase": _distance(accents[:i][::-1]),
                "dist_to_next_accented_syl_in_phrase": _distance(accents[i + 1 :]),
                "syl_vowel": vowels[own],
            }
        )


_NOWHERE: dict[str, object] = dict.fromkeys(
    """
    pos_in_syl_fw pos_in_syl_bw syl_stress syl_accented syl_length syl_pos_in_word_fw syl_pos_in_word_bw
    syl_pos_in_phrase_fw syl_pos_in_phrase_bw num_stressed_syls_in_phrase_before_this_syl
    num_stressed_syls_in_phrase_after_this_syl num_accented_syls_in_phrase_before_this_syl
    num_accented_syls_in_phrase_after_this_syl dist_to_prev_stressed_syl_in_phrase dist_to_next_stressed_syl_in_phrase
    dist_to_prev_accented_syl_in_phrase dist_to_next_accented_syl_in_phrase syl_vowel word_gpos num_syls_in_word
    word_pos_in_phrase_fw word_pos_in_phrase_bw num_content_words_in_phrase_before_this_word
    num_content_words_in_phrase_after_this_word dist_to_prev_content_word_in_phrase
    dist_to_next_content_word_in_phrase num_syls_in_phrase num_words_in_phrase phrase_pos_in_utt_fw
    phrase_pos_in_utt_bw phrase_end_tone pos_in_word_fw pos_in_word_bw
    word_clitic syl_coda_length dist_to_prev_stressed_syl_in_word dist_to_next_stressed_syl_in_word
    prev_prev_syl_vowel_in_word prev_syl_vowel_in_word next_syl_vowel_in_word next_next_syl_vowel_in_word
    first_syl_vowel_in_word last_syl_vowel_in_word
    """.split(),
    "x",
)
"""A pause is in no syllable, word or phrase."""
_UNKNOWN: dict[str, object] = dict.fromkeys(
    """
    none utt_is_question utt_type prev_prev_ext_r prev_ext_r ext_r next_ext_r next_next_ext_r prev_prev_ext_j prev_ext_j
    ext_j next_ext_j next_next_ext_j
    """.split(),
    0,
)
"""What is left to `prosody`, what only the spelling shows, and what the labels have no use for."""


def _neighbour(name: str, syllable: _Syllable | None) -> dict[str, object]:
    return {
        f"{name}_stress": int(syllable.is_stressed) if syllable else 0,
        f"{name}_accented": int(syllable.is_accented) if syllable else 0,
        f"{name}_length": len(syllable.phones) if syllable else 0,
        f"{name}_coda_length": syllable.coda if syllable else 0,
        f"{name}_vowel": (syllable.vowel if syllable else None) or "x",
    }


def _neighbour_word(name: str, word: Word | None) -> dict[str, object]:
    return {
        f"{name}_word_gpos": word.kind if word else 0,
        f"{name}_word_clitic": word.clitic if word else 0,
        f"num_syls_in_{name}_word": len(word.starts) if word else 0,
    }


def _neighbour_phrase(name: str, phrase: Phrase | None) -> dict[str, object]:
    return {
        f"num_syls_in_{name}_phrase": phrase.syllables if phrase else 0,
        f"num_words_in_{name}_phrase": len(phrase.words) if phrase else 0,
    }


def _distance(marks: Sequence[bool]) -> int:
    """How many steps away the first True is; 0 if there is none."""
    return marks.index(True) + 1 if True in marks else 0
