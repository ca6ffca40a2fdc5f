# SPDX-License-Identifier: GPL-3.0-or-later
"""What espeak makes of a sentence in each of the 74 languages: `python -m bench.languages [code …]`.

One line each: code, the phonemes as it speaks them, milliseconds until all of it is spoken. Meant to be read by
someone who knows the language; the sentences all say about "Yesterday I went to the shop and bought some bread."
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import espeakng_loader

from bench.sentences import SENTENCES
from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Segment
from oscine.engines.espeak.driver import EventKind, Instance, copy_events, read_events
from oscine.engines.espeak.languages import Languages
from oscine.engines.espeak.mnemonics import take_inventory
from oscine.engines.espeak.pronunciation import pronounce
from oscine.engines.espeak.script import write_script


def phonemes(code: str, text: str) -> str:
    """espeak's phonemes for a text, a space before each word."""
    data_dir = espeakng_loader.get_data_path()
    language = Languages(Path(data_dir)).find(code)
    runs = (Run(0, len(text), 0, len(text)),)
    segment = Segment(text, code, 0, len(text), runs, Boundary.EDGE, Boundary.EDGE)
    segment = Segment(
        text, code, 0, len(text), runs, Boundary.EDGE, Boundary.EDGE, 0.0, pronounce(language.tag, segment)
    )
    instance = Instance(Path(espeakng_loader.get_library_path()).read_bytes(), data_dir)
    heard: list[str] = []

    def listen(_samples: int, _count: int, events: int) -> int:
        heard.extend(" " if e.kind is EventKind.WORD else e.name for e in read_events(copy_events(events)))
        return 0

    try:
        instance.set_voice(f"{language.description}\nklatt 4")
        inventory = take_inventory(instance, Path(data_dir), language.phoneme_table) if segment.phonemes else None
        names = [inventory.spell(given.ipa) for given in segment.phonemes] if inventory else []
        script = write_script(segment, names)
        instance.synthesise(script.text, listen, reads_mnemonics=script.reads_mnemonics)
    finally:
        instance.close()
    return "".join(heard).strip()


def main(codes: list[str]) -> None:
    for code in codes or SENTENCES:
        before = time.perf_counter()
        said = phonemes(code, SENTENCES[code])
        print(f"{code:4} {(time.perf_counter() - before) * 1000:5.0f} ms  {said}")


if __name__ == "__main__":
    main(sys.argv[1:])
