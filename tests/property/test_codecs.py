# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the samples and however they are cut, the bytes are the same and the file can be read."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from oscine.codecs import header, open_encoder
from oscine.codecs.pcm import to_s16
from oscine.domain.audio import FORMATS, AudioFormat, Samples
from tests.unit.codecs.listening import decode, encode, noise

formats = st.sampled_from(list(FORMATS.values()))
samples = arrays(np.float32, st.integers(0, 4000), elements=st.floats(-2, 2, width=32), fill=st.just(0.25))


@given(formats, samples, st.lists(st.integers(0, 4000), max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_cuts_give_the_same_bytes(audio_format: AudioFormat, whole: Samples, cuts: list[int]) -> None:
    encoder = open_encoder(audio_format)
    body = b"".join(encoder.encode(piece) for piece in np.split(whole, sorted(cuts))) + encoder.flush()
    assert body == encode(whole, audio_format)
    assert body.startswith(header(audio_format))


@given(formats, st.integers(1, 20_000))
@settings(max_examples=100, deadline=None)
def test_any_length_is_heard_in_full(audio_format: AudioFormat, frames: int) -> None:
    if audio_format.codec in ("mp3", "aac") and frames < 1152:
        return  # libavformat does not recognise every file that is shorter than a frame (26 ms)
    body = encode(noise(frames), audio_format)
    heard = decode(body, audio_format)
    assert 0 <= len(heard.samples) - frames <= 0.03 * audio_format.rate
    if audio_format.codec == "aac":
        return  # has no place for a length
    head = header(audio_format, frames)
    assert len(decode(head + body[len(head) :], audio_format).samples) == frames


@given(arrays(np.float32, st.integers(0, 200), elements=st.floats(-1e6, 1e6, width=32)))
def test_16_bit_values_are_the_nearest(given_samples: Samples) -> None:
    exact = np.clip(given_samples.astype(np.float64) * 32768, -32768, 32767)
    assert (np.abs(to_s16(given_samples) - exact) <= 0.5).all()
