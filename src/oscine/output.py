# SPDX-License-Identifier: GPL-3.0-or-later
"""Where commands write audio, and in which format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from oscine.domain.audio import AudioFormat, find_format

_BY_ENDING = {
    ".mp3": "mp3_44100_128",
    ".wav": "wav_44100",
    ".opus": "opus_48000_64",
    ".ogg": "opus_48000_64",
    ".aac": "aac_44100_128",
    ".flac": "flac_24000",
    ".pcm": "pcm_24000",
    ".ulaw": "ulaw_8000",
    ".alaw": "alaw_8000",
}


def format_for(output: str, name: str | None) -> AudioFormat:
    """The format of that name, else by the ending of the path; MP3 on standard output.

    output: path, or - for standard output. Raises: FormatUnknown, click.ClickException for an ending that names none.
    """
    ending = Path(output).suffix.lower()
    if name is not None:
        return find_format(name)
    if output == "-":
        return find_format("mp3_44100_128")
    if ending not in _BY_ENDING:
        raise click.ClickException(
            f"{ending or 'No ending'!r} names no audio format. Use one of {', '.join(_BY_ENDING)}, or say -f."
        )
    return find_format(_BY_ENDING[ending])


@contextmanager
def opened(output: str) -> Iterator[BinaryIO]:
    """A file to write to. It appears at its place only when it is whole."""
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(target)
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
