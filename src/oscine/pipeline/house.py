# SPDX-License-Identifier: GPL-3.0-or-later
"""The opened rooms, bundled. `app.open_house` builds it once; tests build the same over a temporary folder."""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass

from oscine.accounts.admission import Admission
from oscine.accounts.credits import Credits
from oscine.accounts.keys import Keys
from oscine.engines.profiles import Profiles
from oscine.engines.stage import Stage
from oscine.observe import Metrics
from oscine.settings import Settings
from oscine.voices.catalogue import Catalogue

_ALPHABET = string.ascii_letters + string.digits


def new_id() -> str:
    """Twenty letters and digits, 119 random bits: nobody guesses one, two never meet."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    stage: Stage
    profiles: Profiles
    voices: Catalogue
    keys: Keys
    credits: Credits
    admission: Admission
    metrics: Metrics
    clock: Callable[[], float]
    """Monotonic seconds."""
    new_id: Callable[[], str] = new_id
