# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames. Facts: reference/api-facts.md §4.3, §4.5."""

import json

import pytest

from oscine.dialects.elevenlabs import render_live
from oscine.domain.alignment import Alignment
from oscine.pipeline.pairing import Part

PART = Part(
    b"\x01\x02", Alignment("Hi", (1.0004, 1.1), (1.1, 1.2506)), Alignment("Hi", (1.0, 1.1), (1.1, 1.25)), 1.0004
)


def test_an_audio_frame_has_exactly_the_documented_keys() -> None:
    frame = json.loads(render_live.audio(PART, None, runs_on=False))
    assert frame == {
        "audio": "AQI=",
        "isFinal": None,
        "normalizedAlignment": {"chars": ["H", "i"], "charStartTimesMs": [0, 100], "charDurationsMs": [100, 150]},
        "alignment": {"chars": ["H", "i"], "charStartTimesMs": [0, 100], "charDurationsMs": [100, 151]},
    }


def test_times_may_run_on() -> None:
    frame = json.loads(render_live.audio(PART, "a", runs_on=True))
    assert frame["alignment"]["charStartTimesMs"] == [1000, 1100]


def test_frames_of_a_context_name_it_twice() -> None:
    for data in (render_live.audio(PART, "a", runs_on=True), render_live.final("a")):
        frame = json.loads(data)
        assert (frame["contextId"], frame["context_id"]) == ("a", "a")
    assert json.loads(render_live.final("a"))["is_final"] is True


def test_no_frame_but_an_error_has_a_message_or_an_error() -> None:
    """Clients take either for a failure (api-facts §15.14)."""
    for data in (render_live.audio(PART, "a", runs_on=True), render_live.final(None)):
        assert not {"message", "error"} & json.loads(data).keys()


@pytest.mark.parametrize("letter", ["x", "é", "話"])
def test_a_reason_fits_a_close_frame(letter: str) -> None:
    for length in range(200):
        assert len(render_live.reason(letter * length).encode()) <= 123
    assert render_live.reason(letter * 30) == letter * 30
