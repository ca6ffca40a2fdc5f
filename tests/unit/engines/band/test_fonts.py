# SPDX-License-Identifier: GPL-3.0-or-later
import sys
from pathlib import Path

import pytest

from oscine.domain.problems import EngineUnavailable
from oscine.engines.band import fonts
from oscine.engines.band.soundfont import load_font


def test_the_default_font_is_whole_and_its_package_is_not_imported() -> None:
    font = load_font(fonts.find_font(None))
    assert {(0, program) for program in range(128)} <= font.presets.keys()
    assert (128, 0) in font.presets
    assert "pretty_midi" not in sys.modules


def test_a_font_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.sf2"
    path.touch()
    assert fonts.find_font(path) == path
    with pytest.raises(EngineUnavailable, match="OSCINE_SOUNDFONT"):
        fonts.find_font(tmp_path / "other.sf2")


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGE", "no-such-package")
    with pytest.raises(EngineUnavailable, match=r"oscine\[music\]"):
        fonts.find_font(None)
