# SPDX-License-Identifier: GPL-3.0-or-later
"""From parameters to sound: pulses and noise through one minimum-phase filter per pulse and per frame.

A mel-cepstrum c means H(ω) = exp Σ c_m e^{−jmω̃}, with ω̃ the frequency axis bent by an all-pass of coefficient
alpha. All that shapes the sound besides (how voiced each band is, tilt, presence, level) multiplies H, so it
adds to the exponent: the exponents of a block are one matrix product of its parameters with fixed rows.
Pulses are laid down at exact, fractional times; the phase of the voice runs on from block to block.

Sources: Imai 1983, "Cepstral analysis synthesis on the mel frequency scale"; Tokuda et al. 1994 (mel-generalised
cepstral analysis); Yoshimura et al. 2001, "Mixed excitation for HMM-based speech synthesis"; Oppenheim and Schafer
on minimum phase from log magnitude.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from oscine.domain.audio import Samples

BAND_EDGES_HZ = (0, 1000, 2000, 4000, 6000, 8000, 10000, 12000)
"""Of the aperiodicity stream. Measured from the band filters that come with the voices."""
_SIZE = 1024
"""Samples of an impulse response: 43 ms at 24 kHz."""
_LOUDEST = 6.0
"""Natural logarithm of the highest gain: a damaged spectrum must not overflow."""
_LEAST_SHARE = 1e-4

Floats32 = NDArray[np.float32]
Complex = NDArray[np.complex128]


def minimum_phase(log_gain: NDArray[np.float64]) -> Complex:
    """The logarithm of a minimum-phase response whose magnitude is exp(log_gain).

    log_gain: (…, n/2 + 1), natural logarithm, from 0 to half the rate. Source: the cepstrum of such a response is
    causal (Oppenheim and Schafer, "Discrete-Time Signal Processing").
    """
    size = 2 * (log_gain.shape[-1] - 1)
    cepstrum = np.fft.irfft(log_gain, size)
    cepstrum[..., 1 : size // 2] *= 2
    cepstrum[..., size // 2 + 1 :] = 0
    response: Complex = np.fft.rfft(cepstrum, size)
    return response


def bend(frequencies: NDArray[np.float64], alpha: float) -> NDArray[np.float64]:
    """ω → ω̃ of the all-pass, radians."""
    bent: NDArray[np.float64] = frequencies + 2 * np.arctan(
        alpha * np.sin(frequencies) / (1 - alpha * np.cos(frequencies))
    )
    return bent


def scale_formants(alpha: float, factor: float) -> float:
    """The alpha with which the same mel-cepstrum has formants `factor` times as high (exact for low ones)."""
    slope = (1 + alpha) / (1 - alpha) / factor
    return (slope - 1) / (slope + 1)


class Filter:
    """The rows that parameters are multiplied with: cepstrum, log share of each band, and a constant colour."""

    def __init__(
        self, rate: int, order: int, alpha: float, colour: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    ) -> None:
        """order: coefficients of the mel-cepstrum. colour: hertz → natural logarithm of a gain."""
        hertz = np.linspace(0, rate / 2, _SIZE // 2 + 1)
        bent = bend(hertz * (2 * np.pi / rate), alpha)
        cepstrum = np.exp(-1j * np.outer(np.arange(order), bent))
        centres = [(a + b) / 2 for a, b in pairwise(BAND_EDGES_HZ)]
        bands = np.stack([np.interp(hertz, centres, row) for row in np.eye(len(centres))])
        rows = np.concatenate([cepstrum, minimum_phase(bands), minimum_phase(colour(hertz)[np.newaxis])])
        self.real = np.ascontiguousarray(rows.real, np.float32)
        self.imaginary = np.ascontiguousarray(rows.imag, np.float32)
        self.turn = (-2 * np.pi * np.arange(_SIZE // 2 + 1) / _SIZE).astype(np.float32)
        """Phase of one sample's delay."""

    def spectra(self, parameters: Floats32, delays: Floats32 | None = None) -> NDArray[np.complex64]:
        """(n, rows) → (n, bins). delays: samples, one for each."""
        gain = np.exp(np.minimum(parameters @ self.real, np.float32(_LOUDEST)))
        phase = parameters @ self.imaginary
        if delays is not None:
            phase += delays[:, np.newaxis] * self.turn
        out = np.empty(gain.shape, np.complex64)
        np.multiply(gain, np.cos(phase), out=out.real)
        np.multiply(gain, np.sin(phase), out=out.imag)
        return out


class Vocoder:
    """One rendering; blocks of frames in, their samples out."""

    def __init__(self, rate: int, hop: int, shape: Filter, noise: np.random.Generator) -> None:
        """hop: samples per frame. noise: all randomness of the rendering's sound."""
        self._rate, self._hop, self._shape, self._noise = rate, hop, shape, noise
        self._window = np.sin(np.pi * (np.arange(2 * hop) + 0.5) / (2 * hop)).astype(np.float32)
        """Two of them, squared, sum to 1: noise of constant power."""
        self._tail = np.zeros(_SIZE + 2 * hop, np.float32)
        self._phase = 0.0
        """In periods; a pulse is due whenever it passes a whole number."""
        self._before: tuple[float, Floats32] | None = None
        """F0 and parameters of the last frame."""

    def render(self, cepstra: Floats32, f0_hz: NDArray[np.float64], noise_shares: Floats32) -> Samples:
        """The samples of some frames, (frames × hop,).

        cepstra: (frames, order). f0_hz: (frames,), 0 where unvoiced. noise_shares: (frames, bands), the part of
        the power that is noise, 0–1; taken as 1 where unvoiced.
        """
        frames, hop = len(cepstra), self._hop
        buffer = np.zeros(frames * hop + len(self._tail), np.float32)
        buffer[: len(self._tail)] = self._tail
        is_voiced = f0_hz > 0
        shares = np.where(is_voiced[:, np.newaxis], noise_shares, 1.0)
        ones = np.ones((frames, 1), np.float32)
        voiced_logs = 0.5 * np.log(np.maximum(1 - noise_shares, _LEAST_SHARE))
        self._add_pulses(buffer, np.hstack([cepstra, voiced_logs, ones]).astype(np.float32), f0_hz)
        noise_logs = 0.5 * np.log(np.maximum(shares, _LEAST_SHARE))
        self._add_noise(buffer, np.hstack([cepstra, noise_logs, ones]).astype(np.float32))
        self._tail = buffer[frames * hop :]
        return buffer[: frames * hop]

    def finish(self) -> Samples:
        """What still rings."""
        return self._tail

    def _add_pulses(self, buffer: Floats32, parameters: Floats32, f0_hz: NDArray[np.float64]) -> None:
        hop = self._hop
        last_f0, last_row = self._before or (0.0, parameters[0])
        self._before = float(f0_hz[-1]), parameters[-1]
        rows = np.concatenate([last_row[np.newaxis], parameters])
        starts = np.concatenate([[last_f0], f0_hz[:-1]])
        starts = np.where(starts > 0, starts, f0_hz)
        ramp = np.arange(1, hop + 1) / hop
        steps = (starts[:, np.newaxis] * (1 - ramp) + f0_hz[:, np.newaxis] * ramp) * (f0_hz > 0)[:, np.newaxis]
        steps = steps.ravel() / self._rate
        phases = self._phase + np.cumsum(steps)
        whole = np.floor(phases)
        due = np.flatnonzero(np.diff(whole, prepend=np.floor(self._phase)) > 0)
        self._phase = float(phases[-1] % 1.0)
        if not len(due):
            return
        times = due - (phases[due] - whole[due]) / steps[due] + 1
        frames = due // hop
        share = ((times - frames * hop) / hop)[:, np.newaxis]
        mixed = rows[frames] * (1 - share) + rows[frames + 1] * share
        mixed[:, 0] += 0.5 * np.log(1 / steps[due])  # as loud as noise of power 1, whatever the pitch
        places = np.floor(times).astype(np.int64)
        spectra = self._shape.spectra(mixed.astype(np.float32), (times - places).astype(np.float32))
        for place, response in zip(places.tolist(), np.fft.irfft(spectra, _SIZE), strict=True):
            buffer[place : place + _SIZE] += response

    def _add_noise(self, buffer: Floats32, parameters: Floats32) -> None:
        grains = self._noise.standard_normal((len(parameters), 2 * self._hop), np.float32) * self._window
        spectra = np.fft.rfft(grains, _SIZE)
        spectra *= self._shape.spectra(parameters)
        for i, response in enumerate(np.fft.irfft(spectra, _SIZE)):
            buffer[i * self._hop : i * self._hop + _SIZE] += response


def sharpen(cepstra: NDArray[np.float64], alpha: float, beta: float) -> NDArray[np.float64]:
    """Raise peaks over valleys: coefficients from 2 on grow by 1 + beta, each frame's power stays.

    cepstra: (frames, order). beta: 0–1. Source: the mel-cepstral post-filter of Koishida et al. 1995, as used by HTS.
    """
    out = cepstra.copy()
    out[:, 2:] *= 1 + beta
    grid = np.cos(np.outer(np.arange(cepstra.shape[1]), bend(np.linspace(0, np.pi, 129), alpha)))
    powers = [np.exp(np.clip(2 * (each @ grid), -60, 60)).mean(axis=1) for each in (cepstra, out)]
    out[:, 0] += 0.5 * np.log(powers[0] / powers[1])
    return out
