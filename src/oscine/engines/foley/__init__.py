# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound effects from a prompt, by procedural synthesis: nothing is recorded, nothing is loaded.

prompt.py reads the words, recipes/ make the sounds from primitives.py, rooms.py puts them at a distance and into a
space, mix.py plays them in time.
"""

from oscine.engines.foley.engine import FoleyEngine

__all__ = ["FoleyEngine"]
