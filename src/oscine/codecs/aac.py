# SPDX-License-Identifier: GPL-3.0-or-later
"""AAC-LC by libavcodec, in ADTS (ISO/IEC 14496-3 §1.A.3): frames that any player can start at.

ADTS has no place for a length or a delay: a file begins with one frame (1,024 samples) of silence that the encoder puts
before the sound, and ends with the frame that holds the last sample.
"""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np

from oscine.domain.audio import AudioFormat, Samples

DELAY = 1024
"""Samples of silence before the sound."""

_FRAME = 1024
_HEADER_BYTES = 7
_LOW_COMPLEXITY = 1
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000)
"""In the order of their indices (table 1.18)."""


class AacEncoder:
    is_heavy = True

    def __init__(self, audio_format: AudioFormat) -> None:
        if audio_format.rate not in _RATES or audio_format.kbps is None:
            raise ValueError("An AAC format has one of the rates of MPEG-4 and a bit rate.")
        self._codec = av.AudioCodecContext.create("aac", "w")
        self._codec.sample_rate = audio_format.rate
        self._codec.format = av.AudioFormat("fltp")
        self._codec.layout = av.AudioLayout("mono" if audio_format.channels == 1 else "stereo")
        self._codec.bit_rate = audio_format.kbps * 1000
        self._codec.options = {"flags": "+bitexact"}  # otherwise the first frame names the library's version
        self._codec.open()
        self._rate = audio_format.rate
        self._channels = audio_format.channels
        self._samples: Samples = np.zeros((0, self._channels), np.float32)
        """What does not fill a frame yet."""
        self._is_flushed = False

    def encode(self, samples: Samples) -> bytes:
        if self._is_flushed:
            raise RuntimeError("This encoder was flushed; open another one.")
        return b"".join(self._encode_frames(samples))

    def flush(self) -> bytes:
        if self._is_flushed:
            return b""
        rest = b"".join(self._encode_frames(np.zeros((-len(self._samples) % _FRAME, self._channels), np.float32)))
        self._is_flushed = True
        return rest + b"".join(self._seal(bytes(packet)) for packet in self._codec.encode(None))

    def _encode_frames(self, samples: Samples) -> Iterator[bytes]:
        given = np.clip(samples, -1.0, 1.0).reshape(-1, self._channels)
        waiting = np.concatenate((self._samples, given))
        whole = len(waiting) // _FRAME * _FRAME
        self._samples = waiting[whole:]
        for start in range(0, whole, _FRAME):
            planes = np.ascontiguousarray(waiting[start : start + _FRAME].T)
            frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=self._codec.layout.name)
            frame.sample_rate = self._rate
            yield from (self._seal(bytes(packet)) for packet in self._codec.encode(frame))

    def _seal(self, packet: bytes) -> bytes:
        """The packet behind its header: no checksum, variable bit rate, one block."""
        size = len(packet) + _HEADER_BYTES
        fields = 0xFFF1  # sync word, MPEG-4, no checksum
        for value, bits in (
            *((_LOW_COMPLEXITY, 2), (_RATES.index(self._rate), 4), (0, 1), (self._channels, 3), (0, 4)),
            *((size, 13), (0x7FF, 11), (0, 2)),
        ):
            fields = fields << bits | value
        return fields.to_bytes(_HEADER_BYTES, "big") + packet
