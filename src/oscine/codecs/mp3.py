# SPDX-License-Identifier: GPL-3.0-or-later
"""MPEG audio layer III by LAME, at a constant bit rate.

The stream opens with one frame that holds no sound but an Info tag. The tag names the encoder's delay, so
that players drop it and the sound starts where the samples did. A player that does not know the tag plays
one frame of silence.

A tag without a frame count has a trap: libavformat reads the delay from it but then plays the frame too, 24–26 ms
of silence nobody asked for. It leaves out, as junk, a first frame whose header disagrees with the next one about
the `original` bit, which mpg123, minimp3 and GStreamer do not compare. So that bit is clear in a tag of unknown
length. (A made-up byte count would do as well, but browsers seek by it.)

LAME scales what it is given by 0.95 (0.97 at 192 kbit/s) against clipping in players: 0.45 dB softer than the others.
"""

from __future__ import annotations

import struct
from typing import Any

import lameenc

from oscine.codecs.pcm import to_s16
from oscine.domain.audio import AudioFormat, Samples

QUALITY = 5
"""LAME's scale, 0 best – 9 fastest. Measured: 2 is 2.5 times slower with the same noise-to-mask ratio (within 0.4 dB);
7 is 1.5 times faster, with 2–5 dB more noise above the masking threshold."""

_DELAY = 576
"""Samples LAME puts before the sound; a decoder adds 529 of its own, which it knows about."""

_MPEG1_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBPS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MPEG1_RATES = (44100, 48000, 32000)
_MPEG2_RATES = (22050, 24000, 16000)


class Mp3Encoder:
    """Bytes leave in whole frames: no frame can be decoded before it is complete anyway."""

    is_heavy = True

    def __init__(self, audio_format: AudioFormat) -> None:
        self._shape = _Shape(audio_format)
        lame: Any = lameenc.Encoder()
        lame.silence()  # otherwise LAME may print to stdout
        lame.set_channels(audio_format.channels)
        lame.set_in_sample_rate(audio_format.rate)
        lame.set_out_sample_rate(audio_format.rate)
        lame.set_bit_rate(self._shape.kbps)
        lame.set_quality(QUALITY)
        self._lame: Any = lame
        self._pending = bytearray(header(audio_format))
        self._is_empty = True

    def encode(self, samples: Samples) -> bytes:
        if self._lame is None:
            raise RuntimeError("This encoder was flushed; open another one.")
        if not samples.size:
            return b""
        self._is_empty = False
        self._pending += self._lame.encode(to_s16(samples).tobytes())
        return self._take_whole_frames()

    def flush(self) -> bytes:
        if self._lame is None:
            return b""
        if self._is_empty:
            # Two frames are the least that players recognise as MP3; one sample makes LAME write them.
            self._lame.encode(bytes(2 * self._shape.channels))
        self._pending += self._lame.flush()
        self._lame = None
        return self._take_whole_frames()

    def _take_whole_frames(self) -> bytes:
        end = 0
        while end + 4 <= len(self._pending):
            is_padded = self._pending[end + 2] >> 1 & 1
            following = end + self._shape.frame_bytes + is_padded
            if following > len(self._pending):
                break
            end = following
        whole = bytes(self._pending[:end])
        del self._pending[:end]
        return whole


class _Shape:
    """How frames of one format look. Source: ISO/IEC 11172-3 §2.4.2.3 (MPEG-1), 13818-3 §2.4.2.3 (MPEG-2)."""

    def __init__(self, audio_format: AudioFormat) -> None:
        rate, asked = audio_format.rate, audio_format.kbps
        if asked is None:
            raise ValueError("An MP3 format needs a bit rate.")
        is_mpeg1 = rate in _MPEG1_RATES
        rates, rates_kbps = (_MPEG1_RATES, _MPEG1_KBPS) if is_mpeg1 else (_MPEG2_RATES, _MPEG2_KBPS)
        kbps = next(listed for listed in rates_kbps if listed >= asked)  # 240, which the standard lacks, becomes 256
        self.rate = rate
        self.kbps = kbps
        self.frame_samples = 1152 if is_mpeg1 else 576
        self.channels = audio_format.channels
        self.side_bytes = (17, 32)[self.channels - 1] if is_mpeg1 else (9, 17)[self.channels - 1]
        """Side information of a frame."""
        self.mode = 0xC0 if self.channels == 1 else 0x40
        """Mono or joint stereo, in the frame's last header byte."""
        self.frame_bytes, self.frame_rest = divmod(self.frame_samples // 8 * kbps * 1000, rate)
        """Bytes of an unpadded frame, and what the division leaves; padding makes up for it over time."""
        self.sync = bytes(
            (0xFF, 0xFB if is_mpeg1 else 0xF3, rates_kbps.index(kbps) << 4 | rates.index(rate) << 2)  # no checksum
        )

    def count_frames(self, samples: int) -> int:
        """Frames LAME writes for so many samples, the Info frame aside: delay, sound and one granule at the end."""
        return -(-(max(samples, 1) + _DELAY + 576) // self.frame_samples)

    def count_bytes(self, frames: int) -> int:
        """Size of LAME's first `frames` frames; the first one is never padded."""
        return frames * self.frame_bytes - (-(frames - 1) * self.frame_rest // self.rate)


def header(audio_format: AudioFormat, frames: int | None = None) -> bytes:
    """One silent MPEG frame of the format's own bit rate and sample rate, holding an Info tag of LAME's form.

    frames: samples in the whole file; players then know the exact duration and cut the end too. None: unknown.
    Source: LAME's description of its tag (gabriel.mp3-tech.org/mp3infotag.html).
    """
    shape = _Shape(audio_format)
    if frames is None:
        lengths, file_bytes, padding, mode = b"", 0, 0, shape.mode
    else:
        count = shape.count_frames(frames)
        file_bytes = shape.frame_bytes + shape.count_bytes(count)
        padding = count * shape.frame_samples - _DELAY - frames
        lengths, mode = struct.pack(">II", count, file_bytes), shape.mode | 0x04  # original: as LAME's own frames
    source = 0x40 if shape.rate == 44100 else 0x80 if shape.rate == 48000 else 0
    tag = b"".join(
        (
            b"Info",  # rather than Xing: constant bit rate
            struct.pack(">I", 3 if lengths else 0),  # which lengths follow: frames and bytes, or none
            lengths,
            b"LAME3.100",  # players trust the delay only under this name
            bytes((1, 0)),  # tag revision 0, constant bit rate; low-pass not stated
            bytes(8),  # peak and replay gain: not measured
            bytes((0, min(shape.kbps, 255))),
            (_DELAY << 12 | padding).to_bytes(3, "big"),
            bytes((source | (0 if shape.channels == 1 else 3 << 2), 0, 0, 0)),  # source, mono or joint stereo
            struct.pack(">IH", file_bytes, 0),  # checksum of the sound: not computed
        )
    )
    start = shape.sync + bytes((mode,)) + bytes(shape.side_bytes) + tag
    return (start + _crc16(start).to_bytes(2, "big")).ljust(shape.frame_bytes, b"\0")


def _crc16(data: bytes) -> int:
    """CRC-16 with polynomial 0x8005, reflected, starting at 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
