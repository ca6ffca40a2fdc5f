# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a prompt: what is heard, how, when, and for how long. docs/sounds.md is its description.

The text is parted into phases (then, followed by, before) and these into clauses (and, while, commas). In a clause
the sounds are found by the longest keys first, what stands around them says how they are. Nothing here is random.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from oscine.domain.problems import TextUnspeakable
from oscine.domain.sound import SHORTEST_S, Reading, SoundPrompt
from oscine.engines.foley.hand import Recipe, Traits
from oscine.engines.foley.recipes import RECIPES
from oscine.engines.foley.timing import Layer, Wish, arrange
from oscine.engines.foley.words import (
    ADJECTIVES,
    ALONE,
    LEAVING,
    MATERIALS,
    NEARING,
    NEGATIONS,
    NUMBERS,
    PASSING,
    SCENES,
    SILENT,
    SPACES,
    WEAK,
    stem,
)

_BY_NAME = {recipe.name: recipe for recipe in RECIPES}
_LENGTH = re.compile(r"\b(?:for |lasting )?(\d{1,3}(?:\.\d+)?)[ -]?(?:seconds?|secs?|s)\b(?: long)?")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_THEN = re.compile(
    r"(?:\s*[,;.]?\s*\b(?:and then|then|followed by|afterwards|after that|before|finally|leading to"
    r"|ending (?:with|in)|until)\b)|->|→"
)
_AFTER = re.compile(r"^(.*?)\bafter\b(.*)$", re.DOTALL)
_AND = re.compile(r"[,;.!?:&+]|\b(?:and|while|with|as|plus|but|amid|during)\b")
_NAMELESS = "The text names no sound. Describe one in words: 'heavy rain on a tin roof'."
_LONGEST_SAID_S = 30.0
"""A length in the text that is longer is none."""
_MOST_LAYERS = 8
_MOST_PHASES = 8
_PLACED = re.compile(
    r"\b(?:in|inside|within|through|throughout|behind|via|over|on|from|at|along)"
    r"(?: (?:a|an|the|some|my|your|his|her|their))?((?: [\w-]+){1,3})"
)
_LOOSE = frozenset("snow mud leav grass gravel sand water puddl".split())
"""Materials that one can be in."""


def _keys() -> list[tuple[frozenset[str], str]]:
    """Stems that call for a recipe or a scene, those of most words first."""
    found: dict[frozenset[str], str] = {}
    for name, keys in (
        *((recipe.name, recipe.keys) for recipe in RECIPES),
        *((f"@{keys}", keys) for keys, _ in SCENES),
    ):
        for key in keys.split("|"):
            found.setdefault(frozenset(map(stem, key.split())), name)
    return sorted(found.items(), key=lambda entry: -len(entry[0]))


_KEYS = _keys()
_SCENES = {f"@{keys}": layers for keys, layers in SCENES}
_WEAK = frozenset(map(stem, WEAK))
_SILENT = frozenset(map(stem, SILENT))
_MATERIALS = {stem(word): material for word, material in MATERIALS.items()}
_SPACES = {stem(word): space for word, space in SPACES.items()}
_ALONE = frozenset(map(stem, ALONE))
_ADJECTIVES = {stem(word): traits for word, traits in ADJECTIVES.items()}
_NUMBERS = {stem(word): number for word, number in NUMBERS.items()}
_VOCABULARY = sorted({word for key, name in _KEYS for word in key if not name.startswith("@")})


@dataclass(frozen=True, slots=True)
class Scene:
    """All layers of a sound, on one timeline."""

    layers: tuple[Layer, ...]
    seconds: float
    is_loop: bool
    reading: Reading


@dataclass(slots=True)
class _Clause:
    wishes: list[Wish]
    traits: Traits
    unknown: list[str]
    nearest: list[tuple[str, str]]
    after_comma: bool = False


def read(prompt: SoundPrompt) -> Scene:
    """What the prompt asks for. Raises: TextUnspeakable for one without a word."""
    text = prompt.text.lower().replace("’", "'")
    wanted = prompt.seconds
    if (length := _LENGTH.search(text)) is not None:
        if wanted is None and SHORTEST_S <= float(length[1]) <= _LONGEST_SAID_S:
            wanted = float(length[1])
        text = text.replace(length[0], " ")
    if not _WORD.search(text):
        raise TextUnspeakable(_NAMELESS, parameter="text")
    phases: list[list[_Clause]] = []
    for part in _parts(text):
        clauses = _merge([_read_clause(clause, comma) for clause, comma in _clauses(part)])
        if clauses:
            phases.append(clauses)
    clauses = [clause for phase in phases for clause in phase]
    unknown = list(dict.fromkeys(word for clause in clauses for word in clause.unknown))
    nearest = [pair for clause in clauses for pair in clause.nearest]
    rows = [row for phase in phases for row in _rows(phase)]
    if not any(rows):
        if not unknown:
            raise TextUnspeakable(_NAMELESS, parameter="text")
        word = unknown[0]
        name = _find_nearest([word])
        nearest.append((word, name))
        unknown = [other for other in unknown if other != word]
        rows = [[Wish(_BY_NAME[name], clauses[0].traits if clauses else Traits())]]
    rows = _share_space([row[:_MOST_LAYERS] for row in rows if row][:_MOST_PHASES])
    layers, seconds = arrange(rows, wanted)
    names = tuple(dict.fromkeys(layer.recipe.name for layer in layers))
    return Scene(layers, seconds, prompt.is_loop, Reading(seconds, names, tuple(nearest), tuple(unknown)))


def _parts(text: str) -> list[str]:
    parts = []
    for part in _THEN.split(text):
        after = _AFTER.match(part)
        parts += [after[2], after[1]] if after and after[1].strip() and after[2].strip() else [part]
    return parts


def _clauses(part: str) -> list[tuple[str, bool]]:
    """Each with whether a comma stands before it."""
    found, start, is_comma = [], 0, False
    for match in _AND.finditer(part):
        found.append((part[start : match.start()], is_comma))
        start, is_comma = match.end(), match[0] in ",;."
    found.append((part[start:], is_comma))
    return [(clause, comma) for clause, comma in found if clause.strip()]


def _read_clause(text: str, after_comma: bool) -> _Clause:
    motion = (
        "passes"
        if PASSING.search(text)
        else "nears"
        if NEARING.search(text)
        else "leaves"
        if LEAVING.search(text)
        else None
    )
    heard = _without_denied(_WORD.findall(text))
    stems = [stem(word) for word in heard]
    material, space, placed = _where(" ".join(heard))
    calls, used = _calls(stems, placed)
    if material is None:
        named = [_MATERIALS[word] for word in stems if word in _MATERIALS and word not in used]
        material = named[0] if named else None
    if space is None:
        named = [_SPACES[word] for word in stems if word in _ALONE]
        space = named[0] if named else None
    rest = [word for word in stems if word not in used]
    sums = {"size": 0.0, "force": 0.0, "pace": 0.0, "pitch": 0.0, "distance": 0.0}
    for word in rest:
        for trait, value in _ADJECTIVES.get(word, {}).items():
            sums[trait] = max(-1.0, min(1.0, sums[trait] + value))
    sums["distance"] = max(0.0, sums["distance"])
    counts = [int(word) if word.isdigit() else _NUMBERS[word] for word in rest if word in _NUMBERS or word.isdecimal()]
    number = min(max(counts[0], 1), 200) if counts else None
    traits = Traits(**sums, number=number, material=material, space=space, motion=motion)  # type: ignore[arg-type]
    strange = [word for word, root in zip(heard, stems, strict=True) if root not in used and _is_strange(root)]
    nearest: list[tuple[str, str]] = []
    if not calls and strange:
        name = _find_nearest(strange)
        nearest.append((strange[-1], name))
        strange, calls = strange[:-1], [name]
    wishes = [wish for name in calls for wish in _wishes(name, traits)]
    return _Clause(wishes, traits, strange, nearest, after_comma)


def _without_denied(words: list[str]) -> list[str]:
    for number, word in enumerate(words):
        if word in NEGATIONS:
            return words[:number]
    return words


def _where(text: str) -> tuple[str | None, str | None, frozenset[str]]:
    """Material, space and the words that name them, of phrases such as `on a tin roof`, `in the cave`."""
    material = space = None
    placed: set[str] = set()
    for phrase in _PLACED.finditer(text):
        words = [stem(word) for word in phrase[1].split()]
        preposition = phrase[0].split()[0]
        is_on = preposition in {"on", "over", "along"}
        for word in words:
            is_ground = is_on or (preposition in {"in", "through"} and word in _LOOSE)
            if material is None and is_ground and word in _MATERIALS:
                material = _MATERIALS[word]
                placed.update(words)
            elif (
                (not is_on or word in {"radio", "phon", "telephon", "street"})
                and word in _SPACES
                and (preposition in {"behind", "through"} or _SPACES[word] != "muffled")
            ):
                space = space or _SPACES[word]
                placed.add(word)
    return material, space, frozenset(placed)


def _calls(stems: list[str], placed: frozenset[str]) -> tuple[list[str], set[str]]:
    """Names of what the words call for, in their order, and the words that did."""
    there = set(stems)
    found: list[tuple[int, str, frozenset[str]]] = []
    used: set[str] = set()
    for key, name in _KEYS:
        if key <= there and not key & used and not (key <= placed and len(key) == 1):
            found.append((min(stems.index(word) for word in key), name, key))
            used |= key
    strong = [entry for entry in found if len(entry[2]) > 1 or not entry[2] <= _WEAK]
    if any(not entry[1].startswith("@") for entry in strong):
        strong = [entry for entry in strong if not entry[1].startswith("@")]
    if not strong and not found and placed:
        found = [
            (stems.index(word), name, key) for key, name in _KEYS for word in key if key <= placed and word in stems
        ][:1]
    chosen = sorted(strong or found[:1])
    kept = {word for _, _, key in chosen for word in key}
    return list(dict.fromkeys(name for _, name, _ in chosen)), kept | {
        word for word in used if word in _WEAK and word not in _MATERIALS
    }


def _is_strange(word: str) -> bool:
    return (
        (len(word) > 2 or not word.isascii())
        and not word.isdecimal()
        and not any(word in known for known in (_SILENT, _ADJECTIVES, _NUMBERS, _MATERIALS, _SPACES, _WEAK))
        and not any(pattern.search(word) for pattern in (PASSING, NEARING, LEAVING))
    )


def _wishes(name: str, traits: Traits) -> list[Wish]:
    if name in _SCENES:
        return [Wish(_BY_NAME[part], replace(traits, number=None), level_db) for part, level_db in _SCENES[name]]
    return [Wish(_BY_NAME[name], traits)]


def _merge(clauses: list[_Clause]) -> list[_Clause]:
    """Clauses that name no sound say something about the next one, the last ones about the one before."""
    merged: list[_Clause] = []
    waiting: list[_Clause] = []
    for clause in clauses:
        if not clause.wishes:
            waiting.append(clause)
            continue
        for other in waiting:
            clause.wishes = [replace(wish, traits=_join(wish.traits, other.traits)) for wish in clause.wishes]
            clause.unknown = other.unknown + clause.unknown
        waiting = []
        merged.append(clause)
    for other in waiting:
        if merged:
            merged[-1].wishes = [replace(wish, traits=_join(wish.traits, other.traits)) for wish in merged[-1].wishes]
            merged[-1].unknown += other.unknown
        else:
            merged.append(other)
    return merged


def _join(traits: Traits, more: Traits) -> Traits:
    return Traits(
        **{
            name: getattr(traits, name) or getattr(more, name)
            for name in ("size", "force", "pace", "pitch", "distance")
        },
        number=traits.number or more.number,
        material=traits.material or more.material,
        space=traits.space or more.space,
        motion=traits.motion or more.motion,
    )


def _rows(phase: Iterable[_Clause]) -> list[list[Wish]]:
    """What sounds together. Events in a list of commas happen one after the other."""
    clauses = list(phase)
    wishes = [wish for clause in clauses for wish in clause.wishes]
    if (
        len(clauses) > 1
        and all(clause.after_comma for clause in clauses[1:])
        and not any(w.recipe.is_texture for w in wishes)
    ):
        return [clause.wishes for clause in clauses]
    unique: dict[tuple[str, Traits], Wish] = {(wish.recipe.name, wish.traits): wish for wish in wishes}
    return [list(unique.values())]


def _share_space(rows: list[list[Wish]]) -> list[list[Wish]]:
    """A space that is named once holds for all that names none."""
    named = {wish.traits.space for row in rows for wish in row} - {None}
    if len(named) != 1:
        return rows
    space = named.pop()
    return [[replace(wish, traits=replace(wish.traits, space=space)) for wish in row] for row in rows]


def _find_nearest(words: list[str]) -> str:
    """The recipe whose key looks most like one of the words, by shared runs of three letters; whoosh if none does."""
    best, name = 0.34, "whoosh"
    single = {next(iter(key)): called for key, called in _KEYS if len(key) == 1 and not called.startswith("@")}
    for word in words:
        ours = _trigrams(stem(word[:40]))
        for known, called in single.items():
            theirs = _trigrams(known)
            likeness = 2 * len(ours & theirs) / (len(ours) + len(theirs))
            if likeness > best:
                best, name = likeness, called
    return name


def _trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 2] for i in range(len(padded) - 1)} | {padded[i : i + 3] for i in range(len(padded) - 2)}


__all__ = ["Layer", "Recipe", "Scene", "read"]
