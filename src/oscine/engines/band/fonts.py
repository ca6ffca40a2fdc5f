# SPDX-License-Identifier: GPL-3.0-or-later
"""Which SoundFont the band plays on."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from oscine.domain.problems import EngineUnavailable

_PACKAGE, _NAME = "pretty_midi", "TimGM6mb.sf2"


def find_font(given: Path | None) -> Path:
    """`given` (the setting OSCINE_SOUNDFONT), or else TimGM6mb, which comes in the wheel of pretty_midi.

    That package is only looked into, never imported: nothing but the file is wanted of it.
    Raises: EngineUnavailable if there is no such file.
    """
    if given is not None:
        path = given.expanduser()
        if not path.is_file():
            raise EngineUnavailable(f"OSCINE_SOUNDFONT names {given}, which is no file. Name an .sf2 file, or nothing.")
        return path
    try:
        listed = files(_PACKAGE) or []
    except PackageNotFoundError:
        listed = []
    for file in listed:
        path = Path(str(file.locate()))
        if file.name == _NAME and path.is_file():
            return path
    raise EngineUnavailable(
        'There is no SoundFont to play on. Install one with: pip install "oscine[music]", or name an .sf2 file in '
        "OSCINE_SOUNDFONT."
    )
