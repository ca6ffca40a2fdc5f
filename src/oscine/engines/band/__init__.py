# SPDX-License-Identifier: GPL-3.0-or-later
"""Music from a prompt: a composer writes the score, and a band of sampled instruments plays it."""

from oscine.engines.band.brief import Brief, read_brief
from oscine.engines.band.compose import compose, compose_plan
from oscine.engines.band.engine import BandEngine
from oscine.engines.band.form import natural_length
from oscine.engines.band.plan import plan_of

__all__ = ["BandEngine", "Brief", "compose", "compose_plan", "natural_length", "plan_of", "read_brief"]
