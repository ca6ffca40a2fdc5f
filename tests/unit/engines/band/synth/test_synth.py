# SPDX-License-Identifier: GPL-3.0-or-later
"""What is heard of a known sine, against what the SoundFont specification 2.04 says of times, pitches and levels."""

import itertools
import tracemalloc
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from oscine.domain.audio import Samples
from oscine.domain.music import PITCH_BEND, Control, Note, Part, Score, Stereo
from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.soundfont import read_font
from oscine.engines.band.synth.synth import Synth
from tests.unit.engines.band.fontmaker import HERTZ, RATE, Frames, MadeZone, make_font, sine

Values = dict[int, int]
LOOPED: Values = {Gen.LOOP_MODE: 1}
EACH_WAY = np.sqrt(0.5)
FULL = 0.2 * 0.5 * (100 / 127) ** 2 * EACH_WAY
"""Peak of each side: headroom, sample, MIDI volume 100, middle."""
NOTE = Note(0, 1, 60, 127)


def play(
    generators: Mapping[int, int] | Sequence[MadeZone],
    notes: Sequence[Note] = (NOTE,),
    controls: Sequence[Control] = (),
    *,
    seconds: float = 1.5,
    is_drums: bool = False,
    pan: float = 0,
    reverb: float = 0,
    chorus: float = 0,
    samples: Sequence[Frames] | None = None,
) -> Stereo:
    zones = [MadeZone(generators)] if isinstance(generators, Mapping) else generators
    font = read_font(make_font(zones, bank=128 if is_drums else 0, samples=samples))
    part = Part("part", 0, is_drums, tuple(notes), tuple(controls), pan=pan, reverb=reverb, chorus=chorus)
    score = Score((part,), seconds, 120, "C major", (4, 4))
    return np.concatenate(list(Synth(font, RATE).render(score)), axis=1)


def peak(sound: Samples, start_s: float, end_s: float) -> float:
    return float(np.abs(sound[round(start_s * RATE) : round(end_s * RATE)]).max())


def db(one: float, other: float) -> float:
    return float(20 * np.log10(max(one, 1e-9) / other))


def pitch(sound: Samples, start_s: float, end_s: float) -> float:
    """From the zero crossings upwards."""
    piece = sound[round(start_s * RATE) : round(end_s * RATE)]
    at = np.flatnonzero((piece[:-1] < 0) & (piece[1:] >= 0))
    places = at - piece[at] / (piece[at + 1] - piece[at])
    return float(RATE / np.diff(places).mean())


@pytest.mark.parametrize(
    ("generators", "key", "semitones"),
    [
        ({}, 60, 0.0),
        ({}, 72, 12.0),
        ({}, 53, -7.0),
        ({Gen.COARSE_TUNE: 3, Gen.FINE_TUNE: -20}, 60, 2.8),
        ({Gen.SCALE_TUNING: 50}, 72, 6.0),
        ({Gen.ROOT_KEY: 48}, 60, 12.0),
        ({Gen.FIXED_KEY: 72}, 40, 12.0),
    ],
)
def test_pitch(generators: dict[int, int], key: int, semitones: float) -> None:
    sound = play({**LOOPED, **generators}, [Note(0, 1, key, 127)])
    assert pitch(sound[0], 0.1, 0.9) == pytest.approx(HERTZ * 2 ** (semitones / 12), rel=2e-4)


def test_a_loop_has_no_seam_and_its_absence_an_end() -> None:
    looped, once = play(LOOPED)[0], play({})[0]
    expected = FULL * np.sin(2 * np.pi * HERTZ / RATE * np.arange(RATE // 2))
    assert np.abs(looped[RATE // 100 : RATE // 2] - expected[RATE // 100 :]).max() < 0.002 * FULL
    assert peak(once, 0, 2000 / RATE) == pytest.approx(FULL, rel=0.01)
    assert peak(once, 2001 / RATE, 1.5) == 0


def test_a_loop_that_is_left_plays_the_rest() -> None:
    """§8.1.3, sampleModes 3: after the key is up, the frames after the loop."""
    samples = [np.concatenate((sine(2000), sine(4800, level=0.1)))]
    generators: Values = {Gen.LOOP_MODE: 3, Gen.VOLUME_RELEASE: 3000, Gen.LOOP_END_OFFSET: -4700}
    left = play(generators, samples=samples)[0]
    assert peak(left, 0.9, 1.0) == pytest.approx(FULL, rel=0.01)
    assert peak(left, 1.045, 1.09) == pytest.approx(FULL / 5, rel=0.3)
    assert peak(left, 1.16, 1.4) == 0


def test_attack_decay_and_sustain() -> None:
    """Attack 0.25 s in amplitude; decay 100 dB in 2 s, down to 20 dB below."""
    envelope: Values = {Gen.VOLUME_ATTACK: -2400, Gen.VOLUME_DECAY: 1200, Gen.VOLUME_SUSTAIN: 200}
    sound = play({**LOOPED, **envelope})[0]
    assert peak(sound, 0.12, 0.126) == pytest.approx(FULL / 2, rel=0.02)
    assert db(peak(sound, 0.45, 0.452), FULL) == pytest.approx(-10, abs=0.3)
    assert db(peak(sound, 0.7, 0.95), FULL) == pytest.approx(-20, abs=0.1)


def test_delay_and_hold() -> None:
    shape: Values = {Gen.VOLUME_DELAY: -2400, Gen.VOLUME_HOLD: -1200, Gen.VOLUME_DECAY: 0, Gen.VOLUME_SUSTAIN: 1000}
    sound = play({**LOOPED, **shape})[0]
    assert peak(sound, 0, 0.249) == 0
    assert peak(sound, 0.7, 0.75) == pytest.approx(FULL, rel=0.01)
    assert db(peak(sound, 0.85, 0.852), FULL) == pytest.approx(-10, abs=0.5)


def test_release_falls_by_100_db_in_its_time() -> None:
    sound = play({**LOOPED, Gen.VOLUME_RELEASE: 0})[0]
    assert db(peak(sound, 1.2, 1.202), FULL) == pytest.approx(-20, abs=0.3)
    assert db(peak(sound, 1.4, 1.402), FULL) == pytest.approx(-40, abs=0.3)


def test_velocity_is_40_log_decibels() -> None:
    """§8.4.1: 960 cB, concave."""
    level = [peak(play(LOOPED, [Note(0, 1, 60, velocity)])[0], 0.2, 0.8) for velocity in (127, 64, 20)]
    assert db(level[1], level[0]) == pytest.approx(40 * np.log10(64 / 127), abs=0.1)
    assert db(level[2], level[0]) == pytest.approx(40 * np.log10(20 / 127), abs=0.1)


def test_the_filter_is_3_db_down_at_its_cutoff_and_12_db_an_octave() -> None:
    def level(octaves: int, resonance: int = 0) -> float:
        cents = round(1200 * np.log2(HERTZ / 8.176)) - 1200 * octaves
        generators: Values = {**LOOPED, Gen.CUTOFF: cents, Gen.RESONANCE: resonance}
        return db(peak(play(generators)[0], 0.2, 0.8), FULL)

    assert level(0) == pytest.approx(-3, abs=0.4)
    assert level(2) == pytest.approx(-24, abs=1)
    assert level(-3) == pytest.approx(0, abs=0.2)
    assert level(0, resonance=100) == pytest.approx(10 - 3 - 5, abs=0.5)


def test_soft_notes_are_duller() -> None:
    """§8.4.2: −2400 cents from velocity; turned off where the font says so, in either version's words."""
    cutoff: Values = {**LOOPED, Gen.CUTOFF: 7049}
    soft = Note(0, 1, 60, 40)

    def level(*modulators: tuple[int, int, int, int, int]) -> float:
        return db(peak(play([MadeZone(cutoff, modulators)], [soft])[0], 0.2, 0.8), FULL)

    unfiltered = 40 * np.log10(40 / 127)
    assert level() == pytest.approx(unfiltered - 18, abs=2)
    for scale in (0, 0x0D02):
        assert level((0x0102, Gen.CUTOFF, 0, scale, 0)) == pytest.approx(unfiltered - 3, abs=0.5)


def test_the_modulation_envelope_opens_the_filter() -> None:
    moved: Values = {
        **LOOPED,
        Gen.CUTOFF: 4649,
        Gen.MOD_ENVELOPE_TO_CUTOFF: 6000,
        Gen.MOD_DECAY: 0,
        Gen.MOD_SUSTAIN: 1000,
    }
    sound = play(moved)[0]
    assert peak(sound, 0.02, 0.1) == pytest.approx(FULL, rel=0.05)
    assert db(peak(sound, 0.97, 1.0), FULL) < -20


def test_layers_sound_together_each_at_its_place() -> None:
    low: Values = {**LOOPED, Gen.PAN: -500}
    high: Values = {**LOOPED, Gen.PAN: 500, Gen.COARSE_TUNE: 12}
    sound = play([MadeZone(low), MadeZone(high)])
    assert pitch(sound[0], 0.1, 0.9) == pytest.approx(HERTZ, rel=1e-3)
    assert pitch(sound[1], 0.1, 0.9) == pytest.approx(2 * HERTZ, rel=1e-3)


@pytest.mark.parametrize(("pan", "controls"), [(-1, ()), (0, (Control(0, 10, 0),)), (-0.5, (Control(0, 10, 32),))])
def test_pan(pan: float, controls: tuple[Control, ...]) -> None:
    sound = play(LOOPED, controls=controls, pan=pan)
    assert peak(sound[0], 0.2, 0.8) == pytest.approx(FULL / EACH_WAY, rel=0.01)
    assert peak(sound[1], 0.2, 0.8) < 0.02 * FULL


def test_volume_and_expression_while_it_sounds() -> None:
    sound = play(LOOPED, controls=[Control(0.3, 7, 50), Control(0.6, 11, 64)])[0]
    assert db(peak(sound, 0.35, 0.6), peak(sound, 0.1, 0.3)) == pytest.approx(40 * np.log10(0.5), abs=0.1)
    assert db(peak(sound, 0.65, 0.9), peak(sound, 0.35, 0.6)) == pytest.approx(40 * np.log10(64 / 127), abs=0.1)


def test_bend_is_two_semitones_each_way() -> None:
    sound = play(LOOPED, controls=[Control(0.3, PITCH_BEND, -8192), Control(0.6, PITCH_BEND, 8191)])[0]
    assert pitch(sound, 0.35, 0.59) == pytest.approx(HERTZ * 2 ** (-2 / 12), rel=1e-3)
    assert pitch(sound, 0.65, 0.95) == pytest.approx(HERTZ * 2 ** (2 / 12), rel=1e-3)


def test_vibrato_comes_from_the_font_and_from_the_wheel() -> None:
    """±100 cents at 4 Hz; the wheel adds 50 cents (§8.4.4)."""

    def swing(generators: Mapping[int, int], wheel: int) -> float:
        sound = play({**LOOPED, Gen.VIBRATO_LFO_FREQUENCY: -1237, **generators}, controls=[Control(0, 1, wheel)])[0]
        pitches = [pitch(sound, 0.2 + 0.02 * n, 0.22 + 0.02 * n) for n in range(30)]
        return float(600 * np.log2(max(pitches) / min(pitches)))

    assert swing({Gen.VIBRATO_LFO_TO_PITCH: 100}, 0) == pytest.approx(100, abs=12)
    assert swing({}, 127) == pytest.approx(50, abs=6)
    assert swing({}, 0) < 1


def test_tremolo() -> None:
    sound = play({**LOOPED, Gen.MOD_LFO_FREQUENCY: -1237, Gen.MOD_LFO_TO_VOLUME: 60})[0]
    levels = [peak(sound, 0.2 + 0.005 * n, 0.2025 + 0.005 * n) for n in range(120)]
    assert db(max(levels), min(levels)) == pytest.approx(12, abs=0.8)


def test_the_pedal_holds_until_it_is_lifted() -> None:
    short = [Note(0, 0.3, 60, 127)]
    sound = play(LOOPED, short, [Control(0.1, 64, 127), Control(0.9, 64, 0)])[0]
    assert peak(sound, 0.8, 0.89) == pytest.approx(FULL, rel=0.01)
    assert peak(sound, 1.0, 1.4) < 1e-3 * FULL


def test_the_same_key_again_ends_the_note_before() -> None:
    sound = play(LOOPED, [Note(0, 1.4, 60, 127), Note(0.5, 0.2, 60, 127)])[0]
    assert peak(sound, 0.8, 1.3) == 0


def test_an_exclusive_class_is_silenced_by_its_next_note() -> None:
    one: Values = {**LOOPED, Gen.EXCLUSIVE_CLASS: 1}
    open_hat, closed = MadeZone({**one, Gen.KEY_RANGE: 60 | 60 << 8}), MadeZone({**one, Gen.KEY_RANGE: 62 | 62 << 8})
    notes = [NOTE, Note(0.5, 0.05, 62, 127)]
    kit = [open_hat, closed]
    assert peak(play(kit, notes, is_drums=True)[0], 0.8, 1.0) < 1e-3 * FULL
    free = [MadeZone({**zone.generators, Gen.EXCLUSIVE_CLASS: 0}) for zone in kit]
    assert peak(play(free, notes, is_drums=True)[0], 0.8, 0.99) == pytest.approx(FULL, rel=0.01)


def test_reverb_rings_on_and_chorus_widens_and_a_part_without_is_dry() -> None:
    short = [Note(0, 0.2, 60, 127)]
    wanted: Values = {**LOOPED, Gen.REVERB: 500, Gen.CHORUS: 500}
    dry, wet, wide = play(wanted, short), play(wanted, short, reverb=0.3), play(wanted, chorus=0.8)
    assert peak(dry[0], 0.4, 1.4) == 0
    assert -30 < db(peak(wet[0], 0.4, 0.6), FULL) < -10
    assert db(peak(wet[0], 1.2, 1.4), peak(wet[0], 0.4, 0.6)) < -15
    assert np.allclose(dry[0], dry[1], atol=1e-6)
    assert np.abs(wide[0] - wide[1]).max() > 0.1 * FULL


def test_blocks_are_exact_and_without_seams_and_the_end_is_faded() -> None:
    font = read_font(make_font([MadeZone(LOOPED)]))
    score = Score((Part("part", 0, False, (Note(0, 10, 60, 127),), reverb=0),), 1.2345, 120, "C major", (4, 4))
    blocks = list(Synth(font, 44100).render(score))
    sound = np.concatenate(blocks, axis=1)
    assert sound.shape == (2, round(1.2345 * 44100))
    assert sound.dtype == np.float32
    assert all(block.shape[1] <= 22050 for block in blocks)
    curve = np.abs(np.diff(sound[0], 2))[100:]
    assert curve.max() < 1.2 * FULL * (2 * np.pi * HERTZ / 44100) ** 2
    assert abs(float(sound[0, -1])) < 0.001 * FULL


def test_what_is_cached_sounds_as_what_is_not() -> None:
    font = read_font(make_font([MadeZone({**LOOPED, Gen.VIBRATO_LFO_TO_PITCH: 30, Gen.CUTOFF: 8000})]))
    score = Score((Part("part", 0, False, (NOTE, Note(1.1, 0.3, 60, 80)), reverb=0),), 2, 120, "C major", (4, 4))
    synth = Synth(font, RATE)
    first, second = (np.concatenate(list(synth.render(score)), axis=1) for _ in range(2))
    assert np.array_equal(first, second)


def test_memory_does_not_grow_with_the_length_of_notes() -> None:
    font = read_font(make_font([MadeZone(LOOPED)]))
    notes = tuple(Note(0, 600, key, 100) for key in range(40, 60))
    blocks = Synth(font, 8000).render(Score((Part("part", 0, False, notes),), 600, 120, "C major", (4, 4)))
    for _block in itertools.islice(blocks, 40):
        pass
    tracemalloc.start()
    for _block in itertools.islice(blocks, 200):
        pass
    grown, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 20 * 8000 * 4 * 10
