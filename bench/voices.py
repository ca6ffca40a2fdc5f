# SPDX-License-Identifier: GPL-3.0-or-later
"""How well the voices are understood, how fast and loud they are, and how far apart they sound.

    scripts/bench voices

Needs `pocketsphinx` (its default American English model, free decoding at 16 kHz) for the word error rates, and
`resemblyzer` for the likeness of speakers; what is missing is said and left out. Takes about ten minutes.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.calibrate_voices import speak
from bench.report import heading, ms, table
from oscine.audio.loudness import loudness_lufs
from oscine.audio.resample import Resampler
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.protocol import SpeechEngine
from oscine.engines.registry import open_engine
from oscine.voices.catalogue import Catalogue

SENTENCES = (
    "The train to the north leaves in about twenty minutes.",
    "Please bring me a glass of cold water and some bread.",
    "My brother works in a small office near the station.",
    "They were surprised to find the door open when they came home.",
    "It is going to rain in the afternoon, so take a coat.",
    "The children played in the garden until it was dark.",
    "We can talk about the money when you come back on Monday.",
    "He wrote a long letter to his mother every week.",
    "There is a new school on the other side of the river.",
    "I would like to know how much this house will cost.",
    "The doctor said that she should stay in bed for three days.",
    "Nobody knows who left the car in front of the hotel.",
    "The two countries have agreed to end the war this year.",
    "You should never believe everything that you read in the paper.",
    "Our company sold more than five hundred cars last month.",
    "The old man sat by the window and looked at the street.",
    "Could you tell me the way to the nearest hospital?",
    "She has been learning English for almost six years.",
    "The president will meet members of the government on Thursday.",
    "After dinner we walked along the beach for an hour.",
    "The price of oil has gone up again since the beginning of March.",
    "His father bought the farm when he was a young man.",
    "Most people think that the law should be changed.",
    "I forgot to turn off the light in the kitchen.",
    "The teacher asked us to write about our summer holiday.",
    "This is the best book that I have read in a long time.",
    "The police are still looking for the men who robbed the bank.",
    "It took them nearly four hours to reach the top of the mountain.",
    "Everyone was happy because the team had won the game.",
    "You can see the whole city from the roof of that building.",
    "The meeting will begin at nine and should be over by noon.",
    "If you need more time, just call me tomorrow morning.",
)
"""Everyday English in words that the recogniser's model knows."""
_HEARD_RATE = 16000
_LIKENESS_SENTENCES = (SENTENCES[3:5], SENTENCES[10:12], SENTENCES[16:18])
"""Three utterances of about seven seconds."""
_BESIDE = {"espeak Klatt": Timbre("klatt4", 118.0, gain_db=3.5)}
"""The engine espeak has no sound but Klatt's."""

Vector = NDArray[np.float64]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest words to put in, take out or change that make one into the other."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def _for_ears(samples: Samples, rate: int) -> Samples:
    """At the rate that the listeners were trained on."""
    resampler = Resampler(rate, _HEARD_RATE)
    return np.concatenate([resampler.process(samples), resampler.flush()])


class Listener:
    """Writes down what it hears."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder = Decoder(samprate=_HEARD_RATE)

    def errors(self, samples: Samples, rate: int, text: str) -> int:
        heard = _for_ears(samples, rate)
        pcm = (np.clip(heard, -1, 1) * 32767).astype("<i2").tobytes()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        guess = self._decoder.hyp()
        return word_errors(words(text), words(guess.hypstr if guess else ""))


def load_ear() -> Callable[[Samples, int], Vector] | None:
    """Sound → a direction that stands for its speaker; none if resemblyzer is not installed."""
    if importlib.util.find_spec("resemblyzer") is None:
        return None
    from resemblyzer import VoiceEncoder

    encoder: Any = VoiceEncoder("cpu", verbose=False)

    def listen(samples: Samples, rate: int) -> Vector:
        heard = _for_ears(samples, rate)
        heard = heard * (10 ** (-30 / 20) / np.sqrt(np.mean(heard**2)))  # the level that it was trained on
        return np.asarray(encoder.embed_utterance(heard), np.float64)

    return listen


def first_take_s(engine: SpeechEngine, timbre: Timbre, text: str) -> float:
    everything = Run(0, len(text), 0, len(text))
    segment = Segment(text, "en", 0, len(text), (everything,), Boundary.EDGE, Boundary.EDGE)
    start = time.perf_counter()
    takes = engine.speak(segment, timbre, VoiceSettings(), 1)
    while not len(next(takes).samples):
        pass
    elapsed = time.perf_counter() - start
    for _ in takes:
        pass
    return elapsed


def hear(engine: SpeechEngine, timbre: Timbre, listener: Listener | None) -> list[object]:
    """WER, real-time factor, first take, loudness and peak of all sentences."""
    rate = engine.card.rate
    speak(engine, timbre, SENTENCES[0])
    start = time.process_time()
    spoken = [speak(engine, timbre, sentence) for sentence in SENTENCES]
    spent = time.process_time() - start
    everything = np.concatenate(spoken)
    wer = "–"
    if listener:
        wrong = sum(listener.errors(sound, rate, text) for sound, text in zip(spoken, SENTENCES, strict=True))
        wer = f"{wrong / sum(len(words(text)) for text in SENTENCES):.3f}"
    first = float(np.median([first_take_s(engine, timbre, text) for text in SENTENCES[:7]]))
    return [
        wer,
        f"{spent / (len(everything) / rate):.3f}",
        ms(first),
        f"{loudness_lufs(everything, rate):.1f}",
        f"{np.abs(everything).max():.2f}",
    ]


def main() -> None:
    voices = [voice for voice in Catalogue() if not voice.is_legacy]
    count = sum(len(words(text)) for text in SENTENCES)
    heading(f"The voices of today, {len(SENTENCES)} sentences of {count} words")
    listener = Listener() if importlib.util.find_spec("pocketsphinx") else None
    if not listener:
        print("No word error rates: pocketsphinx is not installed.\n")
    columns = ["voice", "WER", "real-time factor", "first take", "LUFS", "peak"]
    hts, espeak = open_engine("hts"), open_engine("espeak")
    rows = [[name, *hear(espeak, timbre, listener)] for name, timbre in _BESIDE.items()]
    ours = [[voice.name, *hear(hts, voice.timbre("hts"), listener)] for voice in voices]
    table(columns, rows + ours)
    if listener:
        rates = [float(str(row[1])) for row in ours]
        print(f"\nWER: mean {np.mean(rates):.3f}, worst {max(rates):.3f}")
    _compare(hts, {voice.name: voice.timbre("hts") for voice in voices})
    hts.close()
    espeak.close()


def _compare(engine: SpeechEngine, timbres: dict[str, Timbre]) -> None:
    listen = load_ear()
    if listen is None:
        print("\nNo likeness of speakers: resemblyzer is not installed.")
        return
    heard = {
        name: [
            listen(np.concatenate([speak(engine, timbre, text) for text in texts]), engine.card.rate)
            for texts in _LIKENESS_SENTENCES
        ]
        for name, timbre in timbres.items()
    }
    selves = {name: min(float(a @ b) for a, b in combinations(each, 2)) for name, each in heard.items()}
    means = {name: np.mean(each, axis=0) / np.linalg.norm(np.mean(each, axis=0)) for name, each in heard.items()}
    pairs = sorted(((float(means[a] @ means[b]), a, b) for a, b in combinations(means, 2)), reverse=True)
    print(
        f"\nLikeness of two voices (cosine): mean {np.mean([pair[0] for pair in pairs]):.3f}; "
        f"of a voice with itself in other sentences: least {min(selves.values()):.3f} "
        f"({min(selves, key=selves.__getitem__)}), mean {np.mean(list(selves.values())):.3f}\n"
    )
    table(["most alike", "", "cosine"], [[a, b, f"{likeness:.3f}"] for likeness, a, b in pairs[:10]])


if __name__ == "__main__":
    main()
