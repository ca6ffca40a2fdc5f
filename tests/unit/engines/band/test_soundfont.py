# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts of the format: SoundFont technical specification 2.04."""

import struct
from pathlib import Path

import numpy as np
import pytest

from oscine.engines.band.generators import Generator as Gen
from oscine.engines.band.soundfont import FontInvalid, load_font, read_font
from tests.unit.engines.band.fontmaker import MadeZone, make_font, sine

LOW, HIGH = 0 | 59 << 8, 60 | 127 << 8


def test_zones_are_chosen_by_key_and_velocity() -> None:
    zones = [
        MadeZone({Gen.KEY_RANGE: LOW}),
        MadeZone({Gen.KEY_RANGE: HIGH, Gen.VELOCITY_RANGE: 0 | 63 << 8}, sample=1),
        MadeZone({Gen.KEY_RANGE: HIGH, Gen.VELOCITY_RANGE: 64 | 127 << 8}),
        MadeZone({Gen.KEY_RANGE: HIGH}, sample=1),
    ]
    font = read_font(make_font(zones, samples=[sine(), sine()]))
    preset = font.find_preset(0, is_drums=False)
    names = {
        (key, velocity): [layer.sample.name for layer in font.find_layers(preset, key, velocity)]
        for key, velocity in ((59, 100), (60, 63), (60, 64))
    }
    assert names == {(59, 100): ["sample 0"], (60, 63): ["sample 1"] * 2, (60, 64): ["sample 0", "sample 1"]}


def test_a_preset_adds_to_what_the_instrument_says() -> None:
    """§9.4: preset generators add; those that only an instrument may have are passed over."""
    contents = make_font(
        [MadeZone({Gen.FINE_TUNE: 10, Gen.CUTOFF: 9000})],
        preset={Gen.FINE_TUNE: 5, Gen.CUTOFF: -1200, Gen.PAN: 100, Gen.ROOT_KEY: 10},
    )
    font = read_font(contents)
    (layer,) = font.find_layers(font.find_preset(0, is_drums=False), 60, 100)
    given = layer.generators
    assert (given[Gen.FINE_TUNE], given[Gen.CUTOFF], given[Gen.PAN], given[Gen.ROOT_KEY]) == (15, 7800, 100, -1)


def test_the_first_zone_without_a_sample_holds_for_all() -> None:
    """§7.7: the first zone of an instrument is global if it does not end in a sample."""
    font = read_font(_with_global_zone())
    (layer,) = font.find_layers(font.find_preset(0, is_drums=False), 60, 100)
    assert (layer.generators[Gen.PAN], layer.generators[Gen.ATTENUATION]) == (200, 30)


def _with_global_zone() -> bytes:
    """The first of two zones, its sample turned into a generator of no effect (60, unused)."""
    zones = [MadeZone({Gen.PAN: 200, Gen.ATTENUATION: 10}), MadeZone({Gen.ATTENUATION: 30})]
    contents = make_font(zones)
    at = contents.index(b"igen") + 8 + 2 * 4
    assert struct.unpack_from("<H", contents, at) == (Gen.SAMPLE,)
    return contents[:at] + struct.pack("<H", 60) + contents[at + 2 :]


def test_the_lower_bits_count() -> None:
    samples = [sine(400)]
    frames = len(samples[0]) + 46
    font = read_font(make_font(samples=samples, low_bytes=bytes([128]) * frames))
    plain = read_font(make_font(samples=samples))
    assert np.allclose(font.read_frames(0, 400) - plain.read_frames(0, 400), 0.5 / 32768)


def test_the_nearest_instrument_stands_in_but_never_for_drums() -> None:
    font = read_font(make_font())
    assert font.find_preset(90, is_drums=False).name == "preset"
    with pytest.raises(FontInvalid, match="no drum kit"):
        font.find_preset(0, is_drums=True)


def test_files_that_are_something_else(tmp_path: Path) -> None:
    good = make_font()
    at = good.index(b"ifil") + 8
    for contents, said in (
        (b"", "does not begin"),
        (b"RIFF\x10\0\0\0WAVE" + bytes(8), "does not begin"),
        (good[:-10], "cut off"),
        (good[:at] + b"\3" + good[at + 1 :], "version 3"),
        (make_font(kind=0x11), "SF3"),
        (good.replace(b"smpl", b"lpms"), "smpl"),
        (good.replace(b"pgen", b"negp"), "pgen is missing"),
    ):
        with pytest.raises(FontInvalid, match=said):
            read_font(contents)
    with pytest.raises(FontInvalid, match="No such file"):
        load_font(tmp_path / "none.sf2")


def test_what_points_outside_is_refused() -> None:
    with pytest.raises(FontInvalid, match="names what is not there"):
        read_font(make_font([MadeZone(sample=7)]))
    good = make_font()
    at = good.index(b"shdr") + 8 + 24
    with pytest.raises(FontInvalid, match="outside"):
        read_font(good[:at] + struct.pack("<I", 1 << 30) + good[at + 4 :])


def test_too_much_at_once_is_refused() -> None:
    font = read_font(make_font([MadeZone()] * 65))
    with pytest.raises(FontInvalid, match="64 samples"):
        font.find_layers(font.find_preset(0, is_drums=False), 60, 100)
    with pytest.raises(FontInvalid, match="4096 zones"):
        read_font(make_font([MadeZone()] * 4097))
