# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import pytest

from oscine.doctor import try_out
from oscine.domain.composition import MusicPrompt
from oscine.engines.workshop import MusicStage
from oscine.settings import load_settings


async def test_a_soundfont_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.sf2").write_bytes(b"RIFF")
    music = MusicStage.of(load_settings(soundfont=tmp_path / "mine.sf2", workers=1))
    await try_out(music, MusicPrompt("calm piano", seconds=3.0), "music: none")
    said = capsys.readouterr().out
    assert (
        "music: none. Engine 'band' did not start: The SoundFont that OSCINE_SOUNDFONT names cannot be played" in said
    )
