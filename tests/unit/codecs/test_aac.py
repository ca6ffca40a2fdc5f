# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from oscine.codecs.aac import DELAY, AacEncoder
from oscine.domain.audio import FORMATS, AudioFormat
from tests.unit.codecs.listening import encode, noise

FORMAT = FORMATS["aac_44100_128"]


def frames(body: bytes) -> list[bytes]:
    found = []
    while body:
        size = (body[3] & 3) << 11 | body[4] << 3 | body[5] >> 5
        found.append(body[:size])
        body = body[size:]
    return found


@pytest.mark.parametrize(("audio_format", "channels"), [(FORMAT, 1), (FORMAT.in_stereo, 2)])
def test_every_frame_says_what_it_is(audio_format: AudioFormat, channels: int) -> None:
    """Source: ISO/IEC 14496-3 tables 1.A.6, 1.A.7."""
    sound = noise(5000)
    body = encode(sound if channels == 1 else np.stack((sound, sound), axis=1), audio_format)
    for frame in frames(body):
        assert frame[:2] == b"\xff\xf1"  # no checksum
        assert frame[2] >> 6 == 1  # low complexity
        assert frame[2] >> 2 & 15 == 4  # 44100 Hz
        assert (frame[2] & 1) << 2 | frame[3] >> 6 == channels


@pytest.mark.parametrize("count", [1, 1023, 1024, 1025, 50_001])
def test_as_many_frames_as_the_sound_takes(count: int) -> None:
    assert len(frames(encode(noise(count), FORMAT))) == -(-(count + DELAY) // 1024)


def test_is_over_after_flush() -> None:
    encoder = AacEncoder(FORMAT)
    encoder.encode(noise(100))
    assert encoder.flush()
    assert encoder.flush() == b""
    with pytest.raises(RuntimeError, match="flushed"):
        encoder.encode(noise(100))


@pytest.mark.parametrize("audio_format", [AudioFormat("aac", 44100), AudioFormat("aac", 44000, 64)])
def test_other_formats_are_refused(audio_format: AudioFormat) -> None:
    with pytest.raises(ValueError, match="bit rate"):
        AacEncoder(audio_format)
