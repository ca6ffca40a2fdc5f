# SPDX-License-Identifier: GPL-3.0-or-later
"""What the codec tests hear with: sines, noise, decoding by libav, and measures."""

from __future__ import annotations

import io
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from oscine.codecs import open_encoder
from oscine.domain.audio import AudioFormat, Samples

_RAW = {"pcm": "s16le", "ulaw": "mulaw", "alaw": "alaw"}
_LEAD = {"aac": 1024}
"""Samples before the sound that the file has no way to speak of (aac.py)."""


@dataclass(frozen=True, slots=True)
class Heard:
    samples: NDArray[np.float64]
    rate: int
    channels: int
    container: str
    codec: str
    packet_bytes: tuple[int, ...]
    encoder: str
    """Name in the stream's metadata."""


class Pipe:
    """A source that cannot seek."""

    def __init__(self, body: bytes) -> None:
        self._body = io.BytesIO(body)

    def read(self, size: int) -> bytes:
        return self._body.read(size)


def decode(body: bytes, audio_format: AudioFormat, *, is_pipe: bool = False) -> Heard:
    """As a player would; raw formats are told their rate, others must say it themselves."""
    raw = _RAW.get(audio_format.codec)
    options = {"sample_rate": str(audio_format.rate), "ch_layout": "mono"} if raw else {}
    source = Pipe(body) if is_pipe else io.BytesIO(body)
    with av.open(source, "r", format=raw, options=options) as container:
        stream = container.streams.audio[0]
        pieces: list[NDArray[np.float64]] = []
        sizes: list[int] = []
        for packet in container.demux(stream):
            sizes.append(packet.size)
            for frame in packet.decode():
                array = frame.to_ndarray().reshape(-1)
                scale = 32768.0 if array.dtype == np.int16 else 1.0
                pieces.append(array.astype(np.float64) / scale)
        samples = np.concatenate([np.zeros(0), *pieces])[_LEAD.get(audio_format.codec, 0) :]
        return Heard(
            samples=samples,
            rate=stream.rate,
            channels=stream.channels,
            container=container.format.name,
            codec=stream.codec_context.codec.canonical_name,
            packet_bytes=tuple(size for size in sizes if size),
            encoder=stream.metadata.get("encoder", ""),
        )


def encode(samples: Samples, audio_format: AudioFormat, piece: int | None = None) -> bytes:
    """The whole file, the samples given `piece` at a time; None: at once."""
    encoder = open_encoder(audio_format)
    step = piece or max(len(samples), 1)
    pieces = [encoder.encode(samples[i : i + step]) for i in range(0, len(samples), step)]
    return b"".join(pieces) + encoder.flush()


def sine(hz: float, seconds: float, rate: int, level: float = 0.5) -> Samples:
    """level: peak."""
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def noise(frames: int, seed: int = 0) -> Samples:
    """Low-passed so that every codec keeps it; peak 0.5."""
    white = np.random.default_rng(seed).standard_normal(frames + 31)
    smooth: NDArray[np.float64] = np.convolve(white, np.hanning(32), "valid")
    smooth *= 0.5 / np.abs(smooth).max()
    return smooth[:frames].astype(np.float32)


def find_lag(original: NDArray[np.floating], heard: NDArray[np.floating]) -> int:
    """Frames by which `heard` comes late."""
    size = 1 << (len(original) + len(heard)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(original, size))
    peak = int(np.fft.irfft(spectrum, size).argmax())
    return peak if peak < size // 2 else peak - size


def fit_sine(samples: NDArray[np.floating], hz: float, rate: int) -> tuple[float, float]:
    """Peak level of the sine of that frequency in the samples, and the largest distance of any sample from it."""
    angle = 2 * np.pi * hz * np.arange(len(samples)) / rate
    basis = np.stack((np.sin(angle), np.cos(angle)), axis=1)
    weights, *_ = np.linalg.lstsq(basis, samples, rcond=None)
    return float(np.hypot(*weights)), float(np.abs(samples - basis @ weights).max())


def find_pitch(samples: NDArray[np.floating], rate: int) -> float:
    """Hertz of the strongest component, to a fraction of a bin by a parabola through the peak."""
    magnitude = np.log(np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) + 1e-12)
    peak = int(magnitude.argmax())
    left, middle, right = magnitude[peak - 1 : peak + 2]
    return float((peak + 0.5 * (left - right) / (left - 2 * middle + right)) * rate / len(samples))
