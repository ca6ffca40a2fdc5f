# SPDX-License-Identifier: GPL-3.0-or-later
"""Between our nouns and the messages of engine.proto."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

import numpy as np
from numpy.typing import NDArray

from oscine.domain.alignment import Mark, Run
from oscine.domain.audio import Samples
from oscine.domain.composition import CompositionPlan, MusicPrompt, MusicTake, Piece, PlannedSection
from oscine.domain.expression import NEUTRAL, Expression, Vocalisation
from oscine.domain.music import Section
from oscine.domain.sound import Reading, SoundPrompt, SoundTake, Stereo
from oscine.domain.speech import Boundary, Drawn, Phonemes, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines import engine_pb2 as pb
from oscine.engines.protocol import Card, Kind

PROBLEM_HEADER = "oscine-problem"
"""Trailing metadata of an INVALID_ARGUMENT status: the name of the problem's class."""

_FULL_SCALE = 32767.0


def write_card(card: Card) -> pb.Card:
    return pb.Card(
        id=card.id,
        rate_hz=card.rate,
        languages=card.languages,
        is_seeded=card.is_seeded,
        licence=card.licence,
        attribution=card.attribution,
        kind=card.kind,
    )


def read_card(card: pb.Card) -> Card:
    return Card(
        id=card.id,
        rate=card.rate_hz,
        languages=tuple(card.languages),
        is_seeded=card.is_seeded,
        licence=card.licence,
        attribution=card.attribution,
        kind=cast(Kind, card.kind or "speech"),
    )


def write_request(segment: Segment, timbre: Timbre, settings: VoiceSettings, seed: int | None) -> pb.SpeakRequest:
    """What an engine needs of a segment; its place in the original text stays at home."""
    return pb.SpeakRequest(
        text=segment.text,
        language=segment.language,
        opens=segment.opens.name,
        closes=segment.closes.name,
        phonemes=[pb.Phonemes(start=p.start, end=p.end, ipa=p.ipa) for p in segment.phonemes],
        timbre=pb.Timbre(
            variant=timbre.variant,
            pitch_hz=timbre.pitch_hz,
            range=timbre.range,
            rate=timbre.rate,
            formants=timbre.formants,
            breath=timbre.breath,
            tilt=timbre.tilt,
            gain_db=timbre.gain_db,
        ),
        settings=pb.VoiceSettings(
            stability=settings.stability,
            similarity=settings.similarity,
            style=settings.style,
            speaker_boost=settings.speaker_boost,
            speed=settings.speed,
            is_light=settings.is_light,
        ),
        seed=seed,
        is_drawn=isinstance(seed, Drawn),
        expression=None if segment.expression == NEUTRAL else pb.Expression(**asdict(segment.expression)),
        emphases=[pb.Span(start=start, end=end) for start, end in segment.emphases],
        vocalisation=segment.vocalisation,
    )


def read_request(request: pb.SpeakRequest) -> tuple[Segment, Timbre, VoiceSettings, int | None]:
    length = len(request.text)
    segment = Segment(
        text=request.text,
        language=request.language,
        original_start=0,
        original_end=length,
        runs=(Run(0, length, 0, length),) if length else (),
        opens=Boundary[pb.Boundary.Name(request.opens)],
        closes=Boundary[pb.Boundary.Name(request.closes)],
        phonemes=tuple(Phonemes(p.start, p.end, p.ipa) for p in request.phonemes),
        expression=_read_expression(request.expression) if request.HasField("expression") else NEUTRAL,
        emphases=tuple((span.start, span.end) for span in request.emphases),
        vocalisation=cast(Vocalisation, request.vocalisation) if request.vocalisation else None,
    )
    timbre = Timbre(
        variant=request.timbre.variant,
        pitch_hz=request.timbre.pitch_hz,
        range=request.timbre.range,
        rate=request.timbre.rate,
        formants=request.timbre.formants,
        breath=request.timbre.breath,
        tilt=request.timbre.tilt,
        gain_db=request.timbre.gain_db,
    )
    settings = VoiceSettings(
        stability=request.settings.stability,
        similarity=request.settings.similarity,
        style=request.settings.style,
        speaker_boost=request.settings.speaker_boost,
        speed=request.settings.speed,
        is_light=request.settings.is_light,
    )
    return segment, timbre, settings, _read_seed(request)


def _read_seed(request: pb.SpeakRequest) -> int | None:
    if not request.HasField("seed"):
        return None
    return Drawn(request.seed) if request.is_drawn else request.seed


def _read_expression(expression: pb.Expression) -> Expression:
    return Expression(
        pitch=expression.pitch,
        range=expression.range,
        rate=expression.rate,
        volume_db=expression.volume_db,
        tilt=expression.tilt,
        breath=expression.breath,
        whisper=expression.whisper,
        tremor=expression.tremor,
        is_sung=expression.is_sung,
        accent=expression.accent or None,
    )


def write_take(take: Take) -> pb.Take:
    """Samples beyond full scale are clipped."""
    return pb.Take(
        pcm=_write_pcm(take.samples),
        marks=[pb.Mark(start=m.start, end=m.end, start_s=m.start_s, end_s=m.end_s) for m in take.marks],
    )


def read_take(take: pb.Take, rate: int) -> Take:
    return Take(_read_pcm(take.pcm), rate, tuple(Mark(m.start, m.end, m.start_s, m.end_s) for m in take.marks))


def write_order(prompt: SoundPrompt, seed: int | None) -> pb.MakeRequest:
    return pb.MakeRequest(
        text=prompt.text, seconds=prompt.seconds, influence=prompt.influence, is_loop=prompt.is_loop, seed=seed
    )


def read_order(order: pb.MakeRequest) -> tuple[SoundPrompt, int | None]:
    seconds = order.seconds if order.HasField("seconds") else None
    seed = order.seed if order.HasField("seed") else None
    return SoundPrompt(order.text, seconds, order.influence, order.is_loop), seed


def write_sound(take: SoundTake) -> pb.SoundTake:
    """Samples beyond full scale are clipped."""
    if take.reading is None:
        return pb.SoundTake(pcm=_write_pcm(take.samples))
    reading = pb.Reading(
        seconds=take.reading.seconds,
        sounds=take.reading.sounds,
        nearest=[pb.Nearest(word=word, sound=sound) for word, sound in take.reading.nearest],
        unknown=take.reading.unknown,
    )
    return pb.SoundTake(pcm=_write_pcm(take.samples), reading=reading)


def read_sound(take: pb.SoundTake, rate: int) -> SoundTake:
    reading = None
    if take.HasField("reading"):
        reading = Reading(
            take.reading.seconds,
            tuple(take.reading.sounds),
            tuple((pair.word, pair.sound) for pair in take.reading.nearest),
            tuple(take.reading.unknown),
        )
    return SoundTake(_read_stereo(take.pcm), rate, reading)


def write_play(prompt: MusicPrompt, seed: int | None) -> pb.PlayRequest:
    return pb.PlayRequest(
        text=prompt.text,
        plan=None if prompt.plan is None else _write_plan(prompt.plan),
        seconds=prompt.seconds,
        is_instrumental=prompt.is_instrumental,
        keeps_sections=prompt.keeps_sections,
        wants_midi=prompt.wants_midi,
        seed=seed,
    )


def read_play(request: pb.PlayRequest) -> tuple[MusicPrompt, int | None]:
    prompt = MusicPrompt(
        text=request.text,
        plan=_read_plan(request.plan) if request.HasField("plan") else None,
        seconds=request.seconds if request.HasField("seconds") else None,
        is_instrumental=request.is_instrumental,
        keeps_sections=request.keeps_sections,
        wants_midi=request.wants_midi,
    )
    return prompt, request.seed if request.HasField("seed") else None


def write_music(take: MusicTake) -> pb.MusicTake:
    """Samples beyond full scale are clipped."""
    return pb.MusicTake(
        pcm=_write_pcm(take.samples), reading=None if take.reading is None else _write_piece(take.reading)
    )


def read_music(take: pb.MusicTake, rate: int) -> MusicTake:
    reading = _read_piece(take.reading) if take.HasField("reading") else None
    return MusicTake(_read_stereo(take.pcm), rate, reading)


def _write_plan(plan: CompositionPlan) -> pb.CompositionPlan:
    sections = (
        pb.PlannedSection(
            name=section.name,
            seconds=section.length_s,
            positive_styles=section.positive_styles,
            negative_styles=section.negative_styles,
            lines=section.lines,
        )
        for section in plan.sections
    )
    return pb.CompositionPlan(
        sections=sections, positive_styles=plan.positive_styles, negative_styles=plan.negative_styles
    )


def _read_plan(plan: pb.CompositionPlan) -> CompositionPlan:
    sections = (
        PlannedSection(s.name, s.seconds, tuple(s.positive_styles), tuple(s.negative_styles), tuple(s.lines))
        for s in plan.sections
    )
    return CompositionPlan(tuple(sections), tuple(plan.positive_styles), tuple(plan.negative_styles))


def _write_piece(piece: Piece) -> pb.Piece:
    return pb.Piece(
        title=piece.title,
        seconds=piece.seconds,
        tempo_bpm=piece.tempo_bpm,
        key=piece.key,
        beats=piece.metre[0],
        beat_unit=piece.metre[1],
        sections=[pb.Section(**asdict(section)) for section in piece.sections],
        genres=piece.genres,
        instruments=piece.instruments,
        unknown=piece.unknown,
        plan=_write_plan(piece.plan),
        midi=piece.midi,
    )


def _read_piece(piece: pb.Piece) -> Piece:
    return Piece(
        title=piece.title,
        seconds=piece.seconds,
        tempo_bpm=piece.tempo_bpm,
        key=piece.key,
        metre=(piece.beats, piece.beat_unit),
        sections=tuple(Section(s.name, s.start_s, s.length_s) for s in piece.sections),
        genres=tuple(piece.genres),
        instruments=tuple(piece.instruments),
        unknown=tuple(piece.unknown),
        plan=_read_plan(piece.plan),
        midi=piece.midi,
    )


def _write_pcm(samples: NDArray[np.float32]) -> bytes:
    pcm: bytes = np.rint(np.clip(samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()
    return pcm


def _read_pcm(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def _read_stereo(pcm: bytes) -> Stereo:
    return _read_pcm(pcm).reshape(-1, 2)
