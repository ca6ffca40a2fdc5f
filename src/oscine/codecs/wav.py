# SPDX-License-Identifier: GPL-3.0-or-later
"""RIFF WAVE: a header of 44 bytes, then 16-bit samples."""

from __future__ import annotations

import struct

from oscine.codecs.pcm import to_s16le
from oscine.domain.audio import AudioFormat, Samples

_UNKNOWN = 0xFFFFFFFF
"""What streaming writers put where a length belongs; readers then take what there is."""


def header(audio_format: AudioFormat, frames: int | None = None) -> bytes:
    """44 bytes. frames: samples that follow; None, or more than the 32-bit length can say (4 GiB): unknown."""
    channels = audio_format.channels
    data_bytes = _UNKNOWN if frames is None else min(2 * channels * frames, _UNKNOWN)
    riff_bytes = min(36 + data_bytes, _UNKNOWN)
    rate = audio_format.rate
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", riff_bytes, b"WAVE"),
        *(
            b"fmt ",
            16,
            1,
            channels,
            rate,
            2 * channels * rate,
            2 * channels,
            16,
        ),  # linear PCM; bytes a second, a frame
        *(b"data", data_bytes),
    )


class WavEncoder:
    """Starts with a header of unknown length, so that the file plays while it grows."""

    is_heavy = False

    def __init__(self, audio_format: AudioFormat) -> None:
        self._head = header(audio_format)

    def encode(self, samples: Samples) -> bytes:
        if not samples.size:
            return b""
        head, self._head = self._head, b""
        return head + to_s16le(samples)

    def flush(self) -> bytes:
        head, self._head = self._head, b""
        return head
