# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import mido
import numpy as np
import pytest
from click.testing import CliRunner

from oscine.cli import main


@pytest.fixture(autouse=True)
def own_house(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSCINE_DATA_DIR", str(tmp_path_factory.mktemp("house")))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["compose", *arguments])
    return result.exit_code, result.output


def test_a_prompt_becomes_a_stereo_file_and_a_score(tmp_path: Path) -> None:
    sound, midi = tmp_path / "piece.wav", tmp_path / "piece.mid"
    code, said = run(
        "techno in A minor, 128 bpm", "--length", "4.2", "--seed", "3", "-o", str(sound), "--midi", str(midi)
    )
    assert code == 0, said
    assert "Techno in A minor, 128 bpm, 4/4, 4.2 s, wav_44100" in said
    with wave.open(str(sound)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 44100, round(4.2 * 44100))
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    assert np.abs(samples).max() > 3000
    assert not np.array_equal(samples[:, 0], samples[:, 1])
    tracks = mido.MidiFile(file=io.BytesIO(midi.read_bytes())).tracks
    assert sum(message.type == "note_on" for track in tracks for message in track) > 20
    assert {path.name for path in tmp_path.iterdir()} == {"piece.wav", "piece.mid"}


@pytest.mark.parametrize(
    ("name", "arguments", "codec", "rate"),
    [("piece.opus", (), "opus", 48000), ("piece.x", ("-f", "mp3_48000_192"), "mp3float", 48000)],
)
def test_the_format_goes_by_the_ending_or_by_name(
    name: str, arguments: tuple[str, ...], codec: str, rate: int, tmp_path: Path
) -> None:
    code, said = run("calm piano for zambonis", "--length", "3", "-o", str(tmp_path / name), *arguments)
    assert code == 0, said
    assert "Words that changed nothing: zambonis." in said
    with av.open(str(tmp_path / name)) as file:
        (stream,) = file.streams.audio
        assert (stream.codec_context.name, stream.rate, stream.channels) == (codec, rate, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((" ",), "prompt is empty"),
        (("a" * 4101,), "at most 4100"),
        (("pop", "--length", "2"), "between 3 and 600"),
        (("pop", "--length", "nan"), "between 3 and 600"),
        (("a song with a female singer",), "no singer"),
        (("pop", "-o", "piece.xyz"), "names no audio format"),
        (("pop", "-o", "-", "--midi", "-"), "the same place"),
        (("pop", "--length", "3", "-o", "nowhere/at/all.wav"), "Cannot write"),
    ],
)
def test_what_cannot_be_made_is_said(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = run(*arguments)
    assert code == 1
    assert said in output
    assert "Traceback" not in output
    assert not list(tmp_path.iterdir())
