# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound as arrays, and the formats it leaves in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from oscine.domain.problems import FormatUnknown

Samples = NDArray[np.float32]
"""One channel of samples in [-1, 1], shape (frames,); where a format has two, (frames, 2)."""

Codec = Literal["mp3", "pcm", "wav", "ulaw", "alaw", "opus", "aac", "flac"]


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """One way to write audio: codec, sample rate and, where the codec has one, bit rate."""

    codec: Codec
    rate: int
    """Hertz."""
    kbps: int | None = None
    """Kilobits a second of the payload; None for codecs whose size follows from the rate."""
    channels: Literal[1, 2] = 1

    @property
    def in_stereo(self) -> AudioFormat:
        """The same with two channels where the file says how many it has; raw samples stay mono, as everyone reads
        them."""
        return replace(self, channels=2) if self.codec in {"mp3", "wav", "opus", "aac", "flac"} else self

    @property
    def name(self) -> str:
        """`codec_rate[_kbps]`, e.g. `mp3_44100_128`."""
        return f"{self.codec}_{self.rate}" + (f"_{self.kbps}" if self.kbps else "")


_PCM_RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000)
_MP3_RATES = (
    *((22050, 32), (24000, 48), (44100, 32), (44100, 64), (44100, 96), (44100, 128), (44100, 192)),
    *((48000, 128), (48000, 192), (48000, 240), (48000, 320)),
)

FORMATS: dict[str, AudioFormat] = {
    f.name: f
    for f in (
        *(AudioFormat("mp3", rate, kbps) for rate, kbps in _MP3_RATES),
        *(AudioFormat("pcm", rate) for rate in _PCM_RATES),
        *(AudioFormat("wav", rate) for rate in _PCM_RATES),
        AudioFormat("ulaw", 8000),
        AudioFormat("alaw", 8000),
        *(AudioFormat("opus", 48000, kbps) for kbps in (32, 64, 96, 128, 192)),
        AudioFormat("aac", 44100, 128),
        *(AudioFormat("flac", rate) for rate in (24000, 44100, 48000)),
    )
}
"""All formats by name. PCM and WAV are signed 16-bit little-endian, FLAC has 16 bits; Opus is in Ogg, AAC in ADTS. All
are mono, see `in_stereo`.

Source: ElevenLabs' output_format enumerations (reference/api-facts.md §2.3, sets FULL and MUSIC), and the two codecs
more that OpenAI has.
"""


def find_format(name: str, allowed: frozenset[str] | None = None) -> AudioFormat:
    """The format of that name.

    allowed: names to choose from; None means all. Raises: FormatUnknown, which lists what is allowed.
    """
    names = FORMATS.keys() if allowed is None else allowed
    if name not in names:
        listing = ", ".join(f for f in FORMATS if f in names)
        raise FormatUnknown(
            f"Output format {name[:40]!r} is not available here. Allowed: {listing}.", parameter="output_format"
        )
    return FORMATS[name]
