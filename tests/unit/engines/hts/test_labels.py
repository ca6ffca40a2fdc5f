# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels against lines worked out by hand, in the format of the English `labelling.xml`."""

from __future__ import annotations

import pytest

from oscine.domain.problems import EngineUnavailable
from oscine.engines.hts.labels import Labeller, Phrase, Place, make_word
from oscine.engines.hts.phones import Phone
from oscine.engines.hts.speakers import read_data
from oscine.engines.hts.tongues import TONGUES
from oscine.engines.hts.tongues.english import ENGLISH
from oscine.engines.hts.tongues.russian import RUSSIAN
from oscine.engines.hts.tongues.tongue import Tongue


def a_labeller(tongue: Tongue) -> Labeller:
    try:
        return Labeller(tongue, read_data(f"languages/{tongue.folder}/labelling.xml").decode())
    except EngineUnavailable as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return a_labeller(ENGLISH)


def a_phrase(*words: tuple[str, str], tongue: Tongue = ENGLISH) -> Phrase:
    """(spelling, phones; a stress is a digit after the vowel)."""

    def phone(text: str) -> Phone:
        return Phone(text.rstrip("12"), int(text[-1]) if text[-1].isdigit() else 0)

    return Phrase(
        tuple(make_word(tongue, spelling, [phone(each) for each in phones.split()]) for spelling, phones in words)
    )


_PHRASE = a_phrase(("the", "dh ax"), ("window", "w ih1 n d ow"))
_NEXT = a_phrase(("and", "ae n d"), ("go", "g ow1"))


def test_a_single_phrase(labeller: Labeller) -> None:
    labels = [label.text for label in labeller.label(_PHRASE, Place(None, None, 1, 1, 3, 2))]
    nowhere = "/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x"
    assert labels[0] == (
        f"x^x-pau+dh=ax@x_x/A:0_0_0{nowhere}/C:0+0+2/D:0_0/E:x+x@x+x&x+x#x+x/F:det_1/G:0_0/H:x=x^x=x|x/I:3=2/J:3+2-1/K:x_x"
    )
    assert labels[3] == (
        "dh^ax-w+ih=n@1_3/A:0_0_2/B:1-1-3@1-2&2-2#0-0$0-0!0-0;0-0|ih/C:0+0+2/D:det_1/E:content+2@2+1&0+0#0+0/F:0_0"
        "/G:0_0/H:3=2^1=1|NONE/I:0=0/J:3+2-1/K:1_5"
    )
    assert labels[-1] == (
        f"d^ow-pau+x=x@x_x/A:0_0_2{nowhere}/C:0+0+0/D:content_2/E:x+x@x+x&x+x#x+x/F:0_0/G:3_2/H:x=x^x=x|x/I:0=0"
        "/J:3+2-1/K:x_x"
    )
    assert len(labels) == 2 + 7


def test_neighbouring_phrases_are_seen(labeller: Labeller) -> None:
    labels = [label.text for label in labeller.label(_PHRASE, Place(None, _NEXT, 1, 2, 5, 4))]
    assert labels[-1].startswith("d^ow-pau+ae=n@")
    assert "/I:2=2/" in labels[-1]
    assert "/C:0+0+3/" in labels[-2]
    assert "/F:cc_1/" in labels[-2]
    assert "/H:3=2^1=2|NONE/I:2=2/J:5+4-2/" in labels[-2]
    after = [label.text for label in labeller.label(_NEXT, Place(_PHRASE, None, 2, 2, 5, 4))]
    assert after[1].startswith("ow^pau-ae+n=d@1_3/A:0_0_2/")
    assert "/G:3_2/H:2=2^2=1|NONE/" in after[1]
    assert "/D:content_2/E:cc+1@1+2&0+1#0+1/F:content_1/" in after[1]


def test_distances_count_syllables_and_words(labeller: Labeller) -> None:
    phrase = a_phrase(("big", "b ih1 g"), ("of", "ah v"), ("the", "dh ax"), ("dog", "d ao1 g"))
    labels = [label.text for label in labeller.label(phrase, Place(None, None, 1, 1, 4, 4))]
    assert "/B:0-0-2@1-1&3-2#1-1$1-1!2-1;2-1|ax/" in labels[6]
    assert "/E:det+1@3+2&1+1#2+1/" in labels[6]


def test_russian_labels_say_which_word_leans() -> None:
    phrase = a_phrase(("в", "f"), ("школе", "sh k o1 ll i0"), tongue=RUSSIAN)
    labels = [label.text for label in a_labeller(RUSSIAN).label(phrase, Place(None, None, 1, 1, 3, 2))]
    assert labels[1] == (
        "x^pau-f+sh=k@1_1/A:0_0_0/B:0-pro-1@1-1&1-3#0-1$0-0!0-1;1-1|0/C:1+host+3/D:0_0/E:prep+1@1+2&0+1#0+1"
        "/F:content_2/G:0_0/H:3=2^1=1|0/I:0=0/J:3+2-1"
    )
    assert "/A:1_pro_3/B:0-host-2@2-1&3-1#1-0$1-0!1-0;4-2|i0/C:0+0+0/" in labels[-3]


def test_kyrgyz_labels_see_the_vowels_of_the_word() -> None:
    kyrgyz = TONGUES["ky"]
    phrase = a_phrase(("балдар", "b a l d a1 r"), tongue=kyrgyz)
    labels = [label.text for label in a_labeller(kyrgyz).label(phrase, Place(None, None, 1, 1, 2, 1))]
    assert "/A:0_0_0/B:0-1-3@1-2&1-2#x-a$x-a!x-x;a-a|a/C:1+1+3/" in labels[1]


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES)
def test_every_feature_of_every_language_is_known(tongue: Tongue) -> None:
    vowel = min(tongue.phones.vowels)
    phrase = a_phrase(("one", f"{vowel}1"), ("two", f"m {vowel}"), tongue=tongue)
    labels = a_labeller(tongue).label(phrase, Place(phrase, phrase, 2, 3, 6, 6))
    assert [f"-{name}+" in label.text for name, label in zip(("pau", vowel, "m", vowel, "pau"), labels, strict=True)]
