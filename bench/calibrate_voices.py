# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring every voice of the catalogue to −20 LUFS: measures each one and writes `gain_db` into the tables.

    python bench/calibrate_voices.py [engine]

Run it after a change to a voice or to an engine's sound; run twice, since the limiter takes a little of the loudest.
"""

from __future__ import annotations

import re
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np

from oscine.audio.loudness import loudness_lufs
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.protocol import SpeechEngine
from oscine.engines.registry import open_engine
from oscine.voices.catalogue import Catalogue

TARGET_LUFS = -20.0
SENTENCES = (
    "The harbour was quiet that morning, and the boats lay still on the water.",
    "She asked him twice whether he had locked the door before they left.",
    "Nine out of ten people would rather wait a little longer than pay more.",
    "What a strange idea! Nobody in the village had ever heard of such a thing.",
    "In the end, the whole project took three years and cost twice as much.",
)


def speak(engine: SpeechEngine, timbre: Timbre, text: str) -> Samples:
    """One sentence with default settings and a fixed seed, (frames,)."""
    everything = Run(0, len(text), 0, len(text))
    segment = Segment(text, "en", 0, len(text), (everything,), Boundary.EDGE, Boundary.EDGE)
    return np.concatenate([take.samples for take in engine.speak(segment, timbre, VoiceSettings(), 1)])


def measure(engine: SpeechEngine, timbre: Timbre) -> tuple[float, float]:
    """(LUFS, highest peak) over all sentences."""
    samples = np.concatenate([speak(engine, timbre, sentence) for sentence in SENTENCES])
    return loudness_lufs(samples, engine.card.rate), float(np.abs(samples).max())


def main() -> None:
    engine_id = sys.argv[1] if len(sys.argv) > 1 else "espeak"
    engine = open_engine(engine_id)
    gains: dict[str, float] = {}
    for voice in Catalogue():
        timbre = voice.timbres.get(engine_id)
        if timbre is not None:
            loudness, peak = measure(engine, timbre)
            gains[voice.id] = timbre.gain_db + TARGET_LUFS - loudness
            print(f"{voice.name:12} {loudness:6.1f} LUFS  peak {peak:.2f}  gain {gains[voice.id]:+.1f} dB")
    engine.close()
    for table in ("premade.toml", "legacy.toml"):
        rewrite(Path(str(files("oscine.voices").joinpath(table))), engine_id, gains)


def rewrite(table: Path, engine_id: str, gains: dict[str, float]) -> None:
    """Replace the engine's gain_db of each voice, and nothing else."""
    voice_id = ""
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    for i, line in enumerate(lines):
        if found := re.match(r'id = "(\w+)"', line):
            voice_id = found[1]
        elif line.startswith(f"timbres.{engine_id} = "):
            lines[i] = re.sub(r"gain_db = -?[\d.]+", f"gain_db = {gains[voice_id]:.1f}", line)
    table.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
