# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples to bytes, incrementally: one encoder per response, its bytes joined are one file.

A file whose length was not known when its first bytes left says so in its header (WAV, MP3, FLAC). A caller who holds
the whole file puts the right lengths in afterwards; the header keeps its size:

    encoder = open_encoder(format)
    body = b"".join(encoder.encode(piece) for piece in pieces) + encoder.flush()
    head = header(format, frames)
    whole = head + body[len(head):]
"""

from __future__ import annotations

from typing import Protocol

from oscine.codecs import flac, mp3, wav
from oscine.codecs.aac import AacEncoder
from oscine.codecs.flac import FlacEncoder
from oscine.codecs.mp3 import Mp3Encoder
from oscine.codecs.opus import OpusEncoder
from oscine.codecs.pcm import G711Encoder, PcmEncoder
from oscine.codecs.wav import WavEncoder
from oscine.domain.audio import AudioFormat, Samples

__all__ = ["Encoder", "extension", "header", "media_type", "open_encoder"]


class Encoder(Protocol):
    """Turns one stream of samples into one stream of bytes.

    The bytes do not depend on how the samples were cut into pieces. Not safe for two threads at once.
    """

    @property
    def is_heavy(self) -> bool:
        """Whether encoding costs enough to be worth a thread; such encoders release the interpreter lock."""
        ...

    def encode(self, samples: Samples) -> bytes:
        """The bytes that became final with these samples, possibly none.

        samples: (frames,) float32 at the format's rate, (frames, 2) for two channels; finite; beyond [-1, 1] they
        are clipped. Zero frames give zero bytes. Raises: RuntimeError after `flush`, where the codec has an end.
        """
        ...

    def flush(self) -> bytes:
        """The rest of the file; an empty file if there was no sample. Later calls give no bytes."""
        ...


def open_encoder(audio_format: AudioFormat) -> Encoder:
    """A fresh encoder. Its bytes start with `header(audio_format)`."""
    match audio_format.codec:
        case "mp3":
            return Mp3Encoder(audio_format)
        case "opus":
            return OpusEncoder(audio_format)
        case "wav":
            return WavEncoder(audio_format)
        case "pcm":
            return PcmEncoder()
        case "ulaw" | "alaw":
            return G711Encoder(audio_format.codec)
        case "aac":
            return AacEncoder(audio_format)
        case "flac":
            return FlacEncoder(audio_format)


def header(audio_format: AudioFormat, frames: int | None = None) -> bytes:
    """The first bytes of a file; empty for codecs without lengths in the header.

    frames: samples in the whole file; None: not known yet. The size does not depend on it.
    """
    match audio_format.codec:
        case "mp3":
            return mp3.header(audio_format, frames)
        case "wav":
            return wav.header(audio_format, frames)
        case "flac":
            return flac.header(audio_format, frames)
        case _:
            return b""


def media_type(audio_format: AudioFormat) -> str:
    """Content type of an HTTP response; always starts with `audio/`, as LiveKit asks (api-facts.md §1).

    Source: RFC 3003 (mpeg), 7845 (ogg), 2046 (basic: 8 kHz µ-law), 4856 (PCMA), 9639 (flac), IANA (aac).
    `audio/pcm;rate=` has no RFC; it is what other speech services send for little-endian samples (audio/L16 is
    big-endian).
    """
    match audio_format.codec:
        case "mp3":
            return "audio/mpeg"
        case "opus":
            return "audio/ogg; codecs=opus"
        case "wav":
            return "audio/wav"
        case "pcm":
            return f"audio/pcm;rate={audio_format.rate}"
        case "ulaw":
            return "audio/basic"
        case "alaw":
            return "audio/PCMA"
        case "aac" | "flac":
            return f"audio/{audio_format.codec}"


def extension(audio_format: AudioFormat) -> str:
    """File name ending without the dot: the codec's name, which is what every player expects."""
    return audio_format.codec
