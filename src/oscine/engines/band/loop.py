# SPDX-License-Identifier: GPL-3.0-or-later
"""A loop begins as if it had been played before: what rings on at its end is heard at its beginning."""

from __future__ import annotations

import math
from dataclasses import replace

from oscine.domain.music import Part, Score

_RINGING_S = 4.0
"""From keys that were let go longer ago nothing is heard."""
_LONGEST_S = 20.0


def run_up(score: Score) -> tuple[Score, int]:
    """The loop with a stretch of its end before it, and how many seconds that is."""
    last = [note.start_s for part in score.parts for note in part.notes if _rings(note.start_s + note.length_s, score)]
    earliest_s = min(last, default=score.length_s) - score.length_s
    lead_s = math.ceil(min(max(_RINGING_S, -earliest_s), _LONGEST_S, score.length_s))
    parts = tuple(_prepend(part, score.length_s, lead_s) for part in score.parts)
    return replace(score, parts=parts, length_s=score.length_s + lead_s), lead_s


def _rings(end_s: float, score: Score) -> bool:
    return end_s > score.length_s - _RINGING_S


def _prepend(part: Part, length_s: float, lead_s: int) -> Part:
    """The part, later by the lead, after its own end; what begins before that has a negative time."""
    notes = [replace(note, start_s=note.start_s + lead_s) for note in part.notes]
    before = [replace(note, start_s=note.start_s - length_s) for note in notes]
    controls = [replace(control, at_s=control.at_s + lead_s) for control in part.controls]
    earlier = [replace(control, at_s=control.at_s - length_s) for control in controls]
    return replace(
        part,
        notes=(*(note for note in before if note.start_s + note.length_s > 0), *notes),
        controls=(*earlier, *controls),
    )
