# SPDX-License-Identifier: GPL-3.0-or-later
"""What a voice is made from: whose recordings, and on which terms. Sources and terms in full: docs/attribution.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oscine.domain.voice import Timbre
from oscine.engines.hts.speakers import read_variant

_ARCTIC = {"slt": "LicenseRef-CMU", "bdl": "LGPL-2.1-or-later", "clb": "LGPL-2.1-or-later"}
"""Speaker of the CMU ARCTIC recordings → terms of the file that RHVoice's authors trained on them."""


@dataclass(frozen=True, slots=True)
class Origin:
    base: str
    """Recordings or synthesiser, as a name: `CMU ARCTIC bdl and clb, through RHVoice`."""
    licence: str
    """SPDX expression of the voice's data."""


def find_origin(engine_id: str, timbre: Timbre) -> Origin | None:
    """Where the voice comes from in the language it is at home in, English; the largest part of a mixture first.

    None: the engine is not one of ours; its card says what there is to say.
    """
    if engine_id == "hts":
        parts = sorted(read_variant(timbre.variant, timbre.pitch_hz).parts, key=lambda part: -part[1])
        names = [name for name, _share in parts]
        return Origin(
            f"CMU ARCTIC {_listed(names)}, through RHVoice", " AND ".join(sorted({_ARCTIC[name] for name in names}))
        )
    if engine_id == "espeak":
        return Origin("the Klatt synthesiser of espeak NG", "GPL-3.0-or-later")
    return None


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
