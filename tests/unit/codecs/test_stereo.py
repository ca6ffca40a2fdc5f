# SPDX-License-Identifier: GPL-3.0-or-later
"""Two channels, in the codecs that have them."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from oscine.codecs import header, open_encoder
from oscine.domain.audio import FORMATS, AudioFormat

STEREO = [audio_format.in_stereo for audio_format in FORMATS.values() if audio_format.in_stereo.channels == 2]


def test_raw_samples_stay_mono() -> None:
    assert {audio_format.codec for audio_format in STEREO} == {"mp3", "wav", "opus", "aac", "flac"}


@pytest.mark.parametrize("audio_format", STEREO, ids=lambda f: f.name)
def test_each_side_keeps_its_tone_and_the_length_is_right(audio_format: AudioFormat) -> None:
    rate = audio_format.rate
    times = np.arange(rate) / rate
    tones = 0.4 * np.sin(2 * np.pi * np.outer(times, (440, 1000))).astype(np.float32)
    encoder = open_encoder(audio_format)
    body = b"".join(encoder.encode(piece) for piece in np.array_split(tones, 7)) + encoder.flush()
    head = header(audio_format, rate)
    with av.open(io.BytesIO(head + body[len(head) :]), "r") as container:
        stream = container.streams.audio[0]
        assert stream.channels == 2
        resampler = av.AudioResampler(format="fltp", layout="stereo")
        heard = np.concatenate(
            [part.to_ndarray() for frame in container.decode(audio=0) for part in resampler.resample(frame)], axis=1
        )
    spare = 2048 if audio_format.codec == "aac" else 1  # ADTS cannot say where the sound begins and ends
    assert heard.shape[1] == pytest.approx(rate, abs=spare)
    middle = heard[:, rate // 4 : rate // 4 + rate // 2]
    peaks = np.abs(np.fft.rfft(middle)).argmax(axis=1) * rate / middle.shape[1]
    assert peaks == pytest.approx([440, 1000], abs=5)
