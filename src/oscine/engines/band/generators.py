# SPDX-License-Identifier: GPL-3.0-or-later
"""The generators of a SoundFont: the numbered values that say how a sample is played.

Source: SoundFont technical specification 2.04, §8.1.2 and §8.1.3.
"""

from __future__ import annotations

from enum import IntEnum


class Generator(IntEnum):
    """By the specification's numbers. Times in timecents, pitches and cutoffs in cents, levels in centibels."""

    START_OFFSET = 0
    END_OFFSET = 1
    LOOP_START_OFFSET = 2
    LOOP_END_OFFSET = 3
    START_OFFSET_COARSE = 4
    MOD_LFO_TO_PITCH = 5
    VIBRATO_LFO_TO_PITCH = 6
    MOD_ENVELOPE_TO_PITCH = 7
    CUTOFF = 8
    RESONANCE = 9
    MOD_LFO_TO_CUTOFF = 10
    MOD_ENVELOPE_TO_CUTOFF = 11
    END_OFFSET_COARSE = 12
    MOD_LFO_TO_VOLUME = 13
    CHORUS = 15
    REVERB = 16
    PAN = 17
    MOD_LFO_DELAY = 21
    MOD_LFO_FREQUENCY = 22
    VIBRATO_LFO_DELAY = 23
    VIBRATO_LFO_FREQUENCY = 24
    MOD_DELAY = 25
    MOD_ATTACK = 26
    MOD_HOLD = 27
    MOD_DECAY = 28
    MOD_SUSTAIN = 29
    MOD_RELEASE = 30
    KEY_TO_MOD_HOLD = 31
    KEY_TO_MOD_DECAY = 32
    VOLUME_DELAY = 33
    VOLUME_ATTACK = 34
    VOLUME_HOLD = 35
    VOLUME_DECAY = 36
    VOLUME_SUSTAIN = 37
    VOLUME_RELEASE = 38
    KEY_TO_VOLUME_HOLD = 39
    KEY_TO_VOLUME_DECAY = 40
    INSTRUMENT = 41
    KEY_RANGE = 43
    VELOCITY_RANGE = 44
    LOOP_START_OFFSET_COARSE = 45
    FIXED_KEY = 46
    FIXED_VELOCITY = 47
    ATTENUATION = 48
    LOOP_END_OFFSET_COARSE = 50
    COARSE_TUNE = 51
    FINE_TUNE = 52
    SAMPLE = 53
    LOOP_MODE = 54
    SCALE_TUNING = 56
    EXCLUSIVE_CLASS = 57
    ROOT_KEY = 58


G = Generator
KNOWN = frozenset(Generator)
"""All others are to be passed over."""

DEFAULTS: dict[int, int] = {
    G.CUTOFF: 13500,
    **dict.fromkeys((G.MOD_LFO_DELAY, G.VIBRATO_LFO_DELAY), -12000),
    **dict.fromkeys((G.MOD_DELAY, G.MOD_ATTACK, G.MOD_HOLD, G.MOD_DECAY, G.MOD_RELEASE), -12000),
    **dict.fromkeys((G.VOLUME_DELAY, G.VOLUME_ATTACK, G.VOLUME_HOLD, G.VOLUME_DECAY, G.VOLUME_RELEASE), -12000),
    **dict.fromkeys((G.FIXED_KEY, G.FIXED_VELOCITY, G.ROOT_KEY), -1),
    G.SCALE_TUNING: 100,
}
"""Those that are not 0 where a file says nothing."""

LIMITS: dict[int, tuple[int, int]] = {
    **dict.fromkeys((G.MOD_LFO_TO_PITCH, G.VIBRATO_LFO_TO_PITCH, G.MOD_ENVELOPE_TO_PITCH), (-12000, 12000)),
    **dict.fromkeys((G.MOD_LFO_TO_CUTOFF, G.MOD_ENVELOPE_TO_CUTOFF), (-12000, 12000)),
    G.CUTOFF: (1500, 13500),
    G.RESONANCE: (0, 960),
    G.MOD_LFO_TO_VOLUME: (-960, 960),
    **dict.fromkeys((G.CHORUS, G.REVERB, G.MOD_SUSTAIN), (0, 1000)),
    G.PAN: (-500, 500),
    **dict.fromkeys((G.MOD_LFO_DELAY, G.VIBRATO_LFO_DELAY, G.MOD_DELAY, G.VOLUME_DELAY), (-12000, 5000)),
    **dict.fromkeys((G.MOD_LFO_FREQUENCY, G.VIBRATO_LFO_FREQUENCY), (-16000, 4500)),
    **dict.fromkeys((G.MOD_HOLD, G.VOLUME_HOLD), (-12000, 5000)),
    **dict.fromkeys((G.MOD_ATTACK, G.MOD_DECAY, G.MOD_RELEASE), (-12000, 8000)),
    **dict.fromkeys((G.VOLUME_ATTACK, G.VOLUME_DECAY, G.VOLUME_RELEASE), (-12000, 8000)),
    **dict.fromkeys((G.KEY_TO_MOD_HOLD, G.KEY_TO_MOD_DECAY), (-1200, 1200)),
    **dict.fromkeys((G.KEY_TO_VOLUME_HOLD, G.KEY_TO_VOLUME_DECAY), (-1200, 1200)),
    **dict.fromkeys((G.VOLUME_SUSTAIN, G.ATTENUATION), (0, 1440)),
    G.COARSE_TUNE: (-120, 120),
    G.FINE_TUNE: (-99, 99),
    G.SCALE_TUNING: (0, 1200),
}
"""What a sum of zones and modulators is kept within."""

INSTRUMENT_ONLY = frozenset(
    {
        *(G.START_OFFSET, G.END_OFFSET, G.LOOP_START_OFFSET, G.LOOP_END_OFFSET, G.START_OFFSET_COARSE),
        *(G.END_OFFSET_COARSE, G.LOOP_START_OFFSET_COARSE, G.LOOP_END_OFFSET_COARSE),
        *(G.FIXED_KEY, G.FIXED_VELOCITY, G.LOOP_MODE, G.EXCLUSIVE_CLASS, G.ROOT_KEY),
    }
)
"""Without effect in a preset's zones."""
NOT_ADDED = frozenset({G.INSTRUMENT, G.KEY_RANGE, G.VELOCITY_RANGE, G.SAMPLE})
"""Choose what is played, rather than how."""
