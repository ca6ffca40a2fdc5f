# SPDX-License-Identifier: GPL-3.0-or-later
"""The espeak engine as a whole; what any engine must do is in tests/contract/test_engines.py."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from oscine.domain.alignment import Mark, Run
from oscine.domain.audio import Samples
from oscine.domain.problems import LanguageUnsupported, PhonemeInvalid
from oscine.domain.speech import Boundary, Phonemes, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak import EspeakEngine
from oscine.engines.espeak.booth import FIRST_S, LONGEST_S

MAN = Timbre("klatt4", 120.0)


def segment(
    text: str,
    language: str = "en",
    opens: Boundary = Boundary.EDGE,
    closes: Boundary = Boundary.EDGE,
    phonemes: tuple[Phonemes, ...] = (),
) -> Segment:
    everything = Run(0, len(text), 0, len(text))
    return Segment(text, language, 0, len(text), (everything,), opens, closes, phonemes=phonemes)


def speak(
    engine: EspeakEngine,
    said: Segment,
    timbre: Timbre = MAN,
    settings: VoiceSettings | None = None,
    seed: int | None = 1,
) -> tuple[Samples, list[Mark]]:
    takes = list(engine.speak(said, timbre, settings or VoiceSettings(), seed))
    return np.concatenate([take.samples for take in takes]), [mark for take in takes for mark in take.marks]


def pitches(samples: Samples, rate: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """F0 of the voiced frames by autocorrelation, hertz; frames of 46 ms every 10 ms."""
    found = []
    window = np.hanning(1024)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, 4096)) ** 2)[:400]
    for start in range(0, len(samples) - 1024, rate // 100):
        frame = samples[start : start + 1024]
        if np.sqrt(np.mean(frame**2)) < 0.02:
            continue
        correlation = np.fft.irfft(np.abs(np.fft.rfft((frame - frame.mean()) * window, 4096)) ** 2)[:400] / own
        lag = rate // 400 + int(np.argmax(correlation[rate // 400 : rate // 60]))
        if correlation[lag] > 0.5 * correlation[0]:
            found.append(rate / lag)
    return np.array(found)


@pytest.mark.parametrize("hertz", [80, 120, 200, 250])
def test_pitch_is_in_hertz(engine: EspeakEngine, hertz: float) -> None:
    text = "The harbour was quiet that morning, and the boats lay still on the water."
    samples, _ = speak(engine, segment(text), replace(MAN, pitch_hz=hertz))
    assert np.median(pitches(samples, engine.card.rate)) == pytest.approx(hertz, rel=0.06)


def test_the_voice_falls_at_the_end_and_not_at_a_cut(engine: EspeakEngine) -> None:
    text = "We bought seven red apples at the market yesterday"

    def ending(closes: Boundary) -> float:
        samples, _ = speak(engine, segment(text, closes=closes))
        return float(pitches(samples, engine.card.rate)[-25:-3].mean())

    assert ending(Boundary.CUT) > 1.08 * ending(Boundary.EDGE)
    assert ending(Boundary.CLAUSE) > 1.08 * ending(Boundary.SENTENCE)


def test_questions_rise(engine: EspeakEngine) -> None:
    def ending(text: str) -> float:
        return float(pitches(speak(engine, segment(text))[0], engine.card.rate)[-12:-2].mean())

    assert ending("You bought the apples yesterday?") > 1.1 * ending("You bought the apples yesterday.")


def test_what_goes_on_starts_lower(engine: EspeakEngine) -> None:
    def beginning(opens: Boundary) -> float:
        samples, _ = speak(engine, segment("and then they went home", opens=opens))
        return float(np.median(pitches(samples, engine.card.rate)[:60]))

    assert beginning(Boundary.CUT) < 0.985 * beginning(Boundary.EDGE)


def test_less_stability_moves_the_pitch_more(engine: EspeakEngine) -> None:
    text = "The harbour was quiet that morning, and the boats lay still on the water."

    def swing(stability: float) -> float:
        samples, _ = speak(engine, segment(text), settings=VoiceSettings(stability=stability))
        low, high = np.percentile(pitches(samples, engine.card.rate), [15, 85])
        return float(high - low)

    assert swing(0.0) > 1.2 * swing(1.0)


def test_pronunciations_override_the_engines_own(engine: EspeakEngine) -> None:
    text = "a tomato, [[and]] more"
    british, marks = speak(engine, segment(text, phonemes=(Phonemes(2, 8, "təˈmɑːtoʊ"),)))
    american, _ = speak(engine, segment(text, phonemes=(Phonemes(2, 8, "təˈmeɪtoʊ"),)))
    assert not np.array_equal(british, american)
    assert "".join(text[mark.start : mark.end] for mark in marks) == "atomatoandmore"


def test_phonemes_that_are_none_are_refused_before_any_audio(engine: EspeakEngine) -> None:
    with pytest.raises(PhonemeInvalid, match="'4'"):
        next(engine.speak(segment("one", phonemes=(Phonemes(0, 3, "w4n"),)), MAN, VoiceSettings(), None))
    assert len(speak(engine, segment("one"))[0])


def test_a_language_it_lacks_is_refused_before_any_audio(engine: EspeakEngine) -> None:
    with pytest.raises(LanguageUnsupported, match="'tlh'"):
        next(engine.speak(segment("wa", "tlh"), MAN, VoiceSettings(), None))


def test_all_languages_say_something(engine: EspeakEngine) -> None:
    for language in engine.card.languages:
        samples, marks = speak(engine, segment("papa 7 mama", language), seed=None)
        assert np.abs(samples).max(initial=0) > 0.02, language
        assert marks[0].start == 0, language
        assert marks[-1].end == 11, language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "صباح الخير يا صديقي"),
        ("el", "Καλημέρα σας, φίλε μου."),
        ("he", "בוקר טוב לכולם"),
        ("hi", "नमस्ते, आप कैसे हैं?"),
        ("ja", "おはようございます、げんきですか。"),
        ("ko", "안녕하세요, 반갑습니다."),
        ("ru", "Доброе утро, мой друг."),
        ("ta", "காலை வணக்கம் நண்பரே"),
        ("th", "สวัสดีตอนเช้า เพื่อนรัก"),
        ("zh", "早上好，我的朋友。"),
    ],
)
def test_marks_reach_from_the_first_letter_to_the_last(engine: EspeakEngine, language: str, text: str) -> None:
    samples, marks = speak(engine, segment(text, language))
    letters = [i for i, character in enumerate(text) if character.isalnum()]
    assert marks[0].start == letters[0]
    assert letters[-1] < marks[-1].end <= len(text)
    assert len(samples) / engine.card.rate - 0.1 < marks[-1].end_s


LONG = {
    "clauses": "It went on; and on, and on (so he said). Then it stopped... “Why?” she asked – nobody knew. " * 20,
    "no punctuation": "wonderful " * 150,
    "spelled": "BCDFG " * 133,
    "numbers": "1234567 " * 40,
    "ideographs": "今天天气很好我们去公园散步" * 30,
    "two-byte letters": "привет мир " * 60,
    "accents": "naïve café — über “Größe”… " * 40,
}


@pytest.mark.parametrize("name", LONG)
def test_positions_stay_right_and_no_word_is_lost_in_long_texts(engine: EspeakEngine, name: str) -> None:
    """espeak drops words of a clause with more than about 1,000 phonemes (found by test)."""
    text = LONG[name]
    language = {"ideographs": "zh", "two-byte letters": "ru"}.get(name, "en")
    _, marks = speak(engine, segment(text, language), seed=None)
    covered = {i for mark in marks for i in range(mark.start, mark.end)}
    missing = [i for i, character in enumerate(text) if character.isalnum() and i not in covered]
    assert not missing, (len(missing), text[missing[0] - 10 : missing[0] + 10])
    words = [mark for mark in marks if mark.start == 0 or not text[mark.start - 1].isalnum()]
    silent = [mark for mark in words if mark.end_s <= mark.start_s]
    assert len(silent) <= 0.03 * len(words)


def test_marks_say_what_is_heard_when(engine: EspeakEngine) -> None:
    """The hiss of an S lies where its mark is, the vowels where theirs are."""
    text = "Sam was ill. See?"
    samples, marks = speak(engine, segment(text))

    def hiss(position: int) -> float:
        mark = next(mark for mark in marks if mark.start <= position < mark.end)
        inside = samples[int(mark.start_s * engine.card.rate) : int(mark.end_s * engine.card.rate)]
        return float(np.std(np.diff(inside)) / np.std(inside))

    vowels = [hiss(text.index(letter)) for letter in ("a", "i", "ee")]
    assert min(hiss(0), hiss(13)) > 3 * max(vowels)


def test_seeds_differ_and_agree_with_themselves(engine: EspeakEngine) -> None:
    said = segment("Seven sailors sang.")
    one, again, other = (speak(engine, said, seed=seed)[0] for seed in (1, 1, 4294967295))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert abs(len(one) - len(other)) < 0.1 * len(one)


def test_a_seed_holds_whatever_was_said_before(engine: EspeakEngine) -> None:
    said = segment("Seven sailors sang.")
    first, _ = speak(engine, said)
    speak(engine, segment("Etwas anderes", "de"), Timbre("klatt1+flutter9", 200.0), seed=None)
    next(engine.speak(segment("and off in the middle " * 9), MAN, VoiceSettings(), 3))
    assert np.array_equal(first, speak(engine, said)[0])


def test_one_call_at_a_time(engine: EspeakEngine) -> None:
    takes = engine.speak(segment("one two three " * 20), MAN, VoiceSettings(), None)
    next(takes)
    with pytest.raises(RuntimeError, match="one call"):
        next(engine.speak(segment("four"), MAN, VoiceSettings(), None))
    takes.close()
    assert len(speak(engine, segment("four"))[0])


@pytest.mark.parametrize("text", ["", "   ", "…", "\x01\x02", "—"])
def test_what_cannot_be_said_is_no_audio(engine: EspeakEngine, text: str) -> None:
    samples, marks = speak(engine, segment(text))
    assert len(samples) == 0
    assert marks == []


def test_accents_of_english_are_the_voices(engine: EspeakEngine) -> None:
    said = segment("I can't ask for a tomato")
    american, _ = speak(engine, said)
    british, _ = speak(engine, said, replace(MAN, variant="en-gb+klatt4"))
    assert abs(len(american) - len(british)) > 200


def test_takes_come_early_and_grow(engine: EspeakEngine) -> None:
    takes = list(engine.speak(segment("The boats lay still on the water. " * 20), MAN, VoiceSettings(), None))
    seconds = [len(take.samples) / engine.card.rate for take in takes]
    assert seconds[0] < FIRST_S + 0.01
    assert max(seconds) > 0.9 * LONGEST_S
    assert len(takes) < 10 + sum(seconds)
    last_marks = [take.marks[-1].start_s for take in takes if take.marks]
    assert all(a < b for a, b in itertools.pairwise(last_marks))
    heard = list(itertools.accumulate(seconds))
    late = [h - take.marks[-1].end_s for take, h in zip(takes, heard, strict=True) if take.marks]
    assert max(late) < 2.0  # marks come with their audio, or soon after
