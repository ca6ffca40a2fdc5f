# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from oscine.pipeline.prompts import is_music


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("lo-fi pop hip-hop ambient music", True),  # seeds/004
        ("text", True),  # seeds/004
        ("Mysterious original soundtrack, themes of jungle, woodwinds, busy tribal percussion.", True),
        ("an acoustic guitar by the fire", True),
        ("ambient, dreamy", True),
        ("", True),
        ("heavy rain on a tin roof", False),
        ("Thunder! Then dogs barking.", False),
        ("footsteps in snow", False),
        ("a spaceship passing by", False),
    ],
)
def test_what_a_prompt_asks_for(prompt: str, expected: bool) -> None:
    assert is_music(prompt) is expected
