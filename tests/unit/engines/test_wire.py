# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from oscine.domain.alignment import Mark, Run
from oscine.domain.expression import Expression
from oscine.domain.speech import Boundary, Phonemes, Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines import wire
from oscine.engines.protocol import Card

SOURCE = Path(wire.__file__).parents[2]


def test_requests_survive_the_wire() -> None:
    segment = Segment(
        "naïve 🙂",
        "pt-BR",
        0,
        7,
        (Run(0, 7, 0, 7),),
        Boundary.CUT,
        Boundary.PARAGRAPH,
        phonemes=(Phonemes(0, 5, "naˈiv"),),
        expression=Expression(1.25, 0.5, 0.75, -6.0, 0.25, 0.125, 1.0, 0.5, is_sung=True, accent="fr"),
        emphases=((0, 5), (6, 7)),
    )
    timbre = Timbre("f2", 210.0, 1.5, 0.5, 1.25, 0.25, -0.5, -3.0)
    settings = VoiceSettings(0.25, 0.5, 0.75, False, 1.5, is_light=True)
    for seed in (None, 0, 2**32 - 1):
        read = wire.read_request(wire.write_request(segment, timbre, settings, seed))
        assert read == (segment, timbre, settings, seed)


def test_vocalisations_survive_the_wire() -> None:
    segment = Segment("", "en", 0, 0, (), Boundary.CUT, Boundary.CUT, vocalisation="laugh")
    read, *_ = wire.read_request(wire.write_request(segment, Timbre("f2", 210.0), VoiceSettings(), None))
    assert read.vocalisation == "laugh"
    assert read.expression == Expression()


def test_cards_survive_the_wire() -> None:
    card = Card("x", 22050, ("de", "en"), True, "GPL-3.0-or-later", "someone")
    assert wire.read_card(wire.write_card(card)) == card


def test_takes_survive_the_wire_to_16_bits() -> None:
    samples = np.array([0.0, 1.0, -1.0, 0.25, 2.0], np.float32)
    take = Take(samples, 22050, (Mark(0, 3, 0.5, 0.75),))
    read = wire.read_take(wire.write_take(take), 22050)
    assert read.marks == take.marks
    np.testing.assert_allclose(read.samples, np.clip(samples, -1, 1), atol=1 / 32767)


def test_generated_code_is_that_of_the_contract(tmp_path: Path) -> None:
    generate = SOURCE.parent / "scripts" / "contract"
    subprocess.run([generate, tmp_path], check=True, env={**os.environ, "PROTOC_PYTHON": sys.executable})
    for name in ("engine_pb2.py", "engine_pb2.pyi", "engine_pb2_grpc.py"):
        fresh = (tmp_path / "oscine" / "engines" / name).read_text()
        if fresh != (SOURCE / "oscine" / "engines" / name).read_text():
            pytest.fail(f"{name} is stale: run scripts/contract")
