# SPDX-License-Identifier: GPL-3.0-or-later
"""Speech by hidden Markov models: our own runtime for `.htsvoice` files."""

from oscine.engines.hts.engine import HtsEngine

__all__ = ["HtsEngine"]
