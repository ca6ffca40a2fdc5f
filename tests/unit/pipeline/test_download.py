# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import asyncio
import io
import wave
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from oscine.domain.audio import FORMATS
from oscine.domain.generation import HistoryItem
from oscine.domain.problems import AudioMissing
from oscine.pipeline import download
from oscine.store.blobs import Blobs
from tests.unit.codecs.listening import encode, sine
from tests.unit.store.test_history import ITEM


@pytest.fixture
async def blobs(tmp_path: Path) -> Blobs:
    return await Blobs.open(None, tmp_path)


async def put(blobs: Blobs, item_id: str, format_name: str = "mp3_44100_128", seconds: float = 0.5) -> HistoryItem:
    body = encode(sine(440, seconds, FORMATS[format_name].rate), FORMATS[format_name])
    await blobs.put(f"history/{item_id}/audio", body)
    return replace(ITEM, id=item_id, blob=f"history/{item_id}", output_format=format_name, audio_bytes=len(body))


async def test_as_it_was_sent(blobs: Blobs) -> None:
    item = await put(blobs, "a", "opus_48000_64")
    body = b"".join([piece async for piece in download.audio(blobs, item)])
    assert body == await blobs.get("history/a/audio")
    assert download.file_name(item) == "a.opus"


async def test_as_wav(blobs: Blobs) -> None:
    item = await put(blobs, "a")
    body = b"".join([piece async for piece in download.audio(blobs, item, is_wav=True)])
    with wave.open(io.BytesIO(body)) as read:
        assert read.getframerate() == 44100
        assert read.getnframes() == pytest.approx(22050, abs=2500)
    assert download.file_name(item, is_wav=True) == "a.wav"


async def test_wav_stays_as_it_is(blobs: Blobs) -> None:
    item = await put(blobs, "a", "wav_22050")
    assert b"".join([piece async for piece in download.audio(blobs, item, is_wav=True)]) == await blobs.get(
        "history/a/audio"
    )


@pytest.mark.parametrize("is_wav", [False, True])
async def test_an_archive_has_a_folder_for_each_voice(blobs: Blobs, is_wav: bool) -> None:
    """Source: reference/api-facts.md §9.1."""
    items = [
        replace(await put(blobs, "a"), voice_id="george"),
        replace(await put(blobs, "b", "pcm_16000"), voice_id="george"),
        replace(await put(blobs, "c"), voice_id="lily"),
    ]
    body = b"".join([piece async for piece in download.packed(blobs, items, is_wav=is_wav)])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        endings = ("wav", "wav", "wav") if is_wav else ("mp3", "pcm", "mp3")
        names = [f"{i.voice_id}/{i.id}.{ending}" for i, ending in zip(items, endings, strict=True)]
        assert archive.namelist() == names
        assert archive.infolist()[0].date_time == (2023, 11, 14, 22, 13, 20)
        if not is_wav:
            assert archive.read(names[0]) == await blobs.get("history/a/audio")


async def test_an_archive_is_never_in_memory_whole(blobs: Blobs) -> None:
    items = [await put(blobs, name, "pcm_48000", 20) for name in "abc"]
    sizes = [len(piece) async for piece in download.packed(blobs, items)]
    assert sum(sizes) > 5_000_000
    assert max(sizes) < 1_000_000


async def test_audio_that_is_gone_or_cut_is_found_before_a_byte_is_sent(blobs: Blobs) -> None:
    whole, cut, gone = [await put(blobs, name) for name in "abc"]
    await download.check(blobs, [whole] * 40)
    await blobs.put("history/b/audio", b"half")
    await blobs.delete("history/c/audio")
    for item in (cut, gone):
        with pytest.raises(AudioMissing, match=f"'{item.id}'"):
            await download.check(blobs, [whole, item])
    for is_wav in (False, True):
        with pytest.raises(AudioMissing):
            await anext(download.audio(blobs, gone, is_wav=is_wav))
    with pytest.raises(AudioMissing):
        await anext(download.audio(blobs, cut, is_wav=True))


async def test_an_archive_breaks_off_where_an_item_goes_meanwhile(blobs: Blobs) -> None:
    items = [await put(blobs, name) for name in "ab"]
    pieces = download.packed(blobs, items)
    await anext(pieces)
    await blobs.delete("history/b/audio")
    with pytest.raises(AudioMissing):
        [piece async for piece in pieces]


async def test_who_leaves_stops_the_conversion(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    item = await put(blobs, "a")
    steps = 0
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def endless(*_: object) -> object:
        nonlocal steps
        loop.call_soon_threadsafe(begun.set)
        while True:
            steps += 1
            yield

    monkeypatch.setattr(download, "to_wav", endless)
    converting = asyncio.ensure_future(anext(download.audio(blobs, item, is_wav=True)))
    await begun.wait()
    converting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await converting
    assert steps
