# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of rules that work for a locale."""

from __future__ import annotations

from oscine.text.normalize import scan
from oscine.text.normalize.world.locale import Locale

Scene = scan.Scene[Locale]
Rules = tuple[scan.Rule[Locale], ...]
