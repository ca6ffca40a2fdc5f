# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTS engine: a `SpeechEngine` with speakers that were trained on recordings."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from oscine.domain.alignment import Mark
from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.delivery import express, open_chance, temper
from oscine.engines.espeak.driver import Event, EventKind
from oscine.engines.espeak.marks import MarkMaker
from oscine.engines.espeak.script import Script
from oscine.engines.hts import durations
from oscine.engines.hts.accents import put_on
from oscine.engines.hts.ceiling import Ceiling
from oscine.engines.hts.colour import make_filter, shape_frames
from oscine.engines.hts.frontend import Clause, FrontEnd, Heard
from oscine.engines.hts.labels import Labeller, Phrase, Place, make_word
from oscine.engines.hts.mlpg import find_solver
from oscine.engines.hts.mood import EMPHASIS, loudness_of, pitch_of
from oscine.engines.hts.prosody import Ending, Prosody, move_pitch, vary_lengths, wander
from oscine.engines.hts.speakers import SPEAKERS, Cast, Variant, assemble, load_speaker, read_data, read_variant
from oscine.engines.hts.tongues import TONGUES, find_tongue
from oscine.engines.hts.tongues.english import ENGLISH
from oscine.engines.hts.tongues.tongue import Tongue
from oscine.engines.hts.trajectory import Frames, Trajectory
from oscine.engines.hts.vocoder import Vocoder
from oscine.engines.protocol import Card
from oscine.engines.vocalise import vocalise

_RATE = 24000
_LOT = 6
"""Phones."""
_LEAD_FRAMES, _END_FRAMES, _CUT_FRAMES = 8, 12, 5
_LIGHT_LEAD_FRAMES = 4
"""Silence before the first sound, where it is soon wanted."""
_PAUSES_S = {"inner": 0.22, "sentence": 0.45}
_ATTRIBUTION = (
    "Voices of RHVoice (Olga Yakovleva and contributors): slt, bdl and clb (English), trained on the CMU ARCTIC "
    "recordings of Carnegie Mellon University; elena, anna and aleksandr (Russian); natalia and anatol (Ukrainian); "
    "Letícia-F123 by Olga Yakovleva and Fernando H. F. Botelho (Brazilian Portuguese, CC BY-SA 4.0); nazgul and azamat "
    "(Kyrgyz); phonemes by espeak NG 1.52"
)


class HtsEngine:
    """One engine holds one instance of espeak and the files of the speakers that were asked for."""

    def __init__(self) -> None:
        """Raises: EngineUnavailable if the voices, or scipy, are not installed."""
        find_solver()
        self._labeller = lru_cache(maxsize=None)(_read_labeller)
        self._labeller(ENGLISH.code)
        load_speaker(next(iter(SPEAKERS)))
        self._front_end = FrontEnd()
        self._is_speaking = False
        self._card = Card(
            id="hts",
            rate=_RATE,
            languages=tuple(TONGUES),
            is_seeded=True,
            licence="GPL-3.0-or-later",
            attribution=_ATTRIBUTION,
        )

    @property
    def card(self) -> Card:
        return self._card

    def speak(
        self, segment: Segment, timbre: Timbre, settings: VoiceSettings, seed: int | None
    ) -> Generator[Take, None, None]:
        """See `SpeechEngine.speak`.

        timbre.variant: see `speakers.Variant`. Raises: ValueError for a variant that does not exist,
        EngineUnavailable if its file is missing or damaged.
        """
        if self._is_speaking:
            raise RuntimeError("this engine is speaking; one call at a time")
        tongue = find_tongue(segment.language)
        if segment.vocalisation is not None:
            yield Take(vocalise(segment.vocalisation, timbre, _RATE, seed, segment.expression), _RATE)
            return
        variant = read_variant(timbre.variant, timbre.pitch_hz)
        variety = _variety(tongue, segment, variant)
        self._front_end.check(segment.phonemes, variety)
        cast = assemble(variant, tongue.code)
        mood = segment.expression
        timbre = temper(timbre, settings, seed)
        timbre = replace(express(timbre, mood), rate=timbre.rate * mood.rate)
        if mood.whisper:
            timbre = replace(timbre, breath=max(timbre.breath, mood.whisper))
        rendering = _Rendering(segment, timbre, settings, cast, open_chance(seed, segment.text))
        self._is_speaking = True
        try:
            phrases = self._front_end.phrases(segment, tongue, variety)
            if mood.accent is not None and tongue is ENGLISH:
                phrases = ((clause, put_on(words, mood.accent)) for clause, words in phrases)
            yield from rendering.takes(_place(phrases, segment, tongue), self._labeller(tongue.code))
        finally:
            self._is_speaking = False

    def close(self) -> None:
        """See `SpeechEngine.close`."""
        self._front_end.close()


@dataclass(frozen=True, slots=True)
class _Passage:
    """One phrase to be said."""

    words: list[Heard]
    phrase: Phrase
    place: Place
    ending: Ending
    is_last: bool
    """Of the segment."""
    ends_sentence: bool


def _read_labeller(language: str) -> Labeller:
    """Raises: EngineUnavailable."""
    tongue = TONGUES[language]
    return Labeller(tongue, read_data(f"languages/{tongue.folder}/labelling.xml").decode())


def _place(heard: Iterator[tuple[Clause, list[Heard]]], segment: Segment, tongue: Tongue) -> Iterator[_Passage]:
    """Phrases with their neighbours; one is heard ahead."""
    before: Phrase | None = None
    first_word, number = "", 1
    item = next(heard, None)
    while item is not None:
        clause, words = item
        following = next(heard, None)
        first_word = words[0].spelling if before is None else first_word
        ending = _ending(clause, segment, following is None, asks_what=first_word in tongue.asking)
        phrase = Phrase(tuple(make_word(tongue, word.spelling, word.phones) for word in words))
        after = None
        if following is not None and not clause.ends_sentence:
            after = Phrase(tuple(make_word(tongue, word.spelling, word.phones) for word in following[1]))
        known = [each for each in (before, phrase, after) if each is not None]
        place = Place(
            before,
            after,
            number,
            phrases=number + (after is not None),
            syllables=sum(each.syllables for each in known),
            words=sum(len(each.words) for each in known),
        )
        yield _Passage(words, phrase, place, ending, following is None, clause.ends_sentence)
        before, number = (None, 1) if clause.ends_sentence else (phrase, number + 1)
        item = following


def _ending(clause: Clause, segment: Segment, is_last: bool, *, asks_what: bool) -> Ending:
    text = segment.text[clause.start : clause.end].rstrip("\"'”’»)] \n")
    if is_last and segment.closes is Boundary.CUT and text[-1:] not in {"?", "!"}:
        return Ending.IS_CUT
    if text.endswith("?"):
        return Ending.ASKS_WHAT if asks_what else Ending.ASKS
    if text.endswith("!"):
        return Ending.EXCLAIMS
    if is_last and segment.closes is not Boundary.CLAUSE:
        return Ending.GOES_ON if text[-1:] in {",", ";", ":", "—", "–", "-"} else Ending.FALLS
    return Ending.FALLS if clause.ends_sentence and not is_last else Ending.GOES_ON


class _Rendering:
    """One segment on its way from phrases to samples."""

    def __init__(
        self, segment: Segment, timbre: Timbre, settings: VoiceSettings, cast: Cast, chance: np.random.Generator
    ) -> None:
        self._segment, self._timbre, self._settings, self._cast = segment, timbre, settings, cast
        self._prosody = Prosody.of(timbre, settings, cast.manners.pitch_spread)
        self._chance, noise = chance.spawn(2)
        self._trajectory = Trajectory(cast, is_light=settings.is_light)
        hop = cast.file.hop
        self._vocoder = Vocoder(_RATE, hop, make_filter(cast, timbre, settings), noise)
        self._ceiling = Ceiling(_RATE, hop)
        self._maker = MarkMaker(segment.text, Script(segment.text, range(len(segment.text) + 1)), _RATE)
        self._planned = 0
        """Frames."""
        self._voiced = 0
        """Frames that have become samples."""

    def takes(self, passages: Iterator[_Passage], labeller: Labeller) -> Generator[Take, None, None]:
        marks: list[Mark] = []
        for passage in passages:
            for new in self._plan(passage, labeller):
                marks += new
                for frames in self._trajectory.take():
                    yield Take(self._voice(frames), _RATE, tuple(marks))
                    marks = []
        for frames in self._trajectory.finish():
            yield Take(self._voice(frames), _RATE, tuple(marks))
            marks = []
        length_s = self._planned * self._cast.file.hop / _RATE
        last = (*marks, *self._maker.finish(length_s))
        tail = self._vocoder.finish()[: int(0.02 * _RATE)] if self._planned else np.zeros(0, np.float32)
        yield Take(np.concatenate([self._ceiling.finish(), _fade(tail)]), _RATE, last)

    def _plan(self, passage: _Passage, labeller: Labeller) -> Iterator[list[Mark]]:
        """A phrase goes to the trajectory, some phones at a time; yields the marks that are final with each lot.

        Durations and pitch need the whole phrase; the trees of the streams, which cost most, are asked as it goes.
        """
        prosody = self._prosody
        labels = labeller.label(passage.phrase, passage.place)
        is_first = self._planned == 0
        if not is_first:
            labels = labels[1:]  # the pause before it closed the phrase before
        means, variances = self._cast.durations(labels)
        sounds = slice(int(is_first), -1)  # pauses vary most: they would take what the sounds should give
        varied = vary_lengths(means[sounds], prosody, self._chance)
        means *= prosody.pace
        means[sounds] = durations.stretch(varied, variances[sounds], prosody.pace)
        counts = durations.count_frames(means)
        if is_first:
            lead = _CUT_FRAMES if self._segment.opens is Boundary.CUT else _LEAD_FRAMES
            counts[0] = durations.limit(counts[0], min(lead, _LIGHT_LEAD_FRAMES) if self._settings.is_light else lead)
        counts[-1] = durations.limit(counts[-1], self._most_pause(passage))
        starts = np.concatenate([[0], np.cumsum(counts.sum(axis=1))])
        rise_start, rise_end = _rise(passage.phrase, starts[int(is_first) : -1])
        height = np.log(self._timbre.pitch_hz)
        moves = move_pitch(int(starts[-1]), rise_start, rise_end, passage.ending, prosody, height)
        words = _word_bounds(passage, starts[int(is_first) :])
        drift = wander(int(starts[-1]), words.mean(axis=1), prosody, self._chance)
        moves = np.column_stack([moves[:, 0], moves[:, 1] + drift[:, 0], drift[:, 1]])
        for first, last in self._stress(passage, words):
            moves[first:last, 1] += EMPHASIS
        marks = self._mark(passage, starts[int(is_first) :] + self._planned)
        self._planned += int(starts[-1])
        for first in range(0, len(labels), _LOT):
            lot = slice(first, first + _LOT)
            frames = slice(int(starts[first]), int(starts[min(lot.stop, len(labels))]))
            self._trajectory.add(self._cast.streams(labels[lot]), counts[lot], moves[frames])
            yield marks
            marks = []

    def _most_pause(self, passage: _Passage) -> int:
        if passage.is_last:
            return _CUT_FRAMES if passage.ending is Ending.IS_CUT else _END_FRAMES
        pause_s = _PAUSES_S["sentence" if passage.ends_sentence else "inner"] * self._prosody.pace
        return int(pause_s * _RATE / self._cast.file.hop)

    def _mark(self, passage: _Passage, starts: NDArray[np.int64]) -> list[Mark]:
        """starts: frame where each phone starts, and the last pause, and its end."""
        hop = self._cast.file.hop
        events: list[Event] = []
        at = 0
        for word in passage.words:
            events.append(Event(EventKind.WORD, word.start + 1, int(starts[at]) * hop, ""))
            for sound in word.sounds:
                if sound.phones:
                    events.append(Event(EventKind.PHONEME, word.start + 1, int(starts[at]) * hop, sound.symbol))
                    at += len(sound.phones)
        events.append(Event(EventKind.CLAUSE_END, 0, int(starts[at]) * hop, ""))
        return self._maker.feed(events)

    def _voice(self, frames: Frames) -> Samples:
        cepstra, noise = shape_frames(frames, self._cast, self._timbre, self._settings)
        mood, hop, start = self._segment.expression, self._cast.file.hop, self._voiced
        self._voiced += len(frames.pitch)
        f0_hz = pitch_of(frames, mood, self._timbre.pitch_hz, start, _RATE / hop)
        samples = self._vocoder.render(cepstra, f0_hz, noise)
        if mood.whisper or mood.tremor:
            samples *= loudness_of(mood, start, len(frames.pitch), _RATE / hop, hop)
        return self._ceiling.apply(samples)

    def _stress(self, passage: _Passage, words: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """Frames of the words that are to stand out. words: first and last frame of each."""
        for word, (first, last) in zip(passage.words, words.tolist(), strict=True):
            if any(
                start < word.start + len(word.spelling) and end > word.start for start, end in self._segment.emphases
            ):
                yield first, last


def _variety(tongue: Tongue, segment: Segment, variant: Variant) -> str:
    """espeak's tag of the variety that is asked for: by a direction, else by the language's region, else the voice."""
    accent = segment.expression.accent
    if accent is not None and accent.partition("-")[0] == tongue.code:
        return accent
    region = segment.language.lower().replace("_", "-").partition("-")[2]
    if tongue is ENGLISH:
        return "en-gb" if region in {"gb", "uk"} else variant.english
    return f"{tongue.code}-{region}" if region else tongue.varieties[0]


def _rise(phrase: Phrase, starts: NDArray[np.int64]) -> tuple[int, int]:
    """Frames from the last stressed vowel of a phrase to the end of its last phone."""
    phones = list(chain.from_iterable(word.phones for word in phrase.words))
    stressed = max((i for i, phone in enumerate(phones) if phone.stress == 1), default=0)
    return int(starts[stressed]), int(starts[len(phones)])


def _word_bounds(passage: _Passage, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """(words, 2): frame where each begins and ends. starts: frame where each phone starts."""
    ends = np.cumsum([len(word.phones) for word in passage.words])
    return np.stack([starts[np.concatenate([[0], ends[:-1]])], starts[ends]], axis=1)


def _fade(samples: Samples) -> Samples:
    return (samples * np.linspace(1, 0, len(samples), dtype=np.float32) ** 2).astype(np.float32)
