# SPDX-License-Identifier: GPL-3.0-or-later
"""The espeak engine: a `SpeechEngine` for 125 languages, and the voice of last resort."""

from __future__ import annotations

import math
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import espeakng_loader
import numpy as np

from oscine.domain.alignment import Mark
from oscine.domain.problems import LanguageUnsupported
from oscine.domain.speech import Drawn, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.delivery import express, open_chance, temper
from oscine.engines.espeak.accent import is_foreign, put_on
from oscine.engines.espeak.booth import Booth, Performance
from oscine.engines.espeak.driver import Event, Instance, OnBuffer, Parameter, copy_events, read_events
from oscine.engines.espeak.edges import Edges
from oscine.engines.espeak.languages import Language, Languages
from oscine.engines.espeak.marks import MarkMaker
from oscine.engines.espeak.mnemonics import Inventory, take_inventory
from oscine.engines.espeak.pronunciation import pronounce
from oscine.engines.espeak.script import Script, write_script
from oscine.engines.espeak.sound import Finish, Manner, describe_speaker, manner, read_variant, vary
from oscine.engines.protocol import Card
from oscine.engines.vocalise import vocalise

_FASTEST = 450
_ATTRIBUTION = "espeak NG 1.52, by Jonathan Duddington, Reece H. Dunn and contributors"


class EspeakEngine:
    """One engine holds one warm instance of the library; a call with a seed gets a fresh one, and is bit-exact. A
    seed that was drawn is spared that: it takes a millisecond."""

    def __init__(self) -> None:
        self._data_dir = espeakng_loader.get_data_path()
        self._library = Path(espeakng_loader.get_library_path()).read_bytes()
        self._languages = Languages(Path(self._data_dir))
        self._warm = Instance(self._library, self._data_dir)
        self._loaded = ""
        """Description of the voice that the warm instance has."""
        self._booth = Booth(self._warm.rate)
        self._is_speaking = False
        self._inventory = lru_cache(maxsize=32)(self._take_inventory)
        self._card = Card(
            id="espeak",
            rate=self._warm.rate,
            languages=self._languages.codes,
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
        """See `SpeechEngine.speak`. First take after about 0.5 ms, some 600 times faster than real time.

        timbre.variant: see `sound.Variant`. speaker_boost has no effect: Klatt's formants have the heights they have.
        """
        if self._is_speaking:
            raise RuntimeError("this engine is speaking; one call at a time")
        if segment.vocalisation is not None:
            yield Take(
                vocalise(segment.vocalisation, timbre, self._card.rate, seed, segment.expression), self._card.rate
            )
            return
        variant = read_variant(timbre.variant)
        expression = segment.expression
        timbre = vary(express(temper(timbre, settings, seed), expression), settings, open_chance(seed, segment.text))
        language, segment, script = self._write(segment, variant.english)
        speaker = describe_speaker(timbre, variant, seed, expression.tremor, settings)
        description = f"{language.description}\n{speaker}"
        how = manner(timbre, variant, settings, segment.opens, expression)
        if seed is None or isinstance(seed, Drawn):
            performance = self._perform(script, description, how)
        else:
            performance = self._perform_afresh(script, description, how, seed)
        self._is_speaking = True
        try:
            yield from self._render(segment, Finish(timbre, self._card.rate, expression, seed), script, performance)
        finally:
            self._is_speaking = False

    def close(self) -> None:
        """See `SpeechEngine.close`."""
        self._booth.close()
        self._warm.close()

    def _write(self, segment: Segment, english: str) -> tuple[Language, Segment, Script]:
        """The language it is said in, the segment with all that is spelled, and the script. Raises: PhonemeInvalid."""
        language = self._languages.find(segment.language, english)
        segment = replace(segment, phonemes=pronounce(language.tag, segment))
        accent = segment.expression.accent
        mnemonics = [self._inventory(language).spell(override.ipa) for override in segment.phonemes]
        script = write_script(segment, mnemonics)
        if accent is None:
            return language, segment, script
        try:
            other = self._languages.find(accent, english)
        except LanguageUnsupported:
            return language, segment, script
        if not is_foreign(segment.language, accent):
            mnemonics = [self._inventory(other).spell(override.ipa) for override in segment.phonemes]
        else:
            segment, mnemonics = put_on(segment, script, self._hear(language, script), self._inventory(other))
        return other, segment, write_script(segment, mnemonics)

    def _hear(self, language: Language, script: Script) -> list[Event]:
        """What espeak says, without its sound."""
        self._loaded = ""
        self._warm.set_voice(f"{language.description}\nklatt 4")
        self._warm.set_parameter(Parameter.RATE, _FASTEST)
        blocks: list[bytes] = []

        def listen(_samples: int, _count: int, events: int) -> int:
            blocks.append(copy_events(events))
            return 0

        self._warm.synthesise(script.text, listen, reads_mnemonics=script.reads_mnemonics)
        return [event for block in blocks for event in read_events(block)]

    def _render(
        self, segment: Segment, finish: Finish, script: Script, performance: Performance
    ) -> Generator[Take, None, None]:
        rate = self._card.rate
        maker, edges = MarkMaker(segment.text, script, rate), Edges(rate)
        total = 0
        if script.text.strip():
            with closing(self._booth.perform(performance)) as pieces:
                for piece in pieces:
                    samples = edges.trim(np.frombuffer(piece.samples, np.int16))
                    marks = maker.feed(event for block in piece.events for event in read_events(block))
                    total += len(samples)
                    if len(samples) or marks:
                        yield Take(finish.apply(samples), rate, _shift(marks, edges.lead / rate, math.inf))
        tail = edges.finish()
        total += len(tail)
        marks = maker.finish((total + edges.lead) / rate)
        yield Take(finish.finish(tail), rate, _shift(marks, edges.lead / rate, total / rate))

    def _perform(self, script: Script, description: str, how: Manner) -> Performance:
        """With the warm instance, which keeps the voice it has."""

        def perform(on_buffer: OnBuffer) -> None:
            if self._loaded != description:
                self._loaded = ""
                self._warm.set_voice(description)
                self._loaded = description
            _speak(self._warm, script, how, on_buffer)

        return perform

    def _perform_afresh(self, script: Script, description: str, how: Manner, seed: int) -> Performance:
        """With an instance that has no past."""

        def perform(on_buffer: OnBuffer) -> None:
            instance = Instance(self._library, self._data_dir)
            try:
                instance.set_voice(description)
                instance.set_seed(seed)
                _speak(instance, script, how, on_buffer)
            finally:
                instance.close()

        return perform

    def _take_inventory(self, language: Language) -> Inventory:
        self._loaded = ""
        self._warm.set_voice(f"{language.description}\nklatt 4")
        return take_inventory(self._warm, Path(self._data_dir), language.phoneme_table)


def _speak(instance: Instance, script: Script, how: Manner, on_buffer: OnBuffer) -> None:
    instance.set_parameter(Parameter.RATE, how.rate)
    instance.set_parameter(Parameter.VOLUME, how.volume)
    instance.set_parameter(Parameter.PITCH, how.pitch)
    instance.set_parameter(Parameter.RANGE, how.range)
    instance.synthesise(script.text, on_buffer, reads_mnemonics=script.reads_mnemonics)


def _shift(marks: list[Mark], lead_s: float, end_s: float) -> tuple[Mark, ...]:
    """Times from the first sample that is left; none beyond the end."""

    def move(time_s: float) -> float:
        return min(max(time_s - lead_s, 0.0), end_s)

    return tuple(Mark(mark.start, mark.end, move(mark.start_s), move(mark.end_s)) for mark in marks)
