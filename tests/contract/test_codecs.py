# SPDX-License-Identifier: GPL-3.0-or-later
"""What every format promises: a sine goes in, a player hears the same sine, however the samples were cut."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import numpy as np
import pytest

from oscine.codecs import extension, header, media_type, open_encoder
from oscine.domain.audio import FORMATS, AudioFormat
from tests.unit.codecs.listening import decode, encode, find_lag, find_pitch, fit_sine, noise, sine

ALL = [pytest.param(f, id=name) for name, f in FORMATS.items()]
CONTAINERS = {
    "mp3": "mp3", "wav": "wav", "opus": "ogg", "pcm": "s16le", "ulaw": "mulaw", "alaw": "alaw", "aac": "aac",
    "flac": "flac",
}  # fmt: skip
CODECS = {
    "mp3": "mp3", "wav": "pcm_s16le", "opus": "opus", "pcm": "pcm_s16le", "ulaw": "pcm_mulaw", "alaw": "pcm_alaw",
    "aac": "aac", "flac": "flac",
}  # fmt: skip
LOSS_DB = {
    "mp3": 0.5, "opus": 0.1, "ulaw": 0.1, "alaw": 0.1, "wav": 0.001, "pcm": 0.001, "aac": 0.1, "flac": 0.001
}  # fmt: skip
"""How far the level of a sine may move; LAME itself takes 0.45 dB off (mp3.py)."""
RESIDUE = {"mp3": 0.015, "opus": 0.12, "ulaw": 0.02, "alaw": 0.02, "wav": 2e-5, "pcm": 2e-5, "aac": 0.015, "flac": 2e-5}
"""How far any one sample may lie from the ideal sine of peak 0.5; a click is larger."""


@pytest.mark.parametrize("audio_format", ALL)
@pytest.mark.parametrize("is_pipe", [False, True], ids=["file", "pipe"])
def test_sine_comes_back(audio_format: AudioFormat, is_pipe: bool) -> None:
    given = sine(440, 1.0, audio_format.rate)
    heard = decode(encode(given, audio_format), audio_format, is_pipe=is_pipe)
    assert (heard.container, heard.codec) == (CONTAINERS[audio_format.codec], CODECS[audio_format.codec])
    assert (heard.rate, heard.channels) == (audio_format.rate, 1)
    assert 0 <= len(heard.samples) - len(given) <= 0.03 * audio_format.rate
    if audio_format.codec not in ("mp3", "aac"):
        assert len(heard.samples) == len(given)
    middle = heard.samples[len(given) // 10 : len(given) * 9 // 10]
    level, residue = fit_sine(middle, 440, audio_format.rate)
    assert abs(20 * np.log10(level / 0.5)) < LOSS_DB[audio_format.codec]
    assert residue < RESIDUE[audio_format.codec]
    assert find_pitch(middle, audio_format.rate) == pytest.approx(440, abs=0.5)


@pytest.mark.parametrize("audio_format", ALL)
def test_sound_starts_where_the_samples_did(audio_format: AudioFormat) -> None:
    given = noise(audio_format.rate)
    heard = decode(encode(given, audio_format), audio_format)
    assert find_lag(given, heard.samples) == 0


@pytest.mark.parametrize("audio_format", ALL)
def test_edges_are_free_of_clicks(audio_format: AudioFormat) -> None:
    """A sine that fades in and out: nothing before, between or after it is louder than the sine."""
    given = sine(440, 0.5, audio_format.rate) * np.hanning(audio_format.rate // 2).astype(np.float32)
    heard = decode(encode(given, audio_format), audio_format).samples
    assert np.abs(heard[len(given) :]).max(initial=0.0) < 0.01
    assert np.abs(heard[: len(given)] - given).max() < 2 * RESIDUE[audio_format.codec]


@pytest.mark.parametrize("audio_format", [pytest.param(f, id=name) for name, f in FORMATS.items() if f.codec != "aac"])
def test_header_with_the_true_length_gives_the_exact_duration(audio_format: AudioFormat) -> None:
    given = noise(audio_format.rate * 3 // 2 + 17)
    body = encode(given, audio_format)
    assert body.startswith(header(audio_format))
    head = header(audio_format, len(given))
    assert len(head) == len(header(audio_format))
    heard = decode(head + body[len(head) :], audio_format)
    assert len(heard.samples) == len(given)
    assert find_lag(given, heard.samples) == 0


@pytest.mark.parametrize("audio_format", ALL)
def test_cutting_the_samples_changes_no_byte(audio_format: AudioFormat) -> None:
    given = noise(audio_format.rate // 5)
    whole = encode(given, audio_format)
    for piece in (1, 7, 997, 4409):
        assert encode(given, audio_format, piece) == whole


@pytest.mark.parametrize("audio_format", ALL)
def test_samples_of_the_caller_are_left_alone(audio_format: AudioFormat) -> None:
    given = 3 * noise(audio_format.rate // 10)
    copy = given.copy()
    given.flags.writeable = False
    encode(given, audio_format)
    assert np.array_equal(given, copy)


@pytest.mark.parametrize("audio_format", ALL)
def test_too_loud_is_clipped_not_wrapped(audio_format: AudioFormat) -> None:
    given = sine(440, 0.3, audio_format.rate, level=4.0)
    heard = decode(encode(given, audio_format), audio_format).samples[: len(given)]
    inner = np.clip(given, -1, 1)
    away = np.abs(heard - inner)[len(given) // 5 : -len(given) // 5]
    assert away.mean() < 0.1
    assert np.corrcoef(heard, inner)[0, 1] > 0.97


@pytest.mark.parametrize("audio_format", ALL)
def test_no_samples_still_make_a_file(audio_format: AudioFormat) -> None:
    encoder = open_encoder(audio_format)
    assert encoder.encode(np.zeros(0, np.float32)) == b""
    body = encoder.flush()
    assert encoder.flush() == b""
    if header(audio_format) or audio_format.codec == "opus":
        heard = decode(body, audio_format)
        assert heard.rate == audio_format.rate
        assert len(heard.samples) < 0.06 * audio_format.rate
        assert np.abs(heard.samples).max(initial=0.0) < 1e-4
    else:
        assert body == b""


_SHORT = (1, 2, 575, 1152, 1153)
_SHORT_AAC = (1152, 1153)
"""libavformat wants three frames of ADTS to recognise it."""


@pytest.mark.parametrize(
    ("audio_format", "frames"),
    [
        pytest.param(each, frames, id=f"{each.name}-{frames}")
        for each in FORMATS.values()
        for frames in (_SHORT_AAC if each.codec == "aac" else _SHORT)
    ],
)
def test_very_short_sounds_are_files_too(audio_format: AudioFormat, frames: int) -> None:
    given = noise(frames)
    heard = decode(encode(given, audio_format), audio_format)
    assert frames <= len(heard.samples) <= frames + 0.03 * audio_format.rate


@pytest.mark.parametrize("audio_format", ALL)
def test_size_is_what_the_format_promises(audio_format: AudioFormat) -> None:
    seconds = 4
    given = noise(seconds * audio_format.rate)
    body = encode(given, audio_format)
    kbps = len(body) * 8 / seconds / 1000
    match audio_format.codec:
        case "mp3":
            frames = seconds * audio_format.rate / (1152 if audio_format.rate >= 32000 else 576)
            assert audio_format.kbps is not None
            promised = 256 if audio_format.kbps == 240 else audio_format.kbps  # MP3 has no constant 240
            assert promised <= kbps <= promised * (frames + 4) / frames  # tag, delay, end
        case "opus":
            packets = decode(body, audio_format).packet_bytes
            assert audio_format.kbps is not None
            assert set(packets) == {audio_format.kbps * 20 // 8}
            assert kbps < audio_format.kbps + 6  # page headers
        case "pcm":
            assert len(body) == 2 * len(given)
        case "wav":
            assert len(body) == 44 + 2 * len(given)
        case "aac":
            assert kbps == pytest.approx(audio_format.kbps, rel=0.15)
        case "flac":
            assert len(body) < 1.7 * len(given)
        case _:
            assert len(body) == len(given)


@pytest.mark.parametrize("audio_format", ALL)
def test_first_sound_leaves_early(audio_format: AudioFormat) -> None:
    """Beyond headers, something is out after at most 65 ms of samples, and the encoder never lags further behind."""
    encoder = open_encoder(audio_format)
    given = noise(audio_format.rate)
    step = audio_format.rate // 200
    got, heads = 0, len(header(audio_format))
    if audio_format.codec == "opus":
        heads = len(encode(given[:0], audio_format)) - (audio_format.kbps or 0) * 20 // 8 - 29
    for start in range(0, len(given), step):
        got += len(encoder.encode(given[start : start + step]))
        if start + step >= 0.065 * audio_format.rate:
            assert got > heads
            break


@pytest.mark.parametrize("audio_format", ALL)
def test_names(audio_format: AudioFormat) -> None:
    """LiveKit takes any answer whose type does not start with audio/ for an error (api-facts.md §1)."""
    assert media_type(audio_format).startswith("audio/")
    assert extension(audio_format) == audio_format.codec


@pytest.mark.parametrize("audio_format", ALL)
def test_only_codecs_that_cost_are_heavy(audio_format: AudioFormat) -> None:
    assert open_encoder(audio_format).is_heavy == (audio_format.codec in ("mp3", "opus", "aac", "flac"))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="counts memory as Linux does")
@pytest.mark.parametrize(
    "name", ["mp3_44100_128", "mp3_22050_32", "opus_48000_64", "aac_44100_128", "flac_24000", "ulaw_8000"]
)
def test_encoders_leave_nothing_behind(name: str) -> None:
    """Abandoned half-way (a client went away) or finished, in turns."""

    def work(count: int) -> None:
        for index in range(count):
            encoder = open_encoder(FORMATS[name])
            encoder.encode(given)
            if index % 2:
                encoder.flush()

    def resident() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    given = noise(FORMATS[name].rate // 20)
    work(100)
    before, files = resident(), len(list(Path("/proc/self/fd").iterdir()))
    work(300)
    assert resident() - before < 4_000_000
    assert len(list(Path("/proc/self/fd").iterdir())) == files
