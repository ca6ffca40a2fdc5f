# SPDX-License-Identifier: GPL-3.0-or-later
"""The ctypes driver: instances apart, exact seeds, cancelling, nothing leaked."""

from __future__ import annotations

import gc
import os
from ctypes import string_at
from pathlib import Path

import pytest

from oscine.engines.espeak import driver
from oscine.engines.espeak.driver import Event, EventKind, Instance, Parameter, copy_events, read_events
from oscine.engines.espeak.languages import Languages

LEFT_BEHIND = Path("/tmp"), "oscine????????"  # noqa: S108 - where files go if memory cannot hold them
TEXT = "Seven sailors sang a song."


def left_behind() -> set[Path]:
    folder, pattern = LEFT_BEHIND
    return set(folder.glob(pattern))


def hear(instance: Instance, text: str, *, reads_mnemonics: bool = False) -> tuple[bytes, list[Event]]:
    audio: list[bytes] = []
    events: list[Event] = []

    def on_buffer(samples: int, count: int, address: int) -> int:
        audio.append(string_at(samples, 2 * count))
        events.extend(read_events(copy_events(address)))
        return 0

    assert instance.synthesise(text, on_buffer, reads_mnemonics=reads_mnemonics)
    return b"".join(audio), events


def fresh(library: bytes, data_dir: Path, languages: Languages, seed: int) -> bytes:
    instance = Instance(library, str(data_dir))
    instance.set_voice(f"{languages.find('en').description}\nklatt 4")
    instance.set_seed(seed)
    audio, _ = hear(instance, TEXT)
    instance.close()
    return audio


def test_events_name_words_and_phonemes(instance: Instance) -> None:
    """Positions are code points counted from 1 (reference/engines.md §3)."""
    _, events = hear(instance, "Zoë’s “naïve” café")
    words = [event.position for event in events if event.kind is EventKind.WORD]
    assert words[0] == 1
    assert words[-1] == "Zoë’s “naïve” café".index("café") + 1
    sounds = [event.name for event in events if event.kind is EventKind.PHONEME and event.name]
    assert sounds[:2] == ["z", "ˈoʊ"]
    assert [event.sample for event in events] == sorted(event.sample for event in events)


def test_a_fresh_instance_is_bit_exact(library: bytes, data_dir: Path, languages: Languages) -> None:
    """Repeated calls of one instance are not (reference/engines.md §3)."""
    assert fresh(library, data_dir, languages, 7) == fresh(library, data_dir, languages, 7)


def test_instances_share_nothing(instance: Instance, library: bytes, data_dir: Path, languages: Languages) -> None:
    """The loader must not take a second copy for the first, whose path it may resemble."""
    other = Instance(library, str(data_dir))
    other.set_voice(f"{languages.find('de').description}\nklatt 4")
    other.set_parameter(Parameter.RATE, 300)
    _, events = hear(instance, "the")
    assert [event.name for event in events if event.name] == ["ð", "ˈə"]
    other.close()
    _, again = hear(instance, "the")
    assert [event.name for event in again if event.name] == ["ð", "ˈə"]


def test_instances_leave_nothing_behind(library: bytes, data_dir: Path, languages: Languages) -> None:
    def count() -> tuple[int, int, int]:
        gc.collect()  # files that earlier tests left are not ours
        maps = Path("/proc/self/maps").read_text().count("memfd:oscine")
        return len(list(Path("/proc/self/fd").iterdir())), maps, len(left_behind())

    def resident_kb() -> int:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    for seed in range(20):
        fresh(library, data_dir, languages, seed)
    before, resident = count(), resident_kb()
    for seed in range(300):
        fresh(library, data_dir, languages, seed)
    assert count() == before
    assert resident_kb() - resident < 4000  # a copy is 1.3 MB: one in a hundred left would show


def test_without_files_in_memory_a_temporary_file_serves(
    library: bytes, data_dir: Path, languages: Languages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "memfd_create")
    before = left_behind()
    assert fresh(library, data_dir, languages, 7)
    assert left_behind() == before


def test_cancelling_stops_at_once_and_leaves_the_instance_usable(instance: Instance) -> None:
    calls = 0

    def refuse(_samples: int, _count: int, _events: int) -> int:
        nonlocal calls
        calls += 1
        return 1

    assert not instance.synthesise(TEXT * 50, refuse)
    assert calls == 1
    audio, events = hear(instance, TEXT)
    assert len(audio) > 2 * instance.rate
    assert [event.position for event in events if event.kind is EventKind.WORD] == [1, 7, 15, 20, 22]


def test_mnemonics_are_read_only_when_asked_for(instance: Instance) -> None:
    _, read = hear(instance, "[[h@l'oU]]", reads_mnemonics=True)
    _, spelled = hear(instance, "[[h@l'oU]]")
    names = [event.name for event in read if event.name]
    assert names == ["h", "ə", "l", "ˈoʊ"]
    assert names != [event.name for event in spelled if event.name]


def test_markup_in_text_is_text(instance: Instance) -> None:
    plain, _ = hear(instance, "one")
    marked, _ = hear(instance, "<break time='3s'/> one")
    assert len(marked) < len(plain) + 2 * 4 * instance.rate  # it is spelled out, no pause of 3 s
    _, events = hear(instance, "<break time='3s'/> one")
    assert "b" in {event.name for event in events}


def test_a_voice_that_is_none_is_refused(instance: Instance) -> None:
    with pytest.raises(driver.EspeakFailed):
        instance.set_voice("")
    instance.set_voice("language de\nklatt 4")


def test_data_that_is_not_there_is_refused(library: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(driver.EspeakFailed, match="data"):
        Instance(library, str(tmp_path / "nothing"))
