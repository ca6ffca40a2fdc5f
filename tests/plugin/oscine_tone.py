# SPDX-License-Identifier: GPL-3.0-or-later
"""A speech engine from outside: every character is 20 ms of a tone. Words steer it, so that tests can make a worker
slow, silent or dead at a chosen place:

    crash    the process ends half-way through the segment, once per file that CRASH_MARK names
    broken   the engine raises
    hang     no take ever comes
    gate     waits until the file that TONE_GATE names exists
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np

from oscine.domain.alignment import Mark
from oscine.domain.problems import PhonemeInvalid
from oscine.domain.speech import Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.protocol import Card

RATE = 24000
_CHARACTER = RATE // 50


class ToneEngine:
    def __init__(self) -> None:
        self.card = Card("tone", RATE, ("de", "en", "ja"), True, "GPL-3.0-or-later", "a sine wave")

    def speak(
        self, segment: Segment, timbre: Timbre, settings: VoiceSettings, seed: int | None
    ) -> Generator[Take, None, None]:
        if any(p.ipa == "ʘ" for p in segment.phonemes):
            raise PhonemeInvalid("The symbol 'ʘ' cannot be said.")
        half = len(segment.text) // 2
        for number, (start, end) in enumerate(((0, half), (half, len(segment.text)))):
            if number == 1:
                self._act(segment.text)
            positions = np.arange(start * _CHARACTER, end * _CHARACTER)
            samples = 0.3 * np.sin(2 * np.pi * timbre.pitch_hz * positions / RATE)
            marks = tuple(
                Mark(i, i + 1, i / 50, (i + 1) / 50) for i in range(start, end) if not segment.text[i].isspace()
            )
            yield Take(samples.astype(np.float32), RATE, marks)

    def _act(self, text: str) -> None:
        if "crash" in text:
            mark = Path(os.environ["CRASH_MARK"])
            if not mark.exists():
                mark.touch()
                os._exit(1)
        if "broken" in text:
            raise RuntimeError
        while "hang" in text or ("gate" in text and not Path(os.environ["TONE_GATE"]).exists()):
            time.sleep(0.01)

    def close(self) -> None: ...
