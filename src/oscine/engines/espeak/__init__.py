# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech by espeak-ng, through our own ctypes driver."""

from oscine.engines.espeak.engine import EspeakEngine

__all__ = ["EspeakEngine"]
