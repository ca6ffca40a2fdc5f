# SPDX-License-Identifier: GPL-3.0-or-later
"""FLAC by libavcodec (RFC 9639): 16 bits, nothing lost, about half the size of WAV."""

from __future__ import annotations

import struct

import av
import numpy as np
from numpy.typing import NDArray

from oscine.codecs.pcm import to_s16
from oscine.domain.audio import AudioFormat, Samples

_LEVEL = "2"
"""Blocks of about 25 ms, so that sound leaves early; longer ones save 2 % of speech."""
_BLOCKS = {24000: 576, 44100: 1152, 48000: 1152}
"""Samples of a block at that level, by rate."""


def header(audio_format: AudioFormat, frames: int | None = None) -> bytes:
    """`fLaC` and the STREAMINFO block. frames: samples in the whole file; None: unknown, which the format can say. No
    sizes of frames, no checksum of the sound: both would have to be known beforehand."""
    block = _BLOCKS[audio_format.rate]
    count = 0 if frames is None or frames >= 1 << 36 else frames
    shape = audio_format.rate << 44 | (audio_format.channels - 1) << 41 | (16 - 1) << 36 | count
    information = struct.pack(">HH6xQ16x", block, block, shape)
    return b"fLaC" + struct.pack(">I", 0x80 << 24 | len(information)) + information  # the last block before the sound


class FlacEncoder:
    is_heavy = True

    def __init__(self, audio_format: AudioFormat) -> None:
        if audio_format.rate not in _BLOCKS:
            raise ValueError(f"A FLAC format has one of the rates {', '.join(map(str, _BLOCKS))}.")
        self._codec = av.AudioCodecContext.create("flac", "w")
        self._codec.sample_rate = audio_format.rate
        self._codec.format = av.AudioFormat("s16")
        self._codec.layout = av.AudioLayout("mono" if audio_format.channels == 1 else "stereo")
        self._codec.options = {"compression_level": _LEVEL}
        self._codec.open()
        self._rate = audio_format.rate
        self._block = _BLOCKS[audio_format.rate] * audio_format.channels
        self._head = header(audio_format)
        self._samples: NDArray[np.int16] = np.zeros(0, np.int16)
        """What does not fill a block yet, channels interleaved."""
        self._is_flushed = False

    def encode(self, samples: Samples) -> bytes:
        if self._is_flushed:
            raise RuntimeError("This encoder was flushed; open another one.")
        if not samples.size:
            return b""
        head, self._head = self._head, b""
        waiting = np.concatenate((self._samples, to_s16(samples).reshape(-1)))
        whole = len(waiting) // self._block * self._block
        self._samples = waiting[whole:]
        blocks = (waiting[start : start + self._block] for start in range(0, whole, self._block))
        return head + b"".join(map(self._write, blocks))

    def flush(self) -> bytes:
        if self._is_flushed:
            return b""
        self._is_flushed = True
        last = self._write(self._samples) if len(self._samples) else b""
        return self._head + last + b"".join(bytes(packet) for packet in self._codec.encode(None))

    def _write(self, block: NDArray[np.int16]) -> bytes:
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=self._codec.layout.name)
        frame.sample_rate = self._rate
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))
