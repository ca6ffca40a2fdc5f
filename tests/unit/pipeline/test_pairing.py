# SPDX-License-Identifier: GPL-3.0-or-later
"""Characters and audio that go together."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.alignment import Alignment
from oscine.pipeline.finish import Chunk
from oscine.pipeline.pairing import Pairing, Part

NONE = Alignment()


def times(text: str, *bounds: float) -> Alignment:
    return Alignment(list(text), list(bounds[:-1]), list(bounds[1:]))


def test_a_part_ends_with_its_audio() -> None:
    pairing = Pairing()
    known = times("Hi you", 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    (first,) = pairing.add(Chunk(b"12", known, known, 0.25))
    assert (first.audio, first.alignment) == (b"12", times("Hi ", 0.0, 0.1, 0.2, 0.25))
    (second,) = pairing.add(Chunk(b"3", NONE, NONE, 0.6))
    assert (second.start_s, second.alignment) == (0.25, times("you", 0.3, 0.4, 0.5, 0.6))


def test_audio_waits_until_it_is_known_what_is_heard_in_it() -> None:
    pairing = Pairing()
    known = times("Hi", 0.0, 0.1, 0.2)
    assert list(pairing.add(Chunk(b"1", known, known, 0.5))) == []
    rest = times("!", 0.2, 0.7)
    (part,) = pairing.add(Chunk(b"2", rest, rest, 0.7))
    assert (part.audio, "".join(part.alignment.characters)) == (b"12", "Hi!")


def test_audio_does_not_wait_for_what_is_heard_after_it() -> None:
    pairing = Pairing()
    assert list(pairing.add(Chunk(b"1", NONE, NONE, 0.15))) == []
    known = times("Hi", 0.0, 0.1, 0.3)
    (part,) = pairing.add(Chunk(b"2", known, known, 0.5))
    assert (part.audio, part.alignment) == (b"1", times("Hi", 0.0, 0.1, 0.15))
    (rest,) = pairing.rest()
    assert (rest.audio, rest.alignment, rest.start_s) == (b"2", NONE, 0.15)


def test_audio_without_characters_leaves_in_the_end() -> None:
    pairing = Pairing()
    assert list(pairing.add(Chunk(b"1", NONE, NONE, 0.5))) == []
    assert list(pairing.rest()) == [Part(b"1", NONE, NONE, 0.0)]
    assert list(pairing.rest()) == []


def test_nothing_is_left_after_the_end() -> None:
    pairing = Pairing()
    known = times("Hi", 0.0, 0.4, 0.5)
    list(pairing.add(Chunk(b"1", known, known, 0.3)))
    (last,) = pairing.close(Chunk(b"2", NONE, NONE, 0.49))
    assert (last.audio, last.alignment) == (b"2", times("i", 0.4, 0.5))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50)), max_size=30))
def test_parts_laid_end_to_end_are_the_stream(steps: list[tuple[int, int]]) -> None:
    """Each step: so many characters of 10 ms become known, so many milliseconds of audio are encoded."""
    pairing, parts = Pairing(), list[Part]()
    known_ms = encoded_ms = count = 0
    for characters, audio_ms in steps:
        begins = [(known_ms + 10 * i) / 1000 for i in range(characters + 1)]
        heard = Alignment([chr(65 + (count + i) % 26) for i in range(characters)], begins[:-1], begins[1:])
        known_ms, count = known_ms + 10 * characters, count + characters
        encoded_ms += audio_ms  # at times ahead of what is known
        parts += pairing.add(Chunk(b"x", heard, heard, encoded_ms / 1000))
    end_s = max(known_ms, encoded_ms) / 1000
    parts += pairing.close(Chunk(b"", NONE, NONE, end_s))
    assert b"".join(part.audio for part in parts) == b"x" * len(steps)
    assert "".join(c for part in parts for c in part.alignment.characters) == "".join(
        chr(65 + i % 26) for i in range(count)
    )
    timed = [part for part in parts if len(part.alignment)]
    for left, right in pairwise(timed):
        assert left.alignment.ends_s[-1] == right.start_s
    for part in timed:
        assert part.start_s <= part.alignment.starts_s[0]
        assert list(part.alignment.starts_s) == sorted(part.alignment.starts_s)
    if timed:  # what sounds on after the last character began to be heard may come without any
        assert timed[-1].alignment.ends_s[-1] <= end_s
