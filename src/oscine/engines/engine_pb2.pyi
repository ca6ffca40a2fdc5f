# SPDX-License-Identifier: GPL-3.0-or-later
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Boundary(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EDGE: _ClassVar[Boundary]
    CUT: _ClassVar[Boundary]
    CLAUSE: _ClassVar[Boundary]
    SENTENCE: _ClassVar[Boundary]
    PARAGRAPH: _ClassVar[Boundary]
EDGE: Boundary
CUT: Boundary
CLAUSE: Boundary
SENTENCE: Boundary
PARAGRAPH: Boundary

class DescribeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Card(_message.Message):
    __slots__ = ("id", "rate_hz", "languages", "is_seeded", "licence", "attribution", "kind")
    ID_FIELD_NUMBER: _ClassVar[int]
    RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    IS_SEEDED_FIELD_NUMBER: _ClassVar[int]
    LICENCE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    id: str
    rate_hz: int
    languages: _containers.RepeatedScalarFieldContainer[str]
    is_seeded: bool
    licence: str
    attribution: str
    kind: str
    def __init__(self, id: _Optional[str] = ..., rate_hz: _Optional[int] = ..., languages: _Optional[_Iterable[str]] = ..., is_seeded: _Optional[bool] = ..., licence: _Optional[str] = ..., attribution: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class Phonemes(_message.Message):
    __slots__ = ("start", "end", "ipa")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    IPA_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    ipa: str
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ..., ipa: _Optional[str] = ...) -> None: ...

class Timbre(_message.Message):
    __slots__ = ("variant", "pitch_hz", "range", "rate", "formants", "breath", "tilt", "gain_db")
    VARIANT_FIELD_NUMBER: _ClassVar[int]
    PITCH_HZ_FIELD_NUMBER: _ClassVar[int]
    RANGE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    FORMANTS_FIELD_NUMBER: _ClassVar[int]
    BREATH_FIELD_NUMBER: _ClassVar[int]
    TILT_FIELD_NUMBER: _ClassVar[int]
    GAIN_DB_FIELD_NUMBER: _ClassVar[int]
    variant: str
    pitch_hz: float
    range: float
    rate: float
    formants: float
    breath: float
    tilt: float
    gain_db: float
    def __init__(self, variant: _Optional[str] = ..., pitch_hz: _Optional[float] = ..., range: _Optional[float] = ..., rate: _Optional[float] = ..., formants: _Optional[float] = ..., breath: _Optional[float] = ..., tilt: _Optional[float] = ..., gain_db: _Optional[float] = ...) -> None: ...

class VoiceSettings(_message.Message):
    __slots__ = ("stability", "similarity", "style", "speaker_boost", "speed", "is_light")
    STABILITY_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_BOOST_FIELD_NUMBER: _ClassVar[int]
    SPEED_FIELD_NUMBER: _ClassVar[int]
    IS_LIGHT_FIELD_NUMBER: _ClassVar[int]
    stability: float
    similarity: float
    style: float
    speaker_boost: bool
    speed: float
    is_light: bool
    def __init__(self, stability: _Optional[float] = ..., similarity: _Optional[float] = ..., style: _Optional[float] = ..., speaker_boost: _Optional[bool] = ..., speed: _Optional[float] = ..., is_light: _Optional[bool] = ...) -> None: ...

class Expression(_message.Message):
    __slots__ = ("pitch", "range", "rate", "volume_db", "tilt", "breath", "whisper", "tremor", "is_sung", "accent")
    PITCH_FIELD_NUMBER: _ClassVar[int]
    RANGE_FIELD_NUMBER: _ClassVar[int]
    RATE_FIELD_NUMBER: _ClassVar[int]
    VOLUME_DB_FIELD_NUMBER: _ClassVar[int]
    TILT_FIELD_NUMBER: _ClassVar[int]
    BREATH_FIELD_NUMBER: _ClassVar[int]
    WHISPER_FIELD_NUMBER: _ClassVar[int]
    TREMOR_FIELD_NUMBER: _ClassVar[int]
    IS_SUNG_FIELD_NUMBER: _ClassVar[int]
    ACCENT_FIELD_NUMBER: _ClassVar[int]
    pitch: float
    range: float
    rate: float
    volume_db: float
    tilt: float
    breath: float
    whisper: float
    tremor: float
    is_sung: bool
    accent: str
    def __init__(self, pitch: _Optional[float] = ..., range: _Optional[float] = ..., rate: _Optional[float] = ..., volume_db: _Optional[float] = ..., tilt: _Optional[float] = ..., breath: _Optional[float] = ..., whisper: _Optional[float] = ..., tremor: _Optional[float] = ..., is_sung: _Optional[bool] = ..., accent: _Optional[str] = ...) -> None: ...

class Span(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class SpeakRequest(_message.Message):
    __slots__ = ("text", "language", "opens", "closes", "phonemes", "timbre", "settings", "seed", "expression", "emphases", "vocalisation", "is_drawn")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    OPENS_FIELD_NUMBER: _ClassVar[int]
    CLOSES_FIELD_NUMBER: _ClassVar[int]
    PHONEMES_FIELD_NUMBER: _ClassVar[int]
    TIMBRE_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    EMPHASES_FIELD_NUMBER: _ClassVar[int]
    VOCALISATION_FIELD_NUMBER: _ClassVar[int]
    IS_DRAWN_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    opens: Boundary
    closes: Boundary
    phonemes: _containers.RepeatedCompositeFieldContainer[Phonemes]
    timbre: Timbre
    settings: VoiceSettings
    seed: int
    expression: Expression
    emphases: _containers.RepeatedCompositeFieldContainer[Span]
    vocalisation: str
    is_drawn: bool
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ..., opens: _Optional[_Union[Boundary, str]] = ..., closes: _Optional[_Union[Boundary, str]] = ..., phonemes: _Optional[_Iterable[_Union[Phonemes, _Mapping]]] = ..., timbre: _Optional[_Union[Timbre, _Mapping]] = ..., settings: _Optional[_Union[VoiceSettings, _Mapping]] = ..., seed: _Optional[int] = ..., expression: _Optional[_Union[Expression, _Mapping]] = ..., emphases: _Optional[_Iterable[_Union[Span, _Mapping]]] = ..., vocalisation: _Optional[str] = ..., is_drawn: _Optional[bool] = ...) -> None: ...

class Mark(_message.Message):
    __slots__ = ("start", "end", "start_s", "end_s")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    START_S_FIELD_NUMBER: _ClassVar[int]
    END_S_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    start_s: float
    end_s: float
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ..., start_s: _Optional[float] = ..., end_s: _Optional[float] = ...) -> None: ...

class Take(_message.Message):
    __slots__ = ("pcm", "marks")
    PCM_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    pcm: bytes
    marks: _containers.RepeatedCompositeFieldContainer[Mark]
    def __init__(self, pcm: _Optional[bytes] = ..., marks: _Optional[_Iterable[_Union[Mark, _Mapping]]] = ...) -> None: ...

class MakeRequest(_message.Message):
    __slots__ = ("text", "seconds", "influence", "is_loop", "seed")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    INFLUENCE_FIELD_NUMBER: _ClassVar[int]
    IS_LOOP_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    text: str
    seconds: float
    influence: float
    is_loop: bool
    seed: int
    def __init__(self, text: _Optional[str] = ..., seconds: _Optional[float] = ..., influence: _Optional[float] = ..., is_loop: _Optional[bool] = ..., seed: _Optional[int] = ...) -> None: ...

class Nearest(_message.Message):
    __slots__ = ("word", "sound")
    WORD_FIELD_NUMBER: _ClassVar[int]
    SOUND_FIELD_NUMBER: _ClassVar[int]
    word: str
    sound: str
    def __init__(self, word: _Optional[str] = ..., sound: _Optional[str] = ...) -> None: ...

class Reading(_message.Message):
    __slots__ = ("seconds", "sounds", "nearest", "unknown")
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    SOUNDS_FIELD_NUMBER: _ClassVar[int]
    NEAREST_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    seconds: float
    sounds: _containers.RepeatedScalarFieldContainer[str]
    nearest: _containers.RepeatedCompositeFieldContainer[Nearest]
    unknown: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, seconds: _Optional[float] = ..., sounds: _Optional[_Iterable[str]] = ..., nearest: _Optional[_Iterable[_Union[Nearest, _Mapping]]] = ..., unknown: _Optional[_Iterable[str]] = ...) -> None: ...

class SoundTake(_message.Message):
    __slots__ = ("pcm", "reading")
    PCM_FIELD_NUMBER: _ClassVar[int]
    READING_FIELD_NUMBER: _ClassVar[int]
    pcm: bytes
    reading: Reading
    def __init__(self, pcm: _Optional[bytes] = ..., reading: _Optional[_Union[Reading, _Mapping]] = ...) -> None: ...

class PlannedSection(_message.Message):
    __slots__ = ("name", "seconds", "positive_styles", "negative_styles", "lines")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_STYLES_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_STYLES_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    name: str
    seconds: float
    positive_styles: _containers.RepeatedScalarFieldContainer[str]
    negative_styles: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., seconds: _Optional[float] = ..., positive_styles: _Optional[_Iterable[str]] = ..., negative_styles: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[str]] = ...) -> None: ...

class CompositionPlan(_message.Message):
    __slots__ = ("sections", "positive_styles", "negative_styles")
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_STYLES_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_STYLES_FIELD_NUMBER: _ClassVar[int]
    sections: _containers.RepeatedCompositeFieldContainer[PlannedSection]
    positive_styles: _containers.RepeatedScalarFieldContainer[str]
    negative_styles: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, sections: _Optional[_Iterable[_Union[PlannedSection, _Mapping]]] = ..., positive_styles: _Optional[_Iterable[str]] = ..., negative_styles: _Optional[_Iterable[str]] = ...) -> None: ...

class PlayRequest(_message.Message):
    __slots__ = ("text", "plan", "seconds", "is_instrumental", "keeps_sections", "wants_midi", "seed")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    IS_INSTRUMENTAL_FIELD_NUMBER: _ClassVar[int]
    KEEPS_SECTIONS_FIELD_NUMBER: _ClassVar[int]
    WANTS_MIDI_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    text: str
    plan: CompositionPlan
    seconds: float
    is_instrumental: bool
    keeps_sections: bool
    wants_midi: bool
    seed: int
    def __init__(self, text: _Optional[str] = ..., plan: _Optional[_Union[CompositionPlan, _Mapping]] = ..., seconds: _Optional[float] = ..., is_instrumental: _Optional[bool] = ..., keeps_sections: _Optional[bool] = ..., wants_midi: _Optional[bool] = ..., seed: _Optional[int] = ...) -> None: ...

class Section(_message.Message):
    __slots__ = ("name", "start_s", "length_s")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_S_FIELD_NUMBER: _ClassVar[int]
    LENGTH_S_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_s: float
    length_s: float
    def __init__(self, name: _Optional[str] = ..., start_s: _Optional[float] = ..., length_s: _Optional[float] = ...) -> None: ...

class Piece(_message.Message):
    __slots__ = ("title", "seconds", "tempo_bpm", "key", "beats", "beat_unit", "sections", "genres", "instruments", "unknown", "plan", "midi")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    TEMPO_BPM_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    BEATS_FIELD_NUMBER: _ClassVar[int]
    BEAT_UNIT_FIELD_NUMBER: _ClassVar[int]
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    GENRES_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENTS_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    MIDI_FIELD_NUMBER: _ClassVar[int]
    title: str
    seconds: float
    tempo_bpm: float
    key: str
    beats: int
    beat_unit: int
    sections: _containers.RepeatedCompositeFieldContainer[Section]
    genres: _containers.RepeatedScalarFieldContainer[str]
    instruments: _containers.RepeatedScalarFieldContainer[str]
    unknown: _containers.RepeatedScalarFieldContainer[str]
    plan: CompositionPlan
    midi: bytes
    def __init__(self, title: _Optional[str] = ..., seconds: _Optional[float] = ..., tempo_bpm: _Optional[float] = ..., key: _Optional[str] = ..., beats: _Optional[int] = ..., beat_unit: _Optional[int] = ..., sections: _Optional[_Iterable[_Union[Section, _Mapping]]] = ..., genres: _Optional[_Iterable[str]] = ..., instruments: _Optional[_Iterable[str]] = ..., unknown: _Optional[_Iterable[str]] = ..., plan: _Optional[_Union[CompositionPlan, _Mapping]] = ..., midi: _Optional[bytes] = ...) -> None: ...

class MusicTake(_message.Message):
    __slots__ = ("pcm", "reading")
    PCM_FIELD_NUMBER: _ClassVar[int]
    READING_FIELD_NUMBER: _ClassVar[int]
    pcm: bytes
    reading: Piece
    def __init__(self, pcm: _Optional[bytes] = ..., reading: _Optional[_Union[Piece, _Mapping]] = ...) -> None: ...
