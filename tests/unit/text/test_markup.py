# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from oscine.domain.problems import MarkupInvalid, PhonemeInvalid
from oscine.domain.speech import Boundary
from oscine.text.markup import Markup, read

ALL = Markup(breaks=True, phonemes=True, directions=False)
V3 = Markup(breaks=False, phonemes=False, directions=True)


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "I <3 you",
        "AT&T & Co; R&D;",
        "<your name> here",
        "<john@example.com>",
        "<https://example.com/a?b=c>",
        "x<y and y>z",
        "if (a<b && c>d)",
        "<<<>>>",
        "< break time='1s'/>",
        "&bogus; &#0; &#xD800; &#99999999;",
        "a <- b -> c",
        "<!-- never ends",
        "<? never ends",
        "see [whispers] and [1]",
    ],
)
def test_ordinary_text_is_kept(text: str) -> None:
    plain = read(text, ALL)
    assert plain.text == text
    assert not plain.patches


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("<speak>Hi <emphasis level='strong'>you</emphasis></speak>", "Hi you"),
        ('<prosody rate="slow">Slow</prosody> <say-as interpret-as="date">1/2</say-as>', "Slow 1/2"),
        ("<voice name='x'>A</voice><lang xml:lang='fr'>b</lang><mark name='m'/>", "Ab"),
        ("<audio src='a.mp3'>else</audio>", "else"),
        ("<prosody rate=slow>unquoted</prosody>", "unquoted"),
        ("one <foo> two </foo>", "one  two "),
        ("<amazon:effect name='x'>w</amazon:effect>", "w"),
        ("<!-- <break/> -->a<?xml version='1.0'?><!DOCTYPE speak>b", "ab"),
        ("AT&amp;T &lt;3 &gt; &quot;&apos; &#65;&#x42; &eacute;&nbsp;", "AT&T <3 > \"' AB é\xa0"),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ('The <sub alias="World Wide  Web">WWW</sub>!', "The World Wide Web!"),
        ('<sub alias="A &amp; B"/> <sub alias="c"></sub>', "A & B c"),
    ],
)
def test_tags_are_dropped_and_what_they_enclose_is_kept(text: str, spoken: str) -> None:
    """Unknown tags too: nobody wants to hear "less than foo greater than"."""
    assert read(text, ALL).text == spoken


@pytest.mark.parametrize(
    ("tag", "pause_s"),
    [
        ('<break time="1.5s"/>', 1.5),
        ("<break time='500ms' />", 0.5),
        ('<break time="3s"/>', 3.0),
        ('<break time="3000ms"></break>', 3.0),
        ('<BREAK TIME=".25S">', 0.25),
        ('<break time="+2 s"/>', 2.0),
        ("<break/>", 0.5),
        ('<break strength="x-strong"/>', 1.2),
        ('<break strength="weak" time="1s"/>', 1.0),
    ],
)
def test_a_break_is_a_barrier_with_its_time(tag: str, pause_s: float) -> None:
    """`<break time="1.5s"/>`, up to 3 s: reference/api-facts.md §6."""
    plain = read(f"one {tag} two", ALL)
    (barrier,) = plain.barriers
    assert (plain.text, barrier.position, barrier.pause_s) == ("one  two", 4, pause_s)


@pytest.mark.parametrize("tag", ['<break strength="none"/>', '<break time="0s"/>'])
def test_a_break_of_nothing_is_no_barrier(tag: str) -> None:
    assert not read(f"one {tag} two", ALL).barriers


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ('<break time="3.1s"/>', "at most 3 seconds"),
        ('<break time="3001ms"/>', "at most 3 seconds"),
        ('<break time="9999999s"/>', "at most 3 seconds"),
        ('<break time="1.5"/>', "not a time"),
        ('<break time=""/>', "not a time"),
        ('<break time="-1s"/>', "not a time"),
        ('<break time="1,5s"/>', "not a time"),
        ('<break time="long"/>', "not a time"),
        ("<break time=1s/>", "cannot be read"),
        ("<break time=“1s”/>", "cannot be read"),
        ('<break time="1s/>', "not closed"),
        ("<break time", "not closed"),
        ('<break strength="huge"/>', "x-strong"),
        ('<break duration="1s"/>', "no attribute 'duration'"),
    ],
)
def test_a_malformed_break_is_refused_with_advice(tag: str, message: str) -> None:
    with pytest.raises(MarkupInvalid, match=message) as caught:
        read(f"one {tag} two", ALL)
    assert caught.value.parameter == "text"


def test_a_model_without_breaks_names_what_it_takes() -> None:
    """eleven_v3 takes no break tags: reference/api-facts.md §15.36."""
    with pytest.raises(MarkupInvalid, match=r"\[pause\].*ellipsis.*punctuation"):
        read('one <break time="1s"/> two', V3)


def test_a_phoneme_marks_its_word() -> None:
    """`<phoneme alphabet="cmu-arpabet" ph="…">word</phoneme>`: reference/api-facts.md §6."""
    plain = read('in <phoneme alphabet="cmu-arpabet" ph="M AE1 D IH0 S AH0 N"> Madison </phoneme>.', ALL)
    (atom,) = plain.atoms
    assert plain.text == "in  Madison ."
    assert (plain.text[atom.start : atom.end], atom.ipa) == ("Madison", "ˈmædɪsən")
    assert plain.original[atom.original_start : atom.original_end] == "Madison"


def test_a_phoneme_in_ipa_is_the_default_and_may_hold_entities() -> None:
    plain = read("<phoneme ph='/ˌeɪtiːˈtiː/'>AT&amp;T</phoneme>", ALL)
    assert (plain.text, plain.atoms[0].ipa) == ("AT&T", "ˌeɪtiːˈtiː")


@pytest.mark.parametrize(
    "text",
    [
        '<phoneme alphabet="ipa" ph="XYZ">word</phoneme>',
        '<phoneme alphabet="klingon">word</phoneme>',
        '<phoneme alphabet="ipa" ph="a">word',
        "a </phoneme> b",
    ],
)
def test_a_model_without_phonemes_says_the_word_as_written(text: str) -> None:
    """Other models skip the tag silently: reference/api-facts.md §6."""
    plain = read(text, Markup(breaks=True, phonemes=False, directions=False))
    assert "<" not in plain.text
    assert not plain.atoms


@pytest.mark.parametrize("tag", ["<phoneme>", '<phoneme ph="">', '<phoneme alphabet="ipa" ph=" ">'])
def test_a_phoneme_without_pronunciation_is_refused(tag: str) -> None:
    with pytest.raises(PhonemeInvalid, match="empty"):
        read(f"{tag}word</phoneme>", ALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<phoneme alphabet="x-sampa" ph="a">w</phoneme>', "'cmu-arpabet'"),
        ('<phoneme ph="a">w', "closed by </phoneme>"),
        ('<phoneme ph="a">w <b>x</b></phoneme>', "without tags"),
        ('<phoneme ph="a"/>', "closed by </phoneme>"),
        ('<phoneme ph="a"></phoneme>', "0 were given"),
        ('<phoneme ph="a">!!</phoneme>', "encloses one word"),
        (f'<phoneme ph="a">{"w" * 101}</phoneme>', "101 were given"),
        ("w</phoneme>", "without an opening"),
        ("<phoneme ph=a>w</phoneme>", "cannot be read"),
        ("w</sub>", "without an opening"),
        ("<sub>w</sub>", "needs an alias"),
        ('<sub alias="!">w</sub>', "needs an alias"),
        (f'<sub alias="{"w" * 201}">w</sub>', "201 were given"),
        ('<sub alias="a">w', "closed by </sub>"),
    ],
)
def test_markup_whose_meaning_would_be_lost_is_refused(text: str, message: str) -> None:
    with pytest.raises(MarkupInvalid, match=message):
        read(text, ALL)


def test_a_message_cuts_the_offending_token() -> None:
    with pytest.raises(MarkupInvalid) as caught:
        read(f'<break time="{"9" * 5000}"/>', ALL)
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("[whispers] Hello", "Hello"),
        ("Well [laughs harder] yes", "Well yes"),
        ("so[sighs], no", "so, no"),
        ("[strong French accent] a [giggling] b", "a b"),
        ("[don't-look] a", "a"),
        ("a [1] b [2024] c [see note 3] d []", "a [1] b [2024] c [see note 3] d []"),
        ("[whispers, nervously] a [pause 2s] b", "a b"),
        ("[gunshot] a [Applause!] b", "a b"),
        (f"[{'x' * 121}]", f"[{'x' * 121}]"),
        ("[never ends", "[never ends"),
    ],
)
def test_directions_are_not_spoken(text: str, spoken: str) -> None:
    """Square brackets, not spoken: reference/api-facts.md §6."""
    assert read(text, V3).text == spoken


@pytest.mark.parametrize(("tag", "pause_s"), [("[pause]", 0.7), ("[short pause]", 0.35), ("[Long  Pause]", 1.5)])
def test_pauses_in_brackets_are_silence(tag: str, pause_s: float) -> None:
    """[pause], [short pause], [long pause]: reference/api-facts.md §6; the times are ours."""
    (barrier,) = read(f"a {tag} b", V3).barriers
    assert barrier.pause_s == pause_s


@pytest.mark.parametrize(
    ("text", "boundaries"),
    [
        ("<p>a</p><p>b</p>", [(0, "paragraph"), (1, "paragraph"), (1, "paragraph"), (2, "paragraph")]),
        ("<s>a</s>b", [(0, "sentence"), (1, "sentence")]),
        ("one<br/>two", [(3, "sentence")]),
        ("<b>a</b>", []),
    ],
)
def test_structure_becomes_barriers(text: str, boundaries: list[tuple[int, str]]) -> None:
    barriers = read(text, ALL).barriers
    assert [(b.position, b.boundary.value) for b in barriers] == boundaries
    assert all(b.boundary is not Boundary.EDGE and not b.pause_s for b in barriers)


def test_without_tags_everything_is_text() -> None:
    markup = Markup(breaks=True, phonemes=True, directions=False, tags=False)
    text = 'One <break time="99s"/> &amp; <phoneme>two'
    assert read(text, markup).text == text
