# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.engines.band.vocabulary import find_unknown


@pytest.mark.parametrize(
    "prompt",
    [
        "Mysterious jungle soundtrack with woodwinds and busy tribal percussion",
        "A 30-second intro, then a drop at 1:00; 128 bpm in F# minor, 6/8, no drums",
        "upbeat folk with banjos in D major, without vocals, that builds up and fades out",
        "lo-fi hip-hop, laid-back, for the background of a video",
        "",
    ],
)
def test_what_the_band_knows_is_not_reported(prompt: str) -> None:
    assert find_unknown(prompt) == ()


def test_strange_words_are_named_once_in_their_order() -> None:
    assert find_unknown("A zamboni waltz by a Klingon, on the Zamboni's roof") == (
        "zamboni",
        "klingon",
        "zamboni's",
        "roof",
    )


def test_tempos_that_nobody_plays() -> None:
    assert find_unknown("techno at 999 bpm") == ("999 bpm",)
    assert find_unknown("techno at 140 bpm") == ()


def test_floods_are_cut() -> None:
    assert len(find_unknown(" ".join(f"zq{'x' * n}" for n in range(200)))) == 50
