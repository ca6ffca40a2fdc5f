# SPDX-License-Identifier: GPL-3.0-or-later
"""Our SoundFont synthesiser beside libfluidsynth: the same MIDI file and font, without effects; and how fast it is.

Needs libfluidsynth (Debian: libfluidsynth3) for the comparison. Another font: OSCINE_SOUNDFONT.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.report import heading, ms, table
from oscine.domain.music import PITCH_BEND, Control, Note, Part, Score, Stereo
from oscine.engines.band.equaliser import equalise
from oscine.engines.band.fonts import find_font
from oscine.engines.band.forecast import foresee
from oscine.engines.band.master import TARGET_LUFS, master
from oscine.engines.band.midi import write_midi
from oscine.engines.band.soundfont import load_font
from oscine.engines.band.synth.synth import Synth

RATE = 44100
PROGRAMS = {
    **{0: "piano", 4: "electric piano", 11: "vibraphone", 16: "drawbar organ", 24: "nylon guitar", 27: "clean guitar"},
    **{30: "distorted guitar", 33: "finger bass", 38: "synth bass", 40: "violin", 48: "strings", 52: "choir"},
    **{56: "trumpet", 65: "alto saxophone", 73: "flute", 80: "square lead", 88: "new age pad", 108: "kalimba"},
}
_BANDS = 64
_FLOOR_DB = -70.0


def main() -> None:
    path = find_font(Path(os.environ["OSCINE_SOUNDFONT"]) if "OSCINE_SOUNDFONT" in os.environ else None)
    heading(f"SoundFont synthesiser with {path.name}")
    _speed(path)
    library = ctypes.util.find_library("fluidsynth")
    if library is None:
        print("\nlibfluidsynth is not installed: nothing to compare with.")
        return
    _compare(path, ctypes.CDLL(library))


def _compare(path: Path, library: ctypes.CDLL) -> None:
    synth = Synth(load_font(path), RATE)
    scores = {name: _phrase(program) for program, name in PROGRAMS.items()} | {
        "controllers": _gestures(),
        "drums": _beat(),
        "band": _band(12),
    }
    rows = []
    for name, score in scores.items():
        ours = np.concatenate(list(synth.render(score)), axis=1)
        theirs = _fluidsynth(library, path, write_midi(score), ours.shape[1])
        rows.append((name, _correlation(ours, theirs), _level_db(ours) - _level_db(theirs)))
    middle = float(np.median([row[2] for row in rows]))
    print(f"\nLevels are relative to the median ({middle:+.1f} dB).\n")
    table(
        ("instrument", "log-mel correlation", "level against fluidsynth"),
        [(name, f"{alike:.3f}", f"{level - middle:+.1f} dB") for name, alike, level in rows],
    )


def _speed(path: Path) -> None:
    rows = []
    for seconds in (30, 180, 600):
        score = _band(seconds)
        synth = Synth(load_font(path), RATE)
        start = time.process_time()
        blocks = master(equalise(synth.render(score), RATE), RATE, foresee(synth, score, TARGET_LUFS))
        next(blocks)
        first = time.process_time() - start
        for _block in blocks:
            pass
        spent = time.process_time() - start
        notes = sum(len(part.notes) for part in score.parts)
        rows.append((f"{seconds} s", notes, ms(first), f"{score.length_s / spent:.0f} ×"))
    table(("piece, mastered", "notes", "processor time to the first block", "of real time, one core"), rows)


def _phrase(program: int) -> Score:
    velocities = (100, 70, 40, 110, 85, 127, 60, 95)
    keys = (48, 55, 60, 64, 67, 72, 76, 79)
    low = 24 if program in range(32, 40) else 0
    notes = tuple(
        Note(0.1 + 0.6 * index, (0.5, 0.25)[index % 2], key - low, velocity)
        for index, (key, velocity) in enumerate(zip(keys, velocities, strict=True))
    )
    chord = tuple(Note(5.2, 1.5, key - low, 80) for key in (60, 64, 67))
    return _score((Part("phrase", program, False, notes + chord, reverb=0),), 8)


def _gestures() -> Score:
    """Bend, modulation wheel, pedal, expression and pan on strings and piano."""
    bends = [Control(0.5 + 0.05 * step, PITCH_BEND, round(8000 * math.sin(step / 5))) for step in range(40)]
    swells = [Control(2.5 + 0.1 * step, 11, 30 + 4 * step) for step in range(24)]
    turns = [Control(0.1 * step, 10, 64 + round(50 * math.sin(step / 8))) for step in range(80)]
    wheel = [Control(4, 1, 100), Control(6, 1, 0)]
    lead = Part("lead", 73, False, (Note(0.1, 2.2, 72, 90), Note(2.4, 4, 67, 90)), (*bends, *swells, *wheel, *turns))
    pedal = [Control(at_s, 64, value) for at_s, value in ((0, 127), (2, 0), (2.1, 127), (4, 0))]
    chords = tuple(Note(0.5 * step, 0.1, 48 + (0, 4, 7, 12)[step % 4], 80) for step in range(10))
    return _score((replace(lead, reverb=0), Part("piano", 0, False, chords, tuple(pedal), reverb=0)), 8)


def _beat() -> Score:
    hits = [Note(bar + 0.5 * step, 0.1, 36 if step % 2 == 0 else 38, 110) for bar in (0, 2, 4) for step in range(4)]
    hats = [Note(0.25 * step, 0.1, 46 if step % 8 == 7 else 42, 60 + 10 * (step % 4)) for step in range(24)]
    fill = [Note(6 + 0.125 * step, 0.1, (50, 48, 45, 41)[step // 2], 100) for step in range(8)]
    return _score((Part("drums", 0, True, (*hits, *hats, *fill, Note(7, 0.5, 49, 115)), reverb=0),), 9)


def _band(seconds: int) -> Score:
    chance = random.Random(7)
    parts: dict[int, list[Note]] = {}

    def play(program: int, at_s: float, length_s: float, key: int, velocity: int) -> None:
        at_s, length_s = at_s + max(chance.gauss(0.02, 0.004), 0), length_s * chance.uniform(0.9, 1.05)
        parts.setdefault(program, []).append(Note(at_s, length_s, key, velocity + chance.randint(-8, 8)))

    for bar in range(seconds // 2):
        chord, at_s = ((60, 64, 67), (57, 60, 64), (53, 57, 60), (55, 59, 62))[bar % 4], bar * 2.0
        for key in chord:
            play(48, at_s, 1.9, key + 12, 65)
        for step in range(8):
            play(0, at_s + step * 0.25, 0.24, chord[step % 3] + 12 * (step % 2), 80)
            play(33, at_s + step * 0.25, 0.2, chord[0] - 24, 90)
            play(-1, at_s + step * 0.25, 0.1, 42, 70)
        for step in range(4):
            play(-1, at_s + step * 0.5, 0.1, 36 + 2 * (step % 2), 100)
            play(73, at_s + step * 0.5, 0.45, chord[step % 3] + 24, 85)
            play(25, at_s + step * 0.5 + 0.25, 0.3, chord[step % 3] + 12, 75)
    return _score(
        tuple(
            Part(str(program), max(program, 0), program < 0, tuple(notes), reverb=0) for program, notes in parts.items()
        ),
        seconds,
    )


def _score(parts: tuple[Part, ...], length_s: float) -> Score:
    return Score(parts, length_s, 120, "C major", (4, 4))


def _fluidsynth(library: ctypes.CDLL, font: Path, midi: bytes, frames: int) -> Stereo:
    """The file as libfluidsynth plays it, its effects off."""
    pointer = ctypes.c_void_p
    for name in ("new_fluid_settings", "new_fluid_synth", "new_fluid_player"):
        getattr(library, name).restype = pointer
    settings = pointer(library.new_fluid_settings())
    library.fluid_settings_setnum(settings, b"synth.sample-rate", ctypes.c_double(RATE))
    for effect in (b"synth.reverb.active", b"synth.chorus.active"):
        library.fluid_settings_setint(settings, effect, 0)
    library.fluid_settings_setstr(settings, b"player.timing-source", b"sample")
    synth = pointer(library.new_fluid_synth(settings))
    library.fluid_synth_sfload(synth, str(font).encode(), 1)
    player = pointer(library.new_fluid_player(synth))
    library.fluid_player_add_mem(player, midi, ctypes.c_size_t(len(midi)))
    library.fluid_player_play(player)
    out: Stereo = np.zeros((2, frames), np.float32)
    for at in range(0, frames, 64):
        size = min(64, frames - at)
        left, right = (out[side, at : at + size].ctypes.data_as(pointer) for side in (0, 1))
        library.fluid_synth_write_float(synth, size, left, 0, 1, right, 0, 1)
    library.delete_fluid_player(player)
    library.delete_fluid_synth(synth)
    library.delete_fluid_settings(settings)
    return out


def _log_mel(sound: Stereo) -> NDArray[np.float64]:
    """(frames, bands), decibels below the loudest."""
    size, hop = 2048, 512
    mono = sound.sum(axis=0)
    frames = np.lib.stride_tricks.sliding_window_view(mono, size)[::hop] * np.hanning(size)
    power = np.square(np.abs(np.fft.rfft(frames)))
    edges = 700 * (
        10 ** (np.linspace(2595 * np.log10(1 + 40 / 700), 2595 * np.log10(1 + 16000 / 700), _BANDS + 2) / 2595) - 1
    )
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    bank = np.array([np.interp(hertz, edges[band : band + 3], (0, 1, 0)) for band in range(_BANDS)])
    mel = 10 * np.log10(power @ bank.T + 1e-12)
    return np.asarray(np.maximum(mel - mel.max(), _FLOOR_DB))


def _correlation(ours: Stereo, theirs: Stereo) -> float:
    return float(np.corrcoef(_log_mel(ours).ravel(), _log_mel(theirs).ravel())[0, 1])


def _level_db(sound: Stereo) -> float:
    return float(10 * np.log10(np.square(sound).mean() + 1e-12))


if __name__ == "__main__":
    main()
