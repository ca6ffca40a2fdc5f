# SPDX-License-Identifier: GPL-3.0-or-later
"""All that can be played, by family. Where two recipes have a key in common, the first one has it."""

from oscine.engines.foley.recipes import (
    animals,
    doors,
    fantasy,
    impacts,
    machines,
    nature,
    people,
    screens,
    signals,
    things,
)

RECIPES = (
    *(nature.RECIPES + animals.RECIPES + people.RECIPES),
    *(doors.RECIPES + impacts.RECIPES + things.RECIPES),
    *(machines.RECIPES + signals.RECIPES + screens.RECIPES + fantasy.RECIPES),
)
