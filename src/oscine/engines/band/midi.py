# SPDX-License-Identifier: GPL-3.0-or-later
"""A score as a Standard MIDI File, format 1: a track for tempo and sections, and one for each part."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

from mido import Message, MetaMessage, MidiFile, MidiTrack, bpm2tempo

from oscine.domain.music import PITCH_BEND, Part, Score

_TICKS = 960
"""In a quarter note."""
_DRUM_CHANNEL = 9
_CHANNELS = tuple(channel for channel in range(16) if channel != _DRUM_CHANNEL)
_FULL = 100
"""Of 127: the volume of a part at 0 dB, so that there is room above."""
Event = tuple[float, int, Message | MetaMessage]
"""Seconds, order among those at one time, what happens."""


def write_midi(score: Score) -> bytes:
    """Drum parts share channel 10; the others have a channel each.

    Raises: ValueError for more than 15 parts that are not drums: MIDI has no more channels.
    """
    melodic = [part for part in score.parts if not part.is_drums]
    if len(melodic) > len(_CHANNELS):
        raise ValueError(f"{len(melodic)} parts beside the drums; a MIDI file has channels for {len(_CHANNELS)}")
    quarters_bpm = score.tempo_bpm * 4 / score.metre[1]
    file = MidiFile(type=1, ticks_per_beat=_TICKS, charset="utf-8")
    per_s = quarters_bpm / 60 * _TICKS
    file.tracks.append(_track(score.title, _conduct(score, quarters_bpm), per_s))
    channels = iter(_CHANNELS)
    for part in score.parts:
        channel = _DRUM_CHANNEL if part.is_drums else next(channels)
        file.tracks.append(_track(part.name, _play(part, channel), per_s))
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def _track(name: str, events: Iterator[Event], per_s: float) -> MidiTrack:
    """per_s: ticks a second."""
    track = MidiTrack([MetaMessage("track_name", name=name)])
    now = 0
    for at_s, _order, event in sorted(events, key=lambda event: event[:2]):
        at = max(round(at_s * per_s), now)
        track.append(event.copy(time=at - now))
        now = at
    return track


def _conduct(score: Score, quarters_bpm: float) -> Iterator[Event]:
    yield 0, 0, MetaMessage("set_tempo", tempo=bpm2tempo(quarters_bpm))
    yield 0, 0, MetaMessage("time_signature", numerator=score.metre[0], denominator=score.metre[1])
    for section in score.sections:
        yield section.start_s, 1, MetaMessage("marker", text=section.name)
    yield score.length_s, 2, MetaMessage("text", text="end")


def _play(part: Part, channel: int) -> Iterator[Event]:
    def control(at_s: float, number: int, value: float) -> Event:
        return at_s, 1, Message("control_change", channel=channel, control=number, value=min(max(round(value), 0), 127))

    yield 0, 0, Message("program_change", channel=channel, program=part.program)
    level = 10 ** (part.gain_db / 40)
    yield control(0, 7, _FULL * level)
    yield control(0, 10, 64 + 63 * part.pan)
    yield control(0, 91, 127 * part.reverb)
    yield control(0, 93, 127 * part.chorus)
    for change in part.controls:
        if change.number == PITCH_BEND:
            yield change.at_s, 1, Message("pitchwheel", channel=channel, pitch=change.value)
        else:
            by_part = {7: change.value * level, 10: change.value + 63 * part.pan}
            yield control(change.at_s, change.number, by_part.get(change.number, change.value))
    struck: dict[int, float] = {}
    for note in sorted(part.notes, key=lambda note: note.start_s, reverse=True):
        # struck again before it ends: the second key-down ends it, and its own key-up must not end the second
        end_s = min(note.start_s + note.length_s, struck.get(note.key, math.inf))
        struck[note.key] = note.start_s
        yield end_s, 2, Message("note_off", channel=channel, note=note.key)
        yield note.start_s, 3, Message("note_on", channel=channel, note=note.key, velocity=note.velocity)
