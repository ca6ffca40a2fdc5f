# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes back to samples, by libav: for files that this server encoded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO

import av

from oscine.codecs import wav
from oscine.domain.audio import AudioFormat

_RAW = {"pcm": "s16le", "ulaw": "mulaw", "alaw": "alaw"}
"""Codecs without a container, as libav calls them: they do not say their rate themselves."""


def to_wav(source: IO[bytes], audio_format: AudioFormat, target: IO[bytes]) -> Iterator[None]:
    """Write `source` into `target` as a WAV file of the same rate, 16-bit mono, with the right length in its header.

    A step of the work is done each time the iterator is advanced, so that whoever drives it may stop. Blocks; memory
    does not grow with the file. Raises: av.FFmpegError for bytes that are not of that format.
    """
    target.write(wav.header(audio_format))
    frames = 0
    resampler = av.AudioResampler(format="s16", layout="mono", rate=audio_format.rate)
    raw = _RAW.get(audio_format.codec)
    options = {"sample_rate": str(audio_format.rate), "ch_layout": "mono"} if raw else {}
    with av.open(source, "r", format=raw, options=options) as container:
        for decoded in chain(container.decode(audio=0), (None,)):  # None: what the resampler still holds
            for frame in resampler.resample(decoded):
                target.write(frame.to_ndarray().tobytes())
                frames += frame.samples
            yield
    target.seek(0)
    target.write(wav.header(audio_format, frames))
    target.seek(0)
