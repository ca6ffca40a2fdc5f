# SPDX-License-Identifier: GPL-3.0-or-later
"""What prose asks of a voice, and what it does not."""

from __future__ import annotations

import pytest

from oscine.domain.expression import NEUTRAL
from oscine.text.instructions import read_instructions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Speak in a cheerful and positive tone.", ("cheerful",)),
        ("whisper", ("whisper",)),
        ("Whisper softly, like telling a secret", ("whisper", "softly")),
        ("Speak slowly", ("slowly",)),
        ("Voice: calm and reassuring.\nPace: slow, unhurried.", ("calm", "reassuring", "slow", "deliberate")),
        ("Sound excited, but not too fast.", ("excited",)),
        ("Don't whisper; speak loudly.", ("loudly",)),
        ("Use a strong French accent and sound tired", ("french", "tired")),
        ("A deep voice", ("gruff",)),
        ("You are a helpful kind of assistant; read the question, cut nothing.", ()),
        ("Pronounce names clearly.", ()),
        ("", ()),
        ("читай внятно 🙂", ()),
    ],
)
def test_words_that_act(text: str, words: tuple[str, ...]) -> None:
    read = read_instructions(text)
    assert read.words == words
    assert (read.expression == NEUTRAL) == (not words)


def test_what_they_do() -> None:
    assert read_instructions("Whisper.").expression.whisper == 1.0
    assert read_instructions("Speak slowly.").expression.rate < 0.9
    assert read_instructions("Speak quickly.").expression.rate > 1.2
    assert read_instructions("Cheerful!").expression.pitch > 1.05
    assert read_instructions("in a British accent").expression.accent == "en-gb"
    assert read_instructions("very angry").expression.volume_db > read_instructions("angry").expression.volume_db


def test_many_moods_share_their_strength() -> None:
    one = read_instructions("excited").expression
    many = read_instructions("excited, cheerful, surprised, playful, hopeful, loud and warm").expression
    assert one.pitch < many.pitch < one.pitch**2


def test_long_instructions_take_no_longer_than_they_must() -> None:
    assert read_instructions("calm " * 20_000).words == ("calm",)
