# SPDX-License-Identifier: GPL-3.0-or-later
import io

import pytest
from mido import MidiFile

from oscine.domain.music import PITCH_BEND, Control, Note, Part, Score, Section
from oscine.engines.band.midi import write_midi


def score(*parts: Part, metre: tuple[int, int] = (4, 4)) -> Score:
    sections = (Section("intro", 0, 2), Section("verse", 2, 2))
    return Score(parts, 4, 90, "A minor", metre, "Étude", sections)


def read(contents: bytes) -> MidiFile:
    return MidiFile(file=io.BytesIO(contents), charset="utf-8")


def test_notes_keep_their_times() -> None:
    notes = (Note(0.5, 0.25, 60, 100), Note(1.0, 1.5, 64, 80))
    now, heard = 0.0, []
    for message in read(write_midi(score(Part("p", 5, False, notes)))):
        now += message.time
        if message.type.startswith("note"):
            heard.append((message.type, message.note, round(now, 2)))
    assert heard == [("note_on", 60, 0.5), ("note_off", 60, 0.75), ("note_on", 64, 1.0), ("note_off", 64, 2.5)]


def test_length_tempo_metre_title_and_sections() -> None:
    file = read(write_midi(score(Part("lead", 0, False, (Note(0, 1, 60, 1),)), metre=(6, 8))))
    first = {message.type: message for message in file.tracks[0]}
    assert file.length == pytest.approx(4, abs=0.01)
    assert first["set_tempo"].tempo == pytest.approx(60e6 / 45, abs=1)  # quarters: half as many as eighths
    assert (first["time_signature"].numerator, first["time_signature"].denominator) == (6, 8)
    assert [track.name for track in file.tracks] == ["Étude", "lead"]
    assert [message.text for message in file.tracks[0] if message.type == "marker"] == ["intro", "verse"]


def test_drums_are_on_channel_ten_and_nobody_else() -> None:
    parts = [Part(str(n), n, n == 3, (Note(0, 1, 60, 90),)) for n in range(12)]
    file = read(write_midi(score(*parts)))
    channels = [{m.channel for m in track if not m.is_meta} for track in file.tracks[1:]]
    assert channels[3] == {9}
    assert sorted(channel for used in channels for channel in used) == list(range(12))
    with pytest.raises(ValueError, match="16 parts"):
        write_midi(score(*(Part(str(n), n, False, ()) for n in range(16))))


def test_mix_and_controllers() -> None:
    controls = (Control(1, PITCH_BEND, -8192), Control(2, 11, 90))
    part = Part("p", 0, False, (), controls, gain_db=-6, pan=-1, reverb=0.5, chorus=1)
    track = read(write_midi(score(part))).tracks[1]
    values = {message.control: message.value for message in track if message.type == "control_change"}
    assert values == {7: 71, 10: 1, 91: 64, 93: 127, 11: 90}
    assert [message.pitch for message in track if message.type == "pitchwheel"] == [-8192]


def test_a_key_struck_again_is_let_go_first() -> None:
    part = Part("p", 0, False, (Note(0, 2, 60, 90), Note(1, 2, 60, 90)))
    kinds = [message.type for message in read(write_midi(score(part))).tracks[1] if message.type.startswith("note")]
    assert kinds == ["note_on", "note_off", "note_on", "note_off"]
