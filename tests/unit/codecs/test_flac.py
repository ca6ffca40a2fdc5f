# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from oscine.codecs.flac import FlacEncoder, header
from oscine.codecs.pcm import to_s16
from oscine.domain.audio import FORMATS, AudioFormat
from tests.unit.codecs.listening import decode, encode, noise

FORMAT = FORMATS["flac_24000"]


def test_header_says_what_is_known() -> None:
    """Source: RFC 9639 §8.2."""
    unknown, known = header(FORMAT), header(FORMAT.in_stereo, 24000)
    assert unknown[:8] == b"fLaC\x80\x00\x00\x22"
    assert len(unknown) == len(known) == 42
    for head, channels, count in ((unknown, 1, 0), (known, 2, 24000)):
        fields = int.from_bytes(head[18:26], "big")
        assert fields >> 44 == 24000
        assert (fields >> 41 & 7) + 1 == channels
        assert (fields >> 36 & 31) + 1 == 16
        assert fields & (1 << 36) - 1 == count
        assert head[26:] == bytes(16)


@pytest.mark.parametrize("name", ["flac_24000", "flac_44100", "flac_48000"])
def test_nothing_is_lost(name: str) -> None:
    given = noise(10_007)
    heard = decode(encode(given, FORMATS[name]), FORMATS[name]).samples
    assert np.array_equal(heard * 32768, to_s16(given))


def test_blocks_are_those_of_the_header() -> None:
    """A player that seeks reckons with them."""
    for name in ("flac_24000", "flac_44100", "flac_48000"):
        audio_format = FORMATS[name]
        block = int.from_bytes(header(audio_format)[8:10], "big")
        encoder = FlacEncoder(audio_format)
        assert encoder.encode(noise(block - 1)) == header(audio_format)
        assert encoder.encode(noise(1))


def test_is_over_after_flush() -> None:
    encoder = FlacEncoder(FORMAT)
    encoder.encode(noise(100))
    assert encoder.flush()
    assert encoder.flush() == b""
    with pytest.raises(RuntimeError, match="flushed"):
        encoder.encode(noise(100))


def test_other_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="24000"):
        FlacEncoder(AudioFormat("flac", 22050))
