# SPDX-License-Identifier: GPL-3.0-or-later
"""What words mean to a sound: adjectives, materials, spaces, numbers, scenes, and words that mean nothing here."""

from __future__ import annotations

import re
from functools import lru_cache

ADJECTIVES: dict[str, dict[str, float]] = {
    word: {trait: value}
    for trait, value, words in (
        ("size", 0.9, "huge giant gigantic enormous massive colossal epic immense"),
        ("size", 0.5, "big large great long tall"),
        ("size", -0.5, "small little short young baby"),
        ("size", -0.9, "tiny miniature toy mini micro"),
        ("force", 1.0, "violent thunderous deafening brutal intense extreme powerful furious torrential raging"),
        ("force", 0.6, "heavy loud strong hard forceful aggressive angry wild stormy fierce rough busy high-impact"),
        (
            "force",
            -0.6,
            "light soft gentle quiet calm mild subtle delicate weak faint slight mellow softly gently quietly",
        ),
        ("force", -0.9, "barely whispering imperceptible"),
        ("pace", 0.9, "frantic rapid rapidly hectic racing frenetic"),
        ("pace", 0.6, "fast quick quickly hurried speeding brisk hurriedly swift sudden suddenly running sprinting"),
        ("pace", -0.6, "slow slowly leisurely lazy unhurried sluggish tired"),
        ("pitch", 0.8, "high high-pitched shrill squeaky piercing bright"),
        ("pitch", -0.8, "deep low low-pitched dark bassy booming sub"),
        ("distance", 0.7, "distant far faraway remote away horizon distance"),
        ("distance", 0.4, "background outside"),
        ("distance", -0.5, "close near nearby close-up front"),
    )
    for word in words.split()
}

MATERIALS = {
    **{
        name: name
        for name in "wood metal glass plastic stone ceramic gravel snow leaves grass sand mud water tin".split()
    },
    **{"wooden": "wood", "parquet": "wood", "plank": "wood", "hardwood": "wood", "metallic": "metal", "steel": "metal"},
    **{
        "iron": "metal",
        "corrugated": "tin",
        "aluminium": "metal",
        "aluminum": "metal",
        "concrete": "stone",
        "rock": "stone",
    },
    **{
        "brick": "stone",
        "asphalt": "stone",
        "pavement": "stone",
        "marble": "stone",
        "tile": "ceramic",
        "tiled": "ceramic",
    },
    **{"porcelain": "ceramic", "leafy": "leaves", "leaf": "leaves", "lawn": "grass", "beach": "sand", "muddy": "mud"},
    **{
        "snowy": "snow",
        "ice": "snow",
        "puddle": "water",
        "window": "glass",
        "cobblestone": "stone",
        "cobbles": "stone",
        "table": "wood",
        "desk": "wood",
        "tent": "leaves",
        "roof": "wood",
    },
}

SPACES = {
    **{name: name for name in "room bathroom hall cathedral cave tunnel forest street outdoors underwater".split()},
    **{"church": "cathedral", "temple": "cathedral", "castle": "hall", "warehouse": "hall", "corridor": "hall"},
    **{
        "hallway": "hall",
        "auditorium": "hall",
        "theater": "hall",
        "theatre": "hall",
        "stadium": "hall",
        "arena": "hall",
    },
    **{"gym": "hall", "mansion": "hall", "dungeon": "cave", "cavern": "cave", "mine": "cave", "sewer": "tunnel"},
    **{
        "subway": "tunnel",
        "pipe": "tunnel",
        "woods": "forest",
        "jungle": "forest",
        "alley": "street",
        "city": "street",
    },
    **{"canyon": "cave", "valley": "outdoors", "field": "outdoors", "mountain": "outdoors", "desert": "outdoors"},
    **{"kitchen": "room", "bedroom": "room", "office": "room", "house": "room", "garage": "hall", "basement": "room"},
    **{
        "muffled": "muffled",
        "wall": "muffled",
        "door": "muffled",
        "radio": "phone",
        "telephone": "phone",
        "phone": "phone",
    },
    **{"megaphone": "phone", "walkie-talkie": "phone", "echoing": "cave", "echo": "cave", "reverberant": "hall"},
    **{"spacious": "hall", "cavernous": "cave", "submerged": "underwater"},
}
ALONE = frozenset("outdoors underwater muffled echoing echo reverberant spacious cavernous submerged".split())
"""Spaces that need no preposition."""

NUMBERS = {
    **{
        word: number
        for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
    },
    **{"once": 1, "single": 1, "twice": 2, "double": 2, "couple": 2, "pair": 2, "triple": 3, "few": 3, "several": 4},
    **{"series": 5, "multiple": 5, "many": 8, "repeated": 5, "repeatedly": 6, "lots": 10, "numerous": 8, "dozen": 12},
}

PASSING = re.compile(
    r"\b(pass(es|ing)?|fl(y|ies|ying)[ -]?(by|over|past|overhead)|flyby|overhead"
    r"|(go|goes|going|speeds?|rush(es)?|zooms?|drives?|driving) (by|past))\b"
)
NEARING = re.compile(r"\b(approach(es|ing)?|com(es|ing) closer|nears|nearing|arriv(es|ing|al))\b")
LEAVING = re.compile(
    r"\b(leav(es|ing)|depart(s|ing)|(driv|mov)(es|ing) (away|off)|fl(ies|ying) (away|off)"
    r"|fad(es|ing) (away|into the distance)|tak(es|ing) off)\b"
)

SCENES: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = (
    ("storm|thunderstorm|rainstorm|tempest", (("rain", 0), ("thunder", 0), ("wind", -6))),
    ("forest|woods|woodland|park|garden|nature", (("bird", 0), ("leaves", -6))),
    ("jungle|rainforest|tropical", (("bird", 0), ("cricket", -4), ("frog", -6), ("drip", -6))),
    ("beach|seaside resort|coast", (("ocean", 0), ("gull", -3))),
    ("harbor scene|marina|dock", (("ocean", -4), ("gull", 0), ("boat", -6), ("ship horn", -4))),
    ("farm|barnyard|farmyard", (("rooster", 0), ("cow", -3), ("sheep", -3), ("pig", -3))),
    ("office|open office", (("typing", 0), ("fan", -8), ("telephone", -5))),
    ("battle|war|battlefield|combat|warzone", (("gunshot", 0), ("explosion", 0), ("scream", -10))),
    ("medieval battle|sword battle", (("sword", 0), ("cheer", -5), ("gallop", -5))),
    ("party|cocktail|bar|pub", (("crowd", 0), ("clink", -5))),
    ("cafe|coffee shop|cafeteria|diner|coffeehouse", (("crowd", -2), ("clink", -4), ("steam", -9))),
    ("kitchen|cook", (("steam", -3), ("clink", 0), ("bubbles", -5))),
    ("airport|train station|station|mall|lobby", (("crowd", 0), ("notification", -8), ("roll", -8))),
    ("campsite|camp|campground", (("fire", 0), ("cricket", -6), ("owl", -6))),
    ("casino|arcade hall", (("crowd", 0), ("game coin", -4), ("coins", -4))),
    ("haunted house|horror scene|haunted mansion", (("drone", 0), ("door creak", -3), ("wind", -6))),
    ("summer night|night ambience|swamp night|countryside night", (("cricket", 0), ("frog", -5), ("owl", -5))),
    ("construction site|workshop|building site", (("hammer", 0), ("drill", -5), ("saw", -5))),
    ("dungeon|crypt", (("ambience", 0), ("drip", -3), ("chain", -4))),
    (
        "city street|downtown|busy city|city ambience|metropolis|urban",
        (("traffic", 0), ("car horn", -8), ("footsteps", -10)),
    ),
    ("meadow|countryside|spring morning|morning", (("bird", 0), ("bee", -10), ("wind", -9))),
)
"""Words for places: recipes and their levels, decibels. They count where no other sound is named."""

WEAK = frozenset(
    """
    metal glass wood wooden water mud iron steel leaf tree night break crack run rise star dream hum noise step
    walk fall hit land impact launch open close voice people electric change port energy digital message
    complete menu tone process book city street road stream background rumble roar rattle ring roll crunch buzz
    hiss howl screech squeak bang pop slam tear drag drive fly dive spring jump drop cry shout bite eat sleep
    build press tap select bounce sweep swing throw file timer church temple ship train bowl pan pot can bag
    plate dish cup box bottle foot hand body ground wall floor roof window door engine motor wheel type key
    button burn crackle splash crash smash explode blast boom whistle chirp sing talk sci-fi chatter cheer clap
    alien space-ship scary eerie creepy spooky ominous dark horror suspense tension cinematic epic atmosphere
    ambient ambience soundscape magical royal busy alert warning emergency hospital wet dungeon collapse
    """.split()
)
"""Words that name a sound only where their part of the prompt names no other."""

SILENT = frozenset(
    """
    a an the of on in at to into onto from by for and or with as is are was be being it its his her their this
    that these those some any sound sounds noise effect effects sfx audio recording clip loop seamless foley
    sample very really quite rather slightly extremely then while over under against through across inside
    within during up down off out around there here high-quality quality realistic cinematic style like suitable
    moment moments moving make made making someone somebody person man woman men women old new ancient abandoned
    modern vintage classic typical natural clear crisp clean something against upon along between behind above
    below him she he they one's who which where when so just only start starts begin begins starting beginning
    end ends going goes go come comes coming happen gets get set being movie film game video short-lived
    continuous constantly constant steady steadily ongoing followed immediately background please create taking
    take generate play give want need hear hearing heard sounding trees tree side surface roof floor ground air
    time times
    """.split()
)
NEGATIONS = frozenset(("no", "not", "without", "never", "don't", "minus", "except", "excluding"))


@lru_cache(4096)
def stem(word: str) -> str:
    """The part of an English word that its forms share, roughly: barking → bark, leaves → leav, shutting → shut."""
    for ending in ("ies", "ing", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + ("y" if ending == "ies" else "er" if ending == "ers" else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
