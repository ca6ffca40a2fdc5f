# SPDX-License-Identifier: GPL-3.0-or-later
"""What a listener would notice in what a live server sends."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import pytest

from tests.conftest import LiveServer
from tests.journeys.ear import SENTENCE, VOICE, hear, longest_silence, loudness_db, seconds, speech_span
from tests.unit.codecs.listening import Heard

RATE = 24000
FORMAT = f"pcm_{RATE}"
VOICES = {
    "Alice": "Xb7hH8MSUJpSbSDYk0k2",
    "Lily": "pFZP5JQG7iQjIQuC4Bku",
    "Laura": "FGY2WhTYpPnrIDTdsKH5",
    "George": VOICE,
    "Brian": "nPczCjzI2devNBz1zQrb",
    "Bill": "pqHfZKP75CvOlQylNhV4",
}
WOMEN = ("Alice", "Lily", "Laura")

Say = Callable[..., tuple[Heard, dict[str, Any]]]


@pytest.fixture(scope="module")
def say(live_server: LiveServer) -> Say:
    """Sound and character times of a text, made once."""

    @cache
    def get(text: str, voice: str = VOICE) -> tuple[Heard, dict[str, Any]]:
        answer = httpx.post(
            f"{live_server.url}/v1/text-to-speech/{voice}/with-timestamps",
            params={"output_format": FORMAT},
            json={"text": text, "seed": 1},
            headers=live_server.headers,
            timeout=30,
        ).json()
        return hear(base64.b64decode(answer["audio_base64"]), FORMAT), answer["alignment"]

    return get


def span(alignment: dict[str, Any], word: str) -> tuple[float, float]:
    """When a word is heard, seconds."""
    at = "".join(alignment["characters"]).index(word)
    ends = alignment["character_end_times_seconds"]
    return alignment["character_start_times_seconds"][at], ends[at + len(word) - 1]


def level(heard: Heard, start_s: float, end_s: float) -> float:
    """RMS between two moments."""
    piece = heard.samples[round(start_s * heard.rate) : round(end_s * heard.rate)]
    return float(np.sqrt(np.mean(piece**2)))


def pitch(heard: Heard) -> float:
    """Median fundamental frequency of what is voiced, hertz."""
    size = heard.rate // 25
    shortest, longest = heard.rate // 400, heard.rate // 60
    found = []
    for start in range(0, len(heard.samples) - size - longest, size):
        frame = heard.samples[start : start + size + longest]
        if np.sqrt(np.mean(frame**2)) < 0.03:
            continue
        likeness = np.correlate(frame, frame[:size], "valid")
        energy = np.convolve(frame**2, np.ones(size), "valid")
        likeness = likeness / np.sqrt(energy * energy[0] + 1e-12)
        peaks = likeness[shortest:longest]
        if peaks.max() > 0.6:
            found.append(heard.rate / (shortest + int(np.flatnonzero(peaks > 0.95 * peaks.max())[0])))
    return float(np.median(found))


def test_times_point_at_the_words(say: Say) -> None:
    """Between two numbers there is a pause, and the times know where."""
    text = "Seven. Eleven. Twelve. Nineteen."
    heard, alignment = say(text)
    words = [span(alignment, word) for word in ("Seven", "Eleven", "Twelve", "Nineteen")]
    for (_, end), (start, _) in pairwise(words):
        assert start - end > 0.1
        quiet = min(level(heard, at, at + 0.03) for at in np.arange(end, start - 0.03, 0.01))
        assert quiet < 0.1 * min(level(heard, *word) for word in words)


def test_a_break_lies_where_the_times_say(say: Say) -> None:
    heard, alignment = say('Before the break. <break time="2s" /> After the break.')
    begin, end = longest_silence(heard)
    assert span(alignment, "Before the break")[1] == pytest.approx(begin, abs=0.15)
    assert span(alignment, "After")[0] == pytest.approx(end, abs=0.15)


def test_no_click_where_sentences_meet(say: Say) -> None:
    """No step between two samples is larger than inside single sentences, and silence meets silence."""
    sentences = ("It rained all night.", "Nobody minded.", "The roof held, and the fire burned well.")
    steps = [float(np.abs(np.diff(say(sentence)[0].samples)).max()) for sentence in sentences]
    heard, _ = say(" ".join(sentences))
    assert float(np.abs(np.diff(heard.samples)).max()) < 1.25 * max(steps)
    assert abs(heard.samples[0]) < 0.01
    assert abs(heard.samples[-1]) < 0.01


def test_nothing_is_lost_or_said_twice_in_a_long_text(say: Say) -> None:
    sentence = "It rained all night, and nobody minded."
    one, _ = say(sentence)
    many, alignment = say(" ".join([sentence] * 40))
    starts = [i for i, c in enumerate(alignment["characters"]) if c == "I"]
    at = [alignment["character_start_times_seconds"][i] for i in starts]
    gaps = np.diff(at)
    assert len(at) == 40
    assert gaps.max() - gaps.min() < 0.25 * gaps.mean()
    begin, end = speech_span(one)
    assert seconds(many) > 40 * (end - begin)
    assert seconds(many) < 40 * (end - begin + 1.0)


def test_paragraphs_are_farther_apart_than_sentences(say: Say) -> None:
    near, far = (say(f"It rained all night.{gap}Nobody minded.")[0] for gap in (" ", "\n\n"))
    assert seconds(far) > seconds(near) + 0.1


def test_a_comma_is_a_breath(say: Say) -> None:
    assert seconds(say("Let us eat, dear grandmother.")[0]) > seconds(say("Let us eat dear grandmother.")[0]) + 0.05


def test_a_question_does_not_end_like_a_statement(say: Say) -> None:
    asked, stated = (say(f"You are going home{mark}")[0] for mark in "?.")
    ends = []
    for heard in (asked, stated):
        _, end = speech_span(heard)
        tail = heard.samples[round((end - 0.22) * RATE) : round((end - 0.02) * RATE)]
        ends.append(pitch(Heard(np.concatenate([tail, np.zeros(RATE // 10)]), RATE, 1, "", "", (), "")))
    assert ends[0] > 1.08 * ends[1]


def test_voices_are_different_people(say: Say) -> None:
    """Source: reference/api-facts.md §8.3 (gender)."""
    pitches = {name: pitch(say(SENTENCE, voice)[0]) for name, voice in VOICES.items()}
    assert min(pitches[name] for name in WOMEN) > 1.2 * max(pitches[name] for name in VOICES if name not in WOMEN)
    assert len({round(value) for value in pitches.values()}) > 3
    assert len({say(SENTENCE, voice)[0].samples.tobytes() for voice in VOICES.values()}) == len(VOICES)


def test_voices_are_equally_loud(say: Say) -> None:
    louds = [loudness_db(say(SENTENCE, voice)[0]) for voice in VOICES.values()]
    assert max(louds) - min(louds) < 3
    assert all(float(np.abs(say(SENTENCE, voice)[0].samples).max()) < 0.99 for voice in VOICES.values())


def test_loudness_does_not_jump_between_sentences(say: Say) -> None:
    heard, alignment = say("No. It rained all night, and nobody who lived there minded at all. Yes. Why not?")
    parts = [level(heard, *span(alignment, word)) for word in ("No", "It rained all night", "Yes", "Why not")]
    assert max(parts) / min(parts) < 2.5


def test_speech_starts_at_once_and_ends_soon(say: Say) -> None:
    for voice in VOICES.values():
        heard, _ = say(SENTENCE, voice)
        begin, end = speech_span(heard)
        assert begin < 0.15
        assert seconds(heard) - end < 0.5
