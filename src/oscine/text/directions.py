# SPDX-License-Identifier: GPL-3.0-or-later
"""Directions in square brackets: what words like "whispers" or "in a very tired voice" ask of a voice.

A direction is found by its words, each brought back to its stem, in the tables below. Words that say how much
("slightly", "very") scale what the others say; several moods in one direction act together. What names a sound that
no voice makes ("gunshot") is not for a voice, whatever else is said of it: it is a prompt for an engine of sounds.

Source: the vendor's list of tags and its remark that free-form ones are accepted (reference/api-facts.md §6). Figures
are ours; they follow what is known of acted emotions: Scherer 2003, Juslin & Laukka 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from oscine.domain.expression import NEUTRAL, Expression, Vocalisation

__all__ = [
    "ACCENTS",
    "LONGEST_PAUSE_S",
    "MOODS",
    "MUTE",
    "PAUSES_S",
    "SOUNDS",
    "VOCALISATIONS",
    "Direction",
    "find_direction",
    "find_mood",
    "intensity",
    "names_sound",
]

_Value = TypeVar("_Value")

LONGEST_PAUSE_S = 3.0
"""As for `<break>`."""


@dataclass(frozen=True, slots=True)
class Direction:
    """What one tag asks for; at least one of the four."""

    expression: Expression | None = None
    """Of the speech that follows; beside a vocalisation, of that sound."""
    vocalisation: Vocalisation | None = None
    pause_s: float = 0.0
    effect: str = ""
    """A prompt: what is heard beside the voice. With nothing else."""
    endures: bool = True
    """Whether the expression goes on after the tag."""
    resets: bool = False
    """Back to the voice as it is, accent included."""

    @property
    def is_heard(self) -> bool:
        """Whether the tag itself is a sound, of the voice or beside it."""
        return self.vocalisation is not None or bool(self.effect)


MOODS: dict[str, Expression] = {
    "whisper murmur mutter mumble hush": Expression(whisper=1.0, range=0.8, rate=0.94, volume_db=-7),
    "shout yell scream shriek holler bellow roar": Expression(1.25, 1.3, 1.02, 6, tilt=0.5),
    "loud": Expression(1.06, 1.1, volume_db=4, tilt=0.25),
    "quiet soft gentle": Expression(0.98, 0.85, 0.95, -5, tilt=-0.3, breath=0.1),
    "excited enthusiastic thrilled ecstatic energetic eager hyper pumped": Expression(1.16, 1.45, 1.1, 1.5, tilt=0.15),
    "happy cheerful joy delight glad amuse bubbly merry upbeat bright": Expression(1.09, 1.25, 1.04, 1, tilt=0.1),
    "playful mischievous tease cheeky sly smirk": Expression(1.07, 1.35, 0.97),
    "sad sorrow melancholy gloomy heartbroken depressed grief mourn somber despair dejected miserable": Expression(
        0.92, 0.65, 0.85, -2.5, tilt=-0.25, breath=0.08
    ),
    "angry furious rage mad outraged irate hostile": Expression(1.06, 1.25, 1.08, 4, tilt=0.4),
    "annoyed irritated frustrated exasperated grumpy impatient": Expression(1.03, 1.15, 1.05, 1.5, tilt=0.25),
    "curious inquisitive wonder intrigued question puzzled confused": Expression(1.07, 1.25, 0.96),
    "sarcastic ironic mock dry snide sardonic": Expression(0.95, 1.35, 0.86),
    "tired exhausted weary sleepy drowsy fatigue bored": Expression(0.9, 0.6, 0.8, -3, tilt=-0.2, breath=0.15),
    "nervous anxious worried uneasy tense awkward shy timid stress": Expression(
        1.08, 1.0, 1.08, -1, breath=0.1, tremor=0.35
    ),
    "afraid scared fear terrified frightened panic horrified desperate panicking": Expression(
        1.18, 1.2, 1.15, 0, tilt=0.1, breath=0.15, tremor=0.5
    ),
    "tearful teary choke": Expression(1.06, 0.85, 0.86, -1, breath=0.2, tremor=0.7),
    "tremble shaky quiver waver": Expression(tremor=0.7),
    "surprised amazed astonished shock awe impressed disbelief incredulous stunned": Expression(1.2, 1.5, 1.03, 1.5),
    "calm relaxed sooth peaceful serene reassuring comfort patient": Expression(0.97, 0.8, 0.9, -1.5, tilt=-0.15),
    "warm tender loving caring affectionate kind flirty flirtatious seductive sultry romantic sympathetic": Expression(
        0.96, 0.95, 0.92, -2, tilt=-0.2, breath=0.15
    ),
    "serious stern grave solemn formal cold commanding authoritative": Expression(0.94, 0.75, 0.95, 0.5, tilt=0.1),
    "confident bold proud firm assertive determined resolute triumphant": Expression(0.97, 1.1, 0.98, 2, tilt=0.2),
    "dramatic theatrical epic intense emphatic passionate": Expression(0.98, 1.45, 0.9, 2, tilt=0.15),
    "mysterious ominous menacing sinister threatening creepy eerie": Expression(0.9, 0.85, 0.84, -2, breath=0.2),
    "flat deadpan monotone robot robotic emotionless expressionless": Expression(1.0, 0.15),
    "hesitant unsure uncertain stammer stutter reluctant doubtful resigned": Expression(1.02, 0.85, 0.84, -1.5),
    "disgusted contempt disdain disappointed": Expression(0.92, 0.95, 0.88, tilt=0.1),
    "hopeful optimistic grateful thankful sincere earnest": Expression(1.04, 1.1, 0.97),
    "breathless pant": Expression(1.05, 1.0, 1.1, breath=0.45),
    "breathy airy": Expression(0.98, 0.9, 0.95, -2, tilt=-0.2, breath=0.45),
    "rush hurry fast quick rapid urgent frantic speedy": Expression(1.03, 1.0, 1.3),
    "slow drawn drawl deliberate": Expression(1.0, 1.0, 0.76),
    "jump interrupt cut overlap": Expression(1.05, 1.1, 1.15, 1),
    "sing sung song melodic": Expression(1.05, 1.0, 0.78, 0.5, is_sung=True),
    "high high-pitched squeaky child childlike": Expression(1.3),
    "low gruff gravelly low-pitched deep-voiced": Expression(0.8, 0.95, tilt=-0.1),
    "elderly old": Expression(0.95, 0.9, 0.88, -1, breath=0.15, tremor=0.45),
}
"""Words, by their stems → how the voice is when they are said."""

VOCALISATIONS: dict[str, tuple[Vocalisation, Expression | None]] = {
    "laugh laughter cackle guffaw": ("laugh", None),
    "chuckle": ("chuckle", None),
    "giggle snicker titter": ("giggle", None),
    "cry sob weep wail": ("sob", Expression(1.07, 0.85, 0.86, -1, breath=0.2, tremor=0.7)),
    "sigh": ("sigh", None),
    "exhale": ("exhale", None),
    "inhale breath": ("inhale", None),
    "gasp": ("gasp", None),
    "snort scoff": ("snort", None),
    "sniff sniffle": ("sniff", None),
    "wheeze": ("wheeze", None),
    "cough throat": ("cough", None),
    "groan moan grunt": ("groan", None),
    "yawn": ("yawn", None),
    "hum hmm": ("hum", None),
    "gulp swallow": ("gulp", None),
    "woo woohoo whoop cheers cheering hooray": ("whoop", None),
}
"""Words → a sound of the voice, and how the voice is afterwards, if it changes."""

PAUSES_S = {"pause": 0.7, "short pause": 0.35, "long pause": 1.5}
_PAUSE_WORDS = frozenset("pause silence silent beat wait".split())
_SHORT = frozenset("short brief small quick slight tiny little".split())
_LONG = frozenset("long longer dramatic big extended lengthy heavy awkward".split())

ACCENTS: dict[str, str] = {
    "afrikaans": "af", "african": "af", "american": "en-us", "arabic": "ar", "arab": "ar", "argentinian": "es-419",
    "armenian": "hy", "australian": "en-gb", "aussie": "en-gb", "austrian": "de", "basque": "eu", "bengali": "bn",
    "brazilian": "pt-br", "british": "en-gb", "bulgarian": "bg", "cantonese": "yue", "caribbean": "en-029",
    "catalan": "ca", "chinese": "zh", "cockney": "en-gb", "croatian": "hr", "czech": "cs", "danish": "da",
    "dutch": "nl", "english": "en-gb", "estonian": "et", "finnish": "fi", "french": "fr", "georgian": "ka",
    "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is",
    "indian": "hi", "indonesian": "id", "irish": "ga", "israeli": "he", "italian": "it", "jamaican": "en-029",
    "japanese": "ja", "korean": "ko", "latvian": "lv", "lithuanian": "lt", "malay": "ms", "mandarin": "zh",
    "mexican": "es-419", "norwegian": "no", "pakistani": "ur", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "scottish": "en-gb-scotland", "scots": "en-gb-scotland", "serbian": "sr",
    "slovak": "sk", "slovenian": "sl", "spanish": "es", "swahili": "sw", "swedish": "sv", "swiss": "de",
    "tamil": "ta", "thai": "th", "turkish": "tr", "ukrainian": "uk", "us": "en-us", "uk": "en-gb",
    "vietnamese": "vi", "welsh": "cy",
}  # fmt: skip

_STRONGER = frozenset(
    """
very extremely really so super incredibly extra too much more hard harder louder loudly intensely uncontrollably
hysterically heavily deeply strongly absolutely completely totally wildly violently overly increasingly
""".split()
)
_WEAKER = frozenset(
    "slight slightly little bit somewhat mildly mild faintly faint lightly barely kinda vaguely".split()
)
_STRONGER_BY, _WEAKER_BY = 1.5, 0.5
_VOCAL_DB = 6.0
"""Of a sound, for each step of intensity."""
_RESET = frozenset("normal normally neutral neutrally regular natural naturally plain reset".split())
_NEGATIONS = frozenset("not no without stop stops stopped stopping never ends".split())

SOUNDS = frozenset(
    """
gunshot gun shot gunfire rifle pistol shotgun cannon grenade bomb explosion explode bang boom firework firecracker
applause clap ovation crowd audience heartbeat sneeze snore kiss fart burp footstep step gallop hoof punch
thunder rain wind storm hail earthquake avalanche ocean wave river waterfall splash water drip bubble fire campfire
crackle sizzle hiss steam dog bark cat meow bird chirp wolf owl crow rooster cow sheep horse cricket frog bee
door doorbell bell gong chime knock creak squeak slam thud crash glass shatter coin chain paper zipper hammer drill
chainsaw typing keyboard typewriter camera switch cork clock tick tock phone telephone siren alarm buzzer klaxon horn
foghorn whistle fanfare trumpet drum engine car truck train plane helicopter traffic motorcycle rocket spaceship
sonar click beep buzz static notification sword laser zap whoosh
""".split()
)
"""Stems of what no voice does; a direction with one of them is left to an engine of sounds."""

MUTE = frozenset("music guitar piano violin ring echo sfx effect".split())
"""Stems of sounds that by themselves say too little, or need more than an engine of sounds: passed over."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SECONDS = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(ms|milliseconds?|s|secs?|seconds?)\b")


def _by_word(table: dict[str, _Value]) -> dict[str, _Value]:
    return {word: value for words, value in table.items() for word in words.split()}


_MOODS = _by_word(MOODS)
_VOCALISATIONS = _by_word(VOCALISATIONS)


def find_direction(text: str) -> Direction | None:
    """What the words between two brackets ask for, or None where they ask nothing.

    Cost: O(len(text)).
    """
    lowered = text.lower().replace("deep voice", "low voice")
    words = _WORD.findall(lowered)
    if "under" in words and words[-1] == "breath":
        words = ["murmur"]
    chosen = set(words)
    stems = [tuple(_stems(word)) for word in words]
    if names_sound(words):
        return Direction(effect=" ".join(words))
    if any(_is_form_of(MUTE, word) for word in words):
        return None
    if chosen & _PAUSE_WORDS:
        return Direction(pause_s=_pause_s(lowered, chosen))
    if accent := _accent(words):
        return Direction(expression=Expression(accent=accent))
    strength = intensity(chosen)
    vocal = next((hit for found in stems if (hit := _first(_VOCALISATIONS, found))), None)
    moods = [mood for found in stems if (mood := _first(_MOODS, found))]
    if chosen & _NEGATIONS and (vocal or moods):
        return Direction(expression=NEUTRAL)
    joined = NEUTRAL
    for other in dict.fromkeys(moods):
        joined = joined.joined(other.scaled(strength))
    if vocal is not None:
        kind, after = vocal
        sound = joined.joined(Expression(volume_db=_VOCAL_DB * (strength - 1)))
        return Direction(after or sound, kind, endures=after is not None)
    if moods:
        return Direction(expression=joined)
    return Direction(expression=NEUTRAL, resets=True) if chosen & _RESET else None


def names_sound(words: Iterable[str]) -> bool:
    """Whether one of the words, in small letters, stands for a sound that no voice makes."""
    return any(_is_form_of(SOUNDS, word) for word in words)


def find_mood(word: str) -> Expression | None:
    """How the voice is where that word is said; None: the word is no mood."""
    return _first(_MOODS, tuple(_stems(word)))


def intensity(words: set[str]) -> float:
    """How much of what is said these words beside it ask for."""
    return _STRONGER_BY if words & _STRONGER else _WEAKER_BY if words & _WEAKER else 1.0


def _is_form_of(sounds: frozenset[str], word: str) -> bool:
    if word in sounds or word.removesuffix("s") in sounds:
        return True
    if word in _MOODS:  # caring has nothing to do with cars
        return False
    base = word.removesuffix("ing").removesuffix("es")
    return len(base) > 2 and base != word and (base in sounds or f"{base}e" in sounds or base[:-1] in sounds)


def _accent(words: list[str]) -> str | None:
    """The language of an accent; "French accent", and "French" where nothing else is said but how much."""
    rest = [word for word in words if word not in {"strong", "thick", "heavy", "slight", "light", "mild"}]
    if not any(word.startswith("accent") for word in rest) and len(rest) != 1:
        return None
    return next((ACCENTS[word] for word in rest if word in ACCENTS), None)


def _pause_s(text: str, words: set[str]) -> float:
    if match := _SECONDS.search(text):
        return min(float(match[1]) / (1000 if match[2].startswith("m") else 1), LONGEST_PAUSE_S)
    return PAUSES_S["short pause" if words & _SHORT else "long pause" if words & _LONG else "pause"]


def _first(table: dict[str, _Value], stems: tuple[str, ...]) -> _Value | None:
    return next((table[stem] for stem in stems if stem in table), None)


_SUFFIXES = (
    "ally",
    "iedly",
    "fully",
    "edly",
    "ingly",
    "ness",
    "ful",
    "ily",
    "ing",
    "ied",
    "ies",
    "ed",
    "es",
    "er",
    "ly",
    "ic",
    "s",
    "y",
)


def _stems(word: str) -> Iterator[str]:
    """The word, then what it may be a form of, likely ones first: "giggling" → giggl, giggle, giggly."""
    yield word
    for suffix in _SUFFIXES:
        base = word.removesuffix(suffix)
        if len(base) < (2 if suffix in {"ies", "ied"} else 3) or base == word:
            continue
        yield base
        yield f"{base}e"
        yield f"{base}y"
        yield f"{base}ed"
        if base[-1] == base[-2]:
            yield base[:-1]
        yield f"{base}le"
        yield f"{base}ic"
