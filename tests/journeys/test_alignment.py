# SPDX-License-Identifier: GPL-3.0-or-later
"""When each character is heard, through the vendor's Python package.

Sources: reference/api-facts.md §2.4 (shape), §3 (framing, cumulative times); INVARIANTS.md.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from itertools import pairwise

import httpx
import pytest
from elevenlabs import CharacterAlignmentResponseModel, ElevenLabs

from tests.journeys.ear import VOICE, hear, seconds

PARAGRAPH = (
    "It was a bright cold day in April, and the clocks were striking thirteen; nobody looked up. "
    "Mr. Smith paid $12.50 for 3 apples at 10:30, then he walked on. "
)
TEXTS = {
    "plain": "The first move is what sets everything in motion.",
    "letter": "A",
    "edges": "  Spaces before, and after.  \n",
    "money": "It costs $5, €1,000.50 or £3.20.",
    "numbers": "In 1999 the 2nd of 12,345 runs took 3.14 s, i.e. 50% more; call 555-1234.",
    "unicode": "“Naïve” café — déjà vu… §5 ½ ﬁne Å.",
    "combining": "Cafe\u0301 and a\u030angstro\u0308m.",
    "emoji": "Hello 🙂 world 👩‍👩‍👧 again 🎉!",
    "break": 'One. <break time="1s" /> Two, <break time="300ms"/>three.',
    "paragraphs": "First paragraph.\n\nSecond paragraph, longer.\n\n\n\tThird.",
    "capitals": "NASA and the BBC said OK!!!",
    "long": (PARAGRAPH * 13)[:2000],
    "german": "Am 3. Mai kostete das 1.234,50 €; schöne Grüße aus Köln.",
    "french": "L’été, c’est bientôt fini ; 21 élèves s’en vont à 8 h.",
    "japanese": "こんにちは。きょうはとてもいいてんきですね。",
    "arabic": "مرحبا بالعالم، كيف حالك اليوم؟",
    "hindi": "नमस्ते दुनिया, आप कैसे हैं?",
    "mixed": "He said guten Morgen, привет and 你好 today.",
}
FORMATS = ("pcm_24000", "mp3_44100_128", "mp3_22050_32", "opus_48000_64")


def check(alignment: CharacterAlignmentResponseModel | None, end_s: float) -> str:
    """Equal lengths, times that never fall, the last one where the audio ends. Returns the characters joined."""
    assert alignment is not None
    starts, ends = alignment.character_start_times_seconds, alignment.character_end_times_seconds
    assert len(alignment.characters) == len(starts) == len(ends) > 0
    assert starts[0] >= 0
    assert all(a <= b for a, b in pairwise(starts))
    assert all(a <= b for a, b in pairwise(ends))
    assert all(start <= end for start, end in zip(starts, ends, strict=True))
    assert all(end <= start + 0.001 for end, start in zip(ends, starts[1:], strict=False))
    assert ends[-1] == pytest.approx(end_s, abs=0.05)
    return "".join(alignment.characters)


def join(
    parts: Sequence[CharacterAlignmentResponseModel | None],
) -> CharacterAlignmentResponseModel:
    given = [part for part in parts if part is not None]
    return CharacterAlignmentResponseModel(
        characters=[c for part in given for c in part.characters],
        character_start_times_seconds=[t for part in given for t in part.character_start_times_seconds],
        character_end_times_seconds=[t for part in given for t in part.character_end_times_seconds],
    )


@pytest.mark.parametrize("name", TEXTS)
def test_characters_are_the_text_and_times_span_the_audio(client: ElevenLabs, name: str) -> None:
    text = TEXTS[name]
    answer = client.text_to_speech.convert_with_timestamps(VOICE, text=text, output_format="pcm_24000", seed=1)
    whole = base64.b64decode(answer.audio_base_64)
    end_s = len(whole) / 2 / 24000
    assert check(answer.alignment, end_s) == text
    assert "<" not in check(answer.normalized_alignment, end_s)

    pieces = list(client.text_to_speech.stream_with_timestamps(VOICE, text=text, output_format="pcm_24000", seed=1))
    assert b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces) == whole
    for mine, theirs in (
        (join([piece.alignment for piece in pieces]), answer.alignment),
        (join([piece.normalized_alignment for piece in pieces]), answer.normalized_alignment),
    ):
        assert theirs is not None
        check(mine, end_s)
        assert mine.characters == theirs.characters
        assert mine.character_start_times_seconds == pytest.approx(theirs.character_start_times_seconds, abs=0.001)
        assert mine.character_end_times_seconds == pytest.approx(theirs.character_end_times_seconds, abs=0.001)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["plain", "money", "long"])
def test_the_last_character_ends_with_the_decoded_audio(client: ElevenLabs, name: str, format_name: str) -> None:
    answer = client.text_to_speech.convert_with_timestamps(
        VOICE,
        text=TEXTS[name],
        output_format=format_name,
    )
    heard = hear(base64.b64decode(answer.audio_base_64), format_name)
    check(answer.alignment, seconds(heard))
    check(answer.normalized_alignment, seconds(heard))


@pytest.mark.parametrize("format_name", FORMATS)
def test_times_run_on_over_a_stream(client: ElevenLabs, format_name: str) -> None:
    """Source: reference/api-facts.md §3: cumulative, not per chunk. A client that plays what it has never meets a
    character whose sound has long passed."""
    text = TEXTS["paragraphs"]
    pieces = list(
        client.text_to_speech.stream_with_timestamps(
            VOICE,
            text=text,
            output_format=format_name,
        )
    )
    starts = [piece.alignment.character_start_times_seconds[0] for piece in pieces if piece.alignment is not None]
    assert len(starts) > 2
    assert starts == sorted(set(starts))
    heard = hear(b"".join(base64.b64decode(piece.audio_base_64) for piece in pieces), format_name)
    assert check(join([piece.alignment for piece in pieces]), seconds(heard)) == text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("It costs $5.", "It costs five dollars."),
        ("Dr. Who has 3 dogs.", "Doctor Who has three dogs."),
        ("On the 2nd, 100% of it.", "On the second, one hundred percent of it."),
        ("Pi is 3.14.", "Pi is three point one four."),
        ("£1,001.32 is it.", "one thousand and one pounds and thirty-two pence is it."),
    ],
)
def test_normalized_alignment_is_what_is_spoken(client: ElevenLabs, text: str, spoken: str) -> None:
    """Source: reference/api-facts.md §2.4, §6 (the vendor's examples)."""
    answer = client.text_to_speech.convert_with_timestamps(VOICE, text=text, output_format="pcm_24000")
    end_s = len(base64.b64decode(answer.audio_base_64)) / 2 / 24000
    assert check(answer.alignment, end_s) == text
    assert check(answer.normalized_alignment, end_s).strip() == spoken


@pytest.mark.parametrize("text", [TEXTS["plain"], TEXTS["long"], TEXTS["emoji"]])
def test_framing(http: httpx.Client, text: str) -> None:
    """One object a line, the last newline included, never server-sent events: the JavaScript client loses what has no
    newline, the Python client loses everything that begins with `data:`. Source: reference/api-facts.md §3."""
    path = f"/v1/text-to-speech/{VOICE}/stream/with-timestamps"
    response = http.post(path, json={"text": text}, params={"output_format": "mp3_44100_128"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["transfer-encoding"] == "chunked"
    assert response.content.endswith(b"\n")
    lines = response.content[:-1].split(b"\n")
    for line in lines:
        assert not line.startswith(b"data:")
        assert set(json.loads(line)) == {"audio_base64", "alignment", "normalized_alignment"}


def test_shape_of_the_single_object(http: httpx.Client) -> None:
    """Source: seeds/001, AudioWithTimestampsResponseModel."""
    path = f"/v1/text-to-speech/{VOICE}/with-timestamps"
    answer = http.post(path, json={"text": TEXTS["plain"]}, params={"output_format": "wav_24000"}).json()
    assert set(answer) == {"audio_base64", "alignment", "normalized_alignment"}
    for name in ("alignment", "normalized_alignment"):
        assert set(answer[name]) == {
            "characters",
            "character_start_times_seconds",
            "character_end_times_seconds",
        }
    heard = hear(base64.b64decode(answer["audio_base64"]), "wav_24000")
    assert answer["alignment"]["character_end_times_seconds"][-1] == pytest.approx(seconds(heard), abs=0.05)
