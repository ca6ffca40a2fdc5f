# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech from a text that comes in stretches."""

from __future__ import annotations

from contextlib import aclosing
from io import BytesIO
from typing import Any

import av
import pytest

from oscine.domain.account import Key
from oscine.domain.audio import FORMATS
from oscine.domain.generation import HistoryItem
from oscine.domain.problems import EngineFailed, LanguageUnsupported, ModelUnsupported, QuotaExceeded
from oscine.domain.speech import Boundary, SpeechRequest
from oscine.pipeline.house import House
from oscine.pipeline.pairing import Part
from oscine.pipeline.session import LiveSpeech
from oscine.store.history import HistoryFilter
from tests.conftest import API_KEY

VOICE = "JBFqnCBsd6RMkjVDRZzb"
CUT, SENTENCE = Boundary.CUT, Boundary.SENTENCE


@pytest.fixture
async def key(tone_house: House) -> Key:
    return await tone_house.keys.find(API_KEY)


async def live(house: House, key: Key, **request: Any) -> LiveSpeech:
    async def caller() -> Key:
        return key

    given = {"model_id": "eleven_multilingual_v2", "format": FORMATS["pcm_24000"], "language": "en", **request}
    return await LiveSpeech.prepare(house, caller, SpeechRequest(text="", voice_id=VOICE, **given))


async def say(speech: LiveSpeech, *texts: tuple[str, Boundary | None]) -> list[Part]:
    parts = [part for text, open_end in texts async for part in speech.speak(text, open_end)]
    parts += await speech.close()
    await speech.keep()
    return parts


def audio(parts: list[Part]) -> bytes:
    return b"".join(part.audio for part in parts)


def text(parts: list[Part], name: str = "alignment") -> str:
    return "".join(character for part in parts for character in getattr(part, name).characters)


async def kept(house: House, key: Key) -> list[HistoryItem]:
    return await house.history.page(key.account_id, HistoryFilter(), after=None, is_descending=True, limit=100)


async def test_stretches_are_one_stream(tone_house: House, key: Key) -> None:
    parts = await say(await live(tone_house, key), ("Hello there, my ", CUT), ("good friend. ", CUT), ("Bye.", None))
    assert text(parts) == "Hello there, my good friend. Bye. "  # parted from whatever else an agent says
    assert text(parts, "normalized") == text(parts).rstrip()
    seconds = len(audio(parts)) / 48_000
    assert parts[-1].alignment.ends_s[-1] == pytest.approx(seconds, abs=1e-3)


@pytest.mark.parametrize("name", ["mp3_44100_128", "opus_48000_64"])
async def test_the_audio_is_one_file(tone_house: House, key: Key, name: str) -> None:
    speech = await live(tone_house, key, format=FORMATS[name])
    parts = await say(speech, *(("One two three. ", SENTENCE),) * 5)
    with av.open(BytesIO(audio(parts))) as file:
        frames = sum(frame.samples for frame in file.decode(audio=0))  # type: ignore[union-attr, misc]
    timed = [part for part in parts if len(part.alignment)]
    assert frames / FORMATS[name].rate == pytest.approx(timed[-1].alignment.ends_s[-1], abs=0.06)


async def test_a_sentence_that_ends_pauses_and_a_cut_does_not(tone_house: House, key: Key) -> None:
    async def length(*texts: tuple[str, Boundary | None]) -> int:
        return len(audio(await say(await live(tone_house, key), *texts)))

    at_once = await length(("One two three.", None))
    assert await length(("One ", CUT), ("two three.", None)) == pytest.approx(at_once, abs=48_000 * 0.1)
    assert await length(("One. ", CUT), ("Two.", None)) > await length(("One ", CUT), ("Two.", None)) + 48_000 * 0.25


async def test_a_flush_drives_out_what_is_held_back(tone_house: House, key: Key) -> None:
    speech = await live(tone_house, key, format=FORMATS["mp3_44100_128"])
    assert await speech.pause() == []
    parts = [part async for part in speech.speak("One two ", CUT)]
    parts += await speech.pause()
    assert text(parts) == "One two "
    assert await speech.pause() == []
    await speech.keep()


async def test_what_cannot_be_spoken_waits_for_words(tone_house: House, key: Key) -> None:
    speech = await live(tone_house, key)
    parts = await say(speech, ("— ", SENTENCE), ("Yes. ", SENTENCE), ("…", None))
    assert text(parts) == "— Yes. "


async def test_nothing_said_is_no_audio_and_no_item(tone_house: House, key: Key) -> None:
    assert await say(await live(tone_house, key), ("… ", None)) == []
    assert await kept(tone_house, key) == []


async def test_one_item_holds_all(tone_house: House, key: Key) -> None:
    parts = await say(await live(tone_house, key), ("One. ", SENTENCE), ("Two. ", SENTENCE), ("Three.", None))
    (item,) = await kept(tone_house, key)
    assert item.text == "One. Two. Three."
    assert item.audio_bytes == len(audio(parts))
    assert item.used_after - item.used_before == len(item.text)


async def test_what_was_heard_before_an_interruption_is_kept(tone_house: House, key: Key) -> None:
    speech = await live(tone_house, key)
    async with aclosing(speech.speak("One two three four five. " * 20, CUT)) as parts:
        first = await anext(parts)
    await speech.keep()
    (item,) = await kept(tone_house, key)
    assert item.text.startswith("".join(first.alignment.characters))
    assert tone_house.admission.running == 0


async def test_zero_retention_keeps_nothing(tone_house: House, key: Key) -> None:
    await say(await live(tone_house, key, is_logged=False), ("One.", None))
    assert await kept(tone_house, key) == []


async def test_credits_are_those_of_the_text(tone_house: House, key: Key) -> None:
    await say(await live(tone_house, key), ("One two ", CUT), ("three. ", SENTENCE), ("— ", SENTENCE))
    assert (await tone_house.keys.reread(key)).credits_used == len("One two three. ")


async def test_a_limit_that_is_reached_in_the_middle(tone_house: House) -> None:
    poor, _ = await tone_house.keys.create("poor", credit_limit=10)
    speech = await live(tone_house, poor)
    assert [part async for part in speech.speak("One two. ", CUT)]
    with pytest.raises(QuotaExceeded):
        _ = [part async for part in speech.speak("Three four.", None)]
    await speech.keep()
    (item,) = await kept(tone_house, poor)
    assert item.text == "One two. "


async def test_a_place_is_taken_only_while_it_speaks(tone_house: House, key: Key) -> None:
    speech = await live(tone_house, key)
    async with aclosing(speech.speak("One two three. " * 10, CUT)) as parts:
        await anext(parts)
        assert tone_house.admission.running == 1
    assert tone_house.admission.running == 0
    await speech.keep()


async def test_languages_may_change(tone_house: House, key: Key) -> None:
    parts = await say(
        await live(tone_house, key, language=None), ("Guten Tag, wie geht es Ihnen? ", SENTENCE), ("Fine.", None)
    )
    assert text(parts) == "Guten Tag, wie geht es Ihnen? Fine. "


async def test_what_can_be_refused_is_refused_before_the_first_word(tone_house: House, key: Key) -> None:
    with pytest.raises(ModelUnsupported, match="still being written"):
        await live(tone_house, key, model_id="eleven_v3")
    with pytest.raises(LanguageUnsupported):
        await live(tone_house, key, language="xx")


async def test_an_engine_that_fails_costs_nothing(tone_house: House, key: Key) -> None:
    speech = await live(tone_house, key)
    with pytest.raises(EngineFailed):
        _ = [part async for part in speech.speak("broken", None)]
    await speech.keep()
    assert (await tone_house.keys.reread(key)).credits_used == 0
