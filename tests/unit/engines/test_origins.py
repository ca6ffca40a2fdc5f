# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.domain.voice import Timbre
from oscine.engines.hts.speakers import SPEAKERS, read_variant
from oscine.engines.origins import Origin, find_origin
from oscine.voices.catalogue import Catalogue


@pytest.mark.parametrize(
    ("variant", "base", "licence"),
    [
        ("slt", "CMU ARCTIC slt, through RHVoice", "LicenseRef-CMU"),
        ("clb@en-gb", "CMU ARCTIC clb, through RHVoice", "LGPL-2.1-or-later"),
        (
            "slt:0.2+bdl:0.5+clb:0.3",
            "CMU ARCTIC bdl, clb and slt, through RHVoice",
            "LGPL-2.1-or-later AND LicenseRef-CMU",
        ),
        ("", "CMU ARCTIC bdl, through RHVoice", "LGPL-2.1-or-later"),
    ],
)
def test_a_mixture_names_all_it_is_made_from(variant: str, base: str, licence: str) -> None:
    """The terms: docs/attribution.md."""
    assert find_origin("hts", Timbre(variant, 110.0)) == Origin(base, licence)


def test_every_voice_of_the_catalogue_has_an_origin_in_each_engine() -> None:
    for voice in Catalogue():
        for engine_id, timbre in voice.timbres.items():
            origin = find_origin(engine_id, timbre)
            assert origin is not None
            if engine_id == "hts":
                assert {name for name, _ in read_variant(timbre.variant, timbre.pitch_hz).parts} == {
                    name for name in SPEAKERS if name in origin.base.replace(",", "").split()
                }


def test_of_other_engines_nothing_is_known_here() -> None:
    assert find_origin("mine", Timbre("", 110.0)) is None
