# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words ask what of a voice. Tags of the vendor: reference/api-facts.md §6."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oscine.domain.expression import NEUTRAL
from oscine.text.directions import ACCENTS, MOODS, MUTE, PAUSES_S, SOUNDS, VOCALISATIONS, find_direction

MOOD_OF = {
    "whisper": [
        "whispers",
        "whispering",
        "Whispered",
        "in a whisper",
        "whispers urgently",
        "under her breath",
        "muttering",
    ],
    "shout": ["shouts", "SHOUTING", "shouted", "yells", "yelling angrily", "screams", "screaming", "bellowing"],
    "excited": [
        "excited",
        "excitedly",
        "sounding very excited",
        "enthusiastically",
        "thrilled",
        "with energetic voice",
    ],
    "happy": ["happy", "happily", "cheerful", "cheerfully", "joyfully", "delighted", "amused"],
    "playful": ["mischievously", "mischievous", "playfully", "teasing", "cheeky"],
    "sad": ["sad", "sadly", "in a sad voice", "slightly sad", "sorrowful", "melancholic", "heartbroken"],
    "angry": ["angry", "angrily", "furious", "furiously", "mad"],
    "annoyed": ["annoyed", "frustrated", "impatiently"],
    "curious": ["curious", "curiously", "puzzled", "wondering", "questioning"],
    "sarcastic": ["sarcastic", "sarcastically", "ironic", "mocking", "dryly"],
    "tired": ["tired", "tiredly", "in a tired voice", "exhausted", "sleepily", "bored"],
    "nervous": ["nervous", "nervously", "slightly nervous", "anxious", "worried", "shyly"],
    "afraid": ["afraid", "scared", "terrified", "frightened", "fearful", "panicking", "desperate"],
    "surprised": ["surprised", "amazed", "shocked", "in disbelief"],
    "calm": ["calm", "calmly", "soothing", "reassuringly"],
    "warm": ["warmly", "loving", "flirtatiously", "caring", "tender"],
    "serious": ["serious", "seriously", "sternly"],
    "dramatic": ["dramatic", "dramatically", "passionate"],
    "flat": ["deadpan", "robotic", "monotone"],
    "rush": ["rushed", "rushing", "hurriedly", "quickly", "fast", "urgently"],
    "slow": ["slows down", "slow", "slowly", "drawn out"],
    "jump": ["jumping in", "interrupting", "cutting in"],
    "sing": ["sings", "singing", "sing-song sings", "sung"],
    "quiet": ["quietly", "softly", "gently"],
    "hesitant": ["hesitant", "hesitantly", "stammers", "stuttering"],
}
SOUND_OF = {
    "laugh": ["laughs", "laughs harder", "starts laughing", "laughing", "evil laugh", "hysterical laughter"],
    "chuckle": ["chuckles", "chuckling softly"],
    "giggle": ["giggles", "giggling", "giggled"],
    "sob": ["crying", "cries", "sobbing", "weeps"],
    "sigh": ["sighs", "sighing", "sighs deeply"],
    "exhale": ["exhales", "exhales sharply"],
    "inhale": ["inhales", "inhales deeply", "deep breath", "breathes heavily"],
    "gasp": ["gasps", "gasping"],
    "snort": ["snorts", "snorting"],
    "wheeze": ["wheezing", "wheezes"],
    "cough": ["coughs", "clears throat"],
    "yawn": ["yawns"],
    "groan": ["groaning"],
    "hum": ["hums", "humming"],
    "gulp": ["gulps", "swallows"],
    "sniff": ["sniffs", "sniffles"],
    "whoop": ["woo"],
}
EFFECTS = [
    *("gunshot", "applause", "clapping", "explosion", "fart"),  # the vendor's
    *("loud explosion", "door slams", "footsteps", "two gunshots", "whispers as a door slams"),
]
NOTHING = ["banana", "piano music", "sound effect", *MUTE]


def expression_of(mood: str):  # type: ignore[no-untyped-def]
    return next(value for words, value in MOODS.items() if mood in words.split())


@pytest.mark.parametrize(("mood", "text"), [(mood, text) for mood, texts in MOOD_OF.items() for text in texts])
def test_moods(mood: str, text: str) -> None:
    """Each leads the voice the way its mood does, at any intensity and beside other words."""
    found, wanted = find_direction(text), expression_of(mood)
    assert found is not None
    assert found.vocalisation is None
    assert found.expression is not None
    asked = found.expression
    for name in ("pitch", "range", "rate", "volume_db", "tilt", "breath", "whisper", "tremor"):
        rest = getattr(NEUTRAL, name)
        if " " not in text:
            assert (getattr(asked, name) > rest) == (getattr(wanted, name) > rest), name
            assert (getattr(asked, name) < rest) == (getattr(wanted, name) < rest), name
    assert asked != NEUTRAL
    assert asked.is_sung >= wanted.is_sung


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SOUND_OF.items() for text in texts])
def test_sounds_of_the_voice(kind: str, text: str) -> None:
    found = find_direction(text)
    assert found is not None
    assert found.vocalisation == kind


@pytest.mark.parametrize("text", EFFECTS)
def test_sounds_that_no_voice_makes_are_prompts(text: str) -> None:
    found = find_direction(text)
    assert found is not None
    assert (found.effect, found.expression, found.vocalisation, found.pause_s) == (text, None, None, 0)


@pytest.mark.parametrize("text", sorted(NOTHING))
def test_other_words_ask_nothing(text: str) -> None:
    assert find_direction(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("strong French accent", "fr"),
     ("Russian accent", "ru"), ("with a thick German accent", "de"), ("British", "en-gb"),
     ("Strong Scottish Accent", "en-gb-scotland")],
)  # fmt: skip
def test_accents(text: str, language: str) -> None:
    found = find_direction(text)
    assert found is not None
    assert found.expression is not None
    assert found.expression.accent == language


@pytest.mark.parametrize(
    ("text", "pause_s"),
    [("pause", 0.7), ("short pause", 0.35), ("long pause", 1.5), ("dramatic pause", 1.5), ("pause 2s", 2.0),
     ("a beat", 0.7),
     ("pause for 500 ms", 0.5), ("pause 99 seconds", 3.0)],
)  # fmt: skip
def test_pauses(text: str, pause_s: float) -> None:
    found = find_direction(text)
    assert found is not None
    assert found.pause_s == pause_s


def test_crying_goes_on_and_a_laugh_does_not() -> None:
    cries, laughs = find_direction("crying"), find_direction("laughs nervously")
    assert cries is not None
    assert cries.endures
    assert laughs is not None
    assert not laughs.endures


def test_normal_and_negations_reset() -> None:
    for text in ("normal", "neutral", "not angry", "stops crying"):
        found = find_direction(text)
        assert found is not None
        assert found.expression == NEUTRAL


def test_tables_do_not_contradict_one_another() -> None:
    words = [word for table in (MOODS, VOCALISATIONS) for keys in table for word in keys.split()]
    assert len(words) == len(set(words))
    assert not set(words) & (SOUNDS | MUTE)
    assert not SOUNDS & MUTE
    assert all(key == key.lower() for key in ACCENTS)


def test_every_direction_is_documented() -> None:
    """docs/expressions.md has a row for each row of the tables, with the same words."""
    page = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text()
    rows = {cells[0].strip() for cells in (line.strip("|").split("|") for line in page.splitlines() if line[:1] == "|")}
    for words in (*MOODS, *VOCALISATIONS):
        assert ", ".join(words.split()) in rows, words
    listed = re.sub(r"[`\[\].]", "", page.partition("## Sound effects")[2].partition("## Pauses")[0])
    assert re.split(r",\s", next(part for part in listed.split("\n\n") if "zipper" in part).strip()) == sorted(SOUNDS)
    assert all(f"`[{word}]`" in page for word in MUTE)
    for words, pause_s in PAUSES_S.items():
        assert re.search(rf"^\| {words} \|.*{pause_s:g} s", page, re.MULTILINE), words
    for name in ACCENTS:
        assert name in page, name
