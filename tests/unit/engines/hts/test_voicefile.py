# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import random

import numpy as np
import pytest

from oscine.engines.hts.trees import cut_label
from oscine.engines.hts.voicefile import VoiceInvalid, read_voice
from tests.unit.engines.hts.conftest import STATES, build_voice

_AA = cut_label("x^pau-aa+b=c@1_2/A:0_0_0/B:1-1-2@1-1")
_B = cut_label("pau^aa-b+c=x@2_1/A:0_0_0/B:0-0-2@1-1")


def test_a_voice_is_read_whole() -> None:
    voice = read_voice(build_voice(order=4))
    assert (voice.rate, voice.hop, voice.states) == (24000, 120, STATES)
    assert list(voice.streams) == ["MCP", "LF0", "BAP"]
    stream = voice.streams["MCP"]
    assert stream.length == 4
    assert [window.tolist() for window in stream.windows] == [[1.0], [-0.5, 0.0, 0.5]]
    assert stream.options == {"ALPHA": "0.466"}
    assert [table.shape for table in stream.model.means] == [(2, 8), (2, 8)]
    assert stream.model.weights == ()
    assert np.allclose(stream.model.means[0][1], 2 + 0.1 * np.arange(8))
    assert np.allclose(stream.model.variances[1], 0.5)
    assert np.allclose(voice.streams["LF0"].model.weights[0], 0.9)


def test_trees_choose_leaves() -> None:
    voice = read_voice(build_voice())
    assert voice.durations.find(_AA) == [1]
    assert voice.durations.find(_B) == [0]
    assert voice.streams["LF0"].model.find(_AA) == [1, 1]
    assert voice.streams["LF0"].model.find(_B) == [0, 0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"VERSION:1.0", b"VERSION:2.0", "version"),
        (b"[GLOBAL]", b"[GLOBUL]", "GLOBAL"),
        (b"STREAM_TYPE:MCP,LF0,BAP", b"STREAM_TYPE:LF0,BAP", "MCP is missing"),
        (b"NUM_STATES:2\n", b"", "NUM_STATES is missing"),
        (b"NUM_STATES:2", b"NUM_STATES:3", "does not hold"),
        (b"SAMPLING_FREQUENCY:24000", b"SAMPLING_FREQUENCY:0", "SAMPLING_FREQUENCY is 0"),
        (b"NUM_WINDOWS[LF0]:2", b"NUM_WINDOWS[LF0]:1", "windows of LF0"),
        (b'0 name==aa  "dur_s2_1"', b'0 name==aa  "dur_s2_9"', "leaves"),
        (b'0 name==aa  "dur_s2_1"', b'0 name==aa  0         ', "before its parent"),
        (b"QS name==aa", b"QS name==zz", "asked but not defined"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(old: bytes, new: bytes, message: str) -> None:
    contents = build_voice()
    assert old in contents
    with pytest.raises(VoiceInvalid, match=message):
        read_voice(contents.replace(old, new, 1))


def test_numbers_that_are_none_are_refused() -> None:
    contents = build_voice().replace(np.float32(2.1).tobytes(), np.float32(np.nan).tobytes())
    with pytest.raises(VoiceInvalid, match="none"):
        read_voice(contents)


def test_a_file_cut_anywhere_is_refused() -> None:
    contents = build_voice()
    for size in range(0, len(contents), 7):
        with pytest.raises(VoiceInvalid):
            read_voice(contents[:size])


def test_damage_is_refused_or_harmless() -> None:
    contents = build_voice()
    chance = random.Random(3)
    refused = 0
    for _ in range(1500):
        damaged = bytearray(contents)
        for _ in range(chance.choice([1, 1, 4, 40])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            voice = read_voice(bytes(damaged))
        except VoiceInvalid:
            refused += 1
            continue
        for stream in voice.streams.values():
            assert all(0 <= leaf < 2 for leaf in stream.model.find(_AA))
    assert refused > 500
