# SPDX-License-Identifier: GPL-3.0-or-later
"""How well the voices are understood, how fast and loud they are, and how far apart they sound.

    scripts/bench voices

Needs `pocketsphinx` (its default American English model, free decoding at 16 kHz) for the word error rates, and
`resemblyzer` (with `setuptools<81`) for the likeness of speakers; what is missing is said and left out. Takes about
ten minutes.

There are two word error rates. `WER` is of the samples as they are. `WER, faint noise` is of the same samples between
0.3 s of silence, all with noise 80 dB below full scale, as every recording has it: what espeak says holds silence of
exact zeros, which the recogniser was not trained on and fails at. To compare engines, take this one.

Likeness is measured on utterances of four sentences, some 12 s: eight of them for each voice, all sentences once. A
voice is the mean of its eight. The encoder averages over windows of 1.6 s, so the shorter an utterance, the more its
words count: with two sentences the same voice comes out about 0.03 less like itself. The figure for a voice with itself
is the least of all 28 pairs of utterances.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable, Iterable, Sequence
from ctypes import string_at
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from bench.calibrate_voices import speak
from bench.report import heading, ms, table
from oscine.audio.loudness import loudness_lufs
from oscine.audio.resample import Resampler
from oscine.domain.alignment import Run
from oscine.domain.audio import Samples
from oscine.domain.speech import Boundary, Segment, VoiceSettings
from oscine.domain.voice import Timbre
from oscine.engines.espeak.driver import Instance
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
_FAINT = 1e-4
"""−80 dBFS, RMS."""
_UTTERANCES = [SENTENCES[i : i + 4] for i in range(0, len(SENTENCES), 4)]
_KLATT = Timbre("klatt4", 118.0, gain_db=3.5)
"""The engine espeak has no sound but Klatt's."""

Vector = NDArray[np.float64]
Say = Callable[[str], Samples]


class Formants:
    """espeak's default voice, the plain formant synthesiser, which the engine espeak has no way to."""

    def __init__(self) -> None:
        data = Path(espeakng_loader.get_data_path())
        self._instance = Instance(Path(espeakng_loader.get_library_path()).read_bytes(), str(data))
        self._instance.set_voice((data / "lang/gmw/en-US").read_text(encoding="utf-8"))
        self.rate = self._instance.rate

    def say(self, text: str) -> Samples:
        pieces: list[bytes] = []

        def keep(samples: int, count: int, _events: int) -> int:
            pieces.append(string_at(samples, 2 * count) if count else b"")
            return 0

        self._instance.synthesise(text, keep)
        return np.frombuffer(b"".join(pieces), np.int16).astype(np.float32) / np.float32(32768)

    def close(self) -> None:
        self._instance.close()


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

    def errors(self, samples: Samples, rate: int, text: str, *, in_noise: bool = False) -> int:
        heard = _for_ears(samples, rate)
        if in_noise:
            heard = np.pad(heard, int(0.3 * _HEARD_RATE))
            heard = heard + np.random.default_rng(1).normal(0, _FAINT, len(heard)).astype(np.float32)
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


def hear(say: Say, rate: int, listener: Listener | None) -> list[object]:
    """Both WERs, real-time factor, loudness and peak of all sentences."""
    say(SENTENCES[0])
    start = time.process_time()
    spoken = [say(sentence) for sentence in SENTENCES]
    spent = time.process_time() - start
    everything = np.concatenate(spoken)
    rates = ["–", "–"]
    if listener:
        count = sum(len(words(text)) for text in SENTENCES)
        for i, in_noise in enumerate((False, True)):
            wrong = sum(
                listener.errors(sound, rate, text, in_noise=in_noise)
                for sound, text in zip(spoken, SENTENCES, strict=True)
            )
            rates[i] = f"{wrong / count:.3f}"
    return [
        *rates,
        f"{spent / (len(everything) / rate):.3f}",
        f"{loudness_lufs(everything, rate):.1f}",
        f"{np.abs(everything).max():.2f}",
    ]


def hear_engine(engine: SpeechEngine, timbre: Timbre, listener: Listener | None) -> list[object]:
    """The same, and the first take."""
    row = hear(partial(speak, engine, timbre), engine.card.rate, listener)
    return [*row, ms(float(np.median([first_take_s(engine, timbre, text) for text in SENTENCES[:7]])))]


def main() -> None:
    of_today = {voice.name: voice.timbre("hts") for voice in Catalogue() if not voice.is_legacy}
    legacy = {f"{voice.name} (legacy)": voice.timbre("hts") for voice in Catalogue() if voice.is_legacy}
    count = sum(len(words(text)) for text in SENTENCES)
    heading(f"The voices of today, {len(SENTENCES)} sentences of {count} words")
    listener = Listener() if importlib.util.find_spec("pocketsphinx") else None
    if not listener:
        print("No word error rates: pocketsphinx is not installed.\n")
    hts = open_engine("hts")
    ours = [[name, *hear_engine(hts, timbre, listener)] for name, timbre in _watch(of_today, "Listening")]
    columns = ["voice", "WER", "WER, faint noise", "real-time factor", "LUFS", "peak", "first take"]
    table(columns, [*_others(listener), *ours])
    if listener:
        for column in (1, 2):
            rates = [float(str(row[column])) for row in ours]
            print(f"\n{columns[column]}: mean {np.mean(rates):.3f}, worst {max(rates):.3f}")
    _compare_loudness(hts, of_today | legacy)
    _compare_speakers(hts, of_today, legacy)
    hts.close()


def _others(listener: Listener | None) -> list[list[object]]:
    """What stands beside our voices."""
    formants, klatt = Formants(), open_engine("espeak")
    rows = [
        ["espeak default", *hear(formants.say, formants.rate, listener), "–"],
        ["espeak Klatt", *hear_engine(klatt, _KLATT, listener)],
    ]
    formants.close()
    klatt.close()
    return rows


def _watch(timbres: dict[str, Timbre], what: str) -> Iterable[tuple[str, Timbre]]:
    return track(timbres.items(), what, console=Console(stderr=True), transient=True)


def _compare_loudness(engine: SpeechEngine, timbres: dict[str, Timbre]) -> None:
    rate = engine.card.rate
    loudness = {
        name: loudness_lufs(np.concatenate([speak(engine, timbre, text) for text in SENTENCES]), rate)
        for name, timbre in _watch(timbres, "Loudness")
    }
    softest, loudest = (choose(loudness, key=loudness.__getitem__) for choose in (min, max))
    print(
        f"Loudness of all {len(loudness)}: {loudness[softest]:.1f} ({softest}) "
        f"to {loudness[loudest]:.1f} ({loudest}) LUFS"
    )


def _compare_speakers(engine: SpeechEngine, of_today: dict[str, Timbre], legacy: dict[str, Timbre]) -> None:
    listen = load_ear()
    if listen is None:
        print("\nNo likeness of speakers: resemblyzer is not installed.")
        return
    heard = {
        name: [
            listen(np.concatenate([speak(engine, timbre, text) for text in texts]), engine.card.rate)
            for texts in _UTTERANCES
        ]
        for name, timbre in _watch(of_today | legacy, "Likeness")
    }
    selves = {name: min(float(a @ b) for a, b in combinations(heard[name], 2)) for name in of_today}
    means = {name: np.mean(each, axis=0) / np.linalg.norm(np.mean(each, axis=0)) for name, each in heard.items()}
    pairs = sorted(((float(means[a] @ means[b]), a, b) for a, b in combinations(means, 2)), reverse=True)
    ours = [pair for pair in pairs if pair[1] in of_today and pair[2] in of_today]
    print(
        f"\nLikeness of two voices (cosine): mean {np.mean([pair[0] for pair in ours]):.3f}; "
        f"of a voice with itself in other sentences: least {min(selves.values()):.3f} "
        f"({min(selves, key=selves.__getitem__)}), mean of the leasts {np.mean(list(selves.values())):.3f}\n"
    )
    table(["most alike", "", "cosine"], [[a, b, f"{likeness:.3f}"] for likeness, a, b in ours[:10]])
    print()
    table(["of all, legacy too", "", "cosine"], [[a, b, f"{likeness:.3f}"] for likeness, a, b in pairs[:10]])


if __name__ == "__main__":
    main()
