# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscine.domain.problems import TextUnspeakable
from oscine.domain.sound import SoundPrompt
from oscine.engines.foley.prompt import Scene, read
from oscine.engines.foley.recipes import RECIPES
from oscine.engines.foley.timing import Layer
from oscine.text.directions import SOUNDS


def scene(text: str, seconds: float | None = None) -> Scene:
    return read(SoundPrompt(text, seconds))


def only(text: str) -> Layer:
    (layer,) = scene(text).layers
    return layer


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("a dog", ("dog",)),
        ("dog barking while a car passes", ("dog", "car")),
        ("Glass shattering on concrete", ("glass break",)),
        ("a wine glass being clinked", ("clink",)),
        ("metal door slam", ("door slam",)),
        ("a large, ancient wooden door slowly opening in an eerie, abandoned castle", ("door open",)),  # openapi
        ("Spacious braam suitable for high-impact movie trailer moments", ("braam",)),  # seed 004
        ("wind howling through trees", ("wind",)),
        ("waves crashing on rocks", ("ocean",)),
        ("cat purring", ("purr",)),
        ("sci-fi laser gun", ("laser",)),
        ("thunderstorm", ("rain", "thunder", "wind")),
        ("a jet plane flying by", ("plane",)),
        ("campfire crackling at night with crickets", ("fire", "cricket")),
        ("birds singing in a forest without wind or rain", ("bird",)),
    ],
)
def test_nouns_and_verbs_find_their_recipes(text: str, sounds: tuple[str, ...]) -> None:
    assert scene(text).reading.sounds == sounds


def test_order_is_kept() -> None:
    thunder, rain = scene("distant thunder, then heavy rain on a tin roof").layers
    assert (thunder.recipe.name, rain.recipe.name) == ("thunder", "rain")
    assert thunder.traits.distance > 0.5
    assert rain.traits.material == "tin"
    assert rain.traits.force > 0.5
    assert rain.start_s >= thunder.start_s + thunder.seconds - 1
    assert thunder.level_db < rain.level_db - 6
    assert scene("footsteps after a door creaks").reading.sounds == ("door creak", "footsteps")
    assert scene("a gunshot before a scream").reading.sounds == ("gunshot", "scream")
    assert [layer.recipe.name for layer in scene("car door slams, footsteps, gunshot").layers] == [
        *("door slam", "footsteps", "gunshot")
    ]


def test_what_happens_at_once_starts_together() -> None:
    dog, car = scene("dog barking while a car passes").layers
    assert car.start_s == 0
    assert dog.start_s < 1
    assert car.traits.motion == "passes"


def test_numbers_materials_and_spaces_are_heard() -> None:
    knock = only("three knocks on a heavy wooden door")
    assert (knock.times, knock.traits.material, knock.is_filling) == (3, "wood", False)
    assert only("footsteps on gravel").traits.material == "gravel"
    assert only("water dripping in a cave").traits.space == "cave"
    assert only("church bell tolling in the distance").traits.distance > 0.5
    assert only("a tiny bell").traits.size < -0.5
    assert only("very slow heartbeat").traits.pace < 0


def test_a_space_named_once_holds_for_all() -> None:
    assert {layer.traits.space for layer in scene("applause and cheering in a cathedral").layers} == {"cathedral"}


@pytest.mark.parametrize(
    ("text", "word", "sound"),
    [("thuner", "thuner", "thunder"), ("a helicoptor", "helicoptor", "helicopter"), ("qzxv", "qzxv", "whoosh")],
)
def test_unknown_words_take_the_nearest_recipe_and_say_so(text: str, word: str, sound: str) -> None:
    reading = scene(text).reading
    assert reading.sounds == (sound,)
    assert reading.nearest == ((word, sound),)


def test_words_that_change_nothing_are_named() -> None:
    assert scene("rain near a zamboni").reading.unknown == ("zamboni",)


@pytest.mark.parametrize("text", ["!!!", "…", "12 seconds", "no sound", "   "])
def test_a_prompt_without_a_sound_is_refused(text: str) -> None:
    with pytest.raises(TextUnspeakable):
        scene(text)


@pytest.mark.parametrize(("text", "given", "seconds"), [("10 seconds of rain", None, 10), ("10 s rain", 3.5, 3.5)])
def test_lengths_in_the_prompt_count_where_none_is_given(text: str, given: float | None, seconds: float) -> None:
    assert scene(text, given).seconds == seconds


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_recipe_can_be_asked_for_by_its_name(recipe: object) -> None:
    name = recipe.name  # type: ignore[attr-defined]
    found = scene(name)
    assert found.reading.sounds == (name,)
    assert 0.5 <= found.seconds <= 22


@pytest.mark.parametrize(
    "text", ["rain then " * 300, "and " * 500, "thunder, " * 400, "a" * 2000, "雨が降る", "no " * 600]
)
def test_any_text_is_read_within_bounds(text: str) -> None:
    try:
        found = scene(text)
    except TextUnspeakable:
        return
    assert len(found.layers) <= 64
    assert found.seconds <= 30


_WORDS = st.sampled_from(
    (
        "rain thunder then and not no without 3 twelve 999999999 10s seconds on in behind a huge tiny the , . -> "
        "passing distant gravel cave underwater after before of 0.5 seconds 1e9 \x00 \u202e 🎉 雨 ' - _ [ ] { } <b> \n"
    ).split(" ")
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=120).map(" ".join)), st.none() | st.floats(0.5, 30))
def test_no_prompt_breaks_the_parser(text: str, seconds: float | None) -> None:
    try:
        found = scene(text, seconds)
    except TextUnspeakable:
        return
    assert 0 < len(found.layers) <= 64
    assert 0.5 <= found.seconds <= 30
    assert seconds is None or found.seconds == seconds
    assert all(
        0 <= layer.start_s < found.seconds and layer.seconds > 0 and layer.times <= 200 for layer in found.layers
    )
    assert set(found.reading.sounds) <= {recipe.name for recipe in RECIPES}


@pytest.mark.parametrize("word", sorted(SOUNDS))
def test_every_tag_that_is_a_sound_can_be_made(word: str) -> None:
    assert not scene(word).reading.nearest


def test_every_sound_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[4] / "docs" / "sounds.md").read_text()
    table = page.partition("## All sounds")[2].partition("## In speech")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")]
    listed = [name.strip() for row in rows for name in row.split(",") if name.strip()]
    assert sorted(listed) == sorted(recipe.name for recipe in RECIPES)
    assert f"one of {len(RECIPES)} sounds" in page
