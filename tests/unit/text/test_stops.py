# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from itertools import pairwise

import pytest

from oscine.domain.speech import Boundary
from oscine.text.stops import between, clause_ends, sentence_ends


def sentences(text: str, language: str) -> list[str]:
    """The text parted at the ends of its sentences; `¶` marks the end of a paragraph."""
    parts: list[str] = []
    start = 0
    while start < len(text):
        stop = next(sentence_ends(text, start, len(text), language), None)
        end = stop.end if stop else len(text)
        is_paragraph = stop is not None and stop.boundary is Boundary.PARAGRAPH
        parts.append(text[start:end].strip() + ("¶" if is_paragraph else ""))
        start = end
    return parts


@pytest.mark.parametrize(
    ("language", "parted"),
    [
        ("en", "Hello there.|How are you?|Fine!|Bye."),
        ("en", "Dr. Smith met Mr. and Mrs. Jones, Prof. Lee, Sgt. Pepper and St. Nick."),
        ("en", "It is e.g. this, i.e. that, vs. those.|See fig. 3, p. 12 and vol. IV.|Next."),
        ("en", "J. R. R. Tolkien and A. Lincoln met.|George W. Bush left."),
        ("en", "No. 5 is alive.|No.|I will not.|Number No. 7."),
        ("en", "It costs $3.50 or 1,000.25.|Then 5.|Then more."),
        ("en", "Visit https://a.b/c?d=e!f or example.com.|Mail me@x.org."),
        ("en", "Wait... what?|Wait...|What?|Hmm… no.|Hmm…|No."),
        ("en", '"Really?" she asked.|"Yes!"|He left.'),
        ("en", 'He said "Stop."|Then he left (at last.)|Now go.'),
        (
            "en",
            "At 3 a.m. we slept.|At 5 p.m.|We woke.|It was Jan. 5 in the U.S. Senate.|I like the U.S.|He too.",
        ),
        ("en", "Acme Inc. makes it.|I like Acme Inc.|They make it etc.|Next."),
        ("en", "He lives on Main St.|He works on St. Patrick Ave."),
        ("en", "Really?!|Yes!!!|What‽|Ok."),
        ("en", "hello.|how are you?|i am fine.|open it.|v1.2 is out, approx. five."),
        ("en", "A Ph.D. student with an M.D.|The end."),
        ("en", "**Bold.**|_Italic._|Plain."),
        ("en", "Plan B.|It works.|So am I.|You too."),
        ("de", "Am 3. Oktober 1990.|Das war z. B. gut, bzw. besser.|Prof. Dr. Müller kam usw.|Der Rest."),
        ("de", "„Wirklich?“, fragte sie.|„Ja!“|Er ging um 14.30 Uhr.|Im Jahr 1990.|Danach nicht."),
        ("fr", "M. Dupont et Mme. Curie, av. Foch.|« Oui. »|Puis non ?|Si !"),
        ("es", "¿Qué tal?|¡Bien!|El Sr. García y la Sra. López viven en EE.UU.|La casa, pág. 5."),
        ("it", "Il sig. Rossi, ecc.|La casa di p.es. Luca."),
        ("pt", "O Sr. Silva mora na Av. Brasil.|A casa é dele."),
        ("nl", "Dhr. Jansen, bijv. hier.|De rest."),
        ("pl", "Np. tak, ul. Długa, 5. maja.|OK."),
        ("ru", "А. С. Пушкин родился в 1799 г. в Москве, т. е. там.|Он писал."),
        ("uk", "Проф. Шевченко, вул. Хрещатик.|Він тут."),
        ("el", "Τι κάνεις;|Καλά, π.χ. σήμερα.|Ναι."),
        ("hi", "मैं गया।|वह आया॥|ठीक है?|हाँ।|डॉ. शर्मा।"),
        ("bn", "আমি যাই।|তুমি এসো।"),
        ("ur", "میں گیا۔|کیا؟|ہاں۔"),
        ("ar", "كيف حالك؟|بخير.|شكرا!"),
        ("hy", "Բարև։|Այո։"),
        ("am", "ሰላም።|እሺ።"),
        ("my", "မင်္ဂလာပါ။|ဟုတ်ကဲ့။"),
        ("km", "សួស្តី។|បាទ។"),
        ("ko", "안녕하세요.|네.|알겠습니다!"),
        ("he", "שלום.|מה שלומך?|טוב."),
    ],
)
def test_sentences_with_spaces(language: str, parted: str) -> None:
    """Abbreviations must not end sentences: reference/peers.md §3, "pronunciation & numbers"."""
    expected = parted.split("|")
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "parted"),
    [
        ("ja", "昨日行った。|「行くぞ。」と言った。|「はい！」|彼は。|本当？|３．５です。"),
        ("zh", "你好!|我是小明。|他说：“好！”|然后……|走了。|GPT-4很好."),
        ("en", "One.\n|Two!\r\n|Three"),
        ("en", "A heading\n|This is the text that was wrapped at some width, as mail is,\nand goes on here.\n|End"),
        ("en", "- one\n|- two\n|* three\n|1. First thing\n|2. Second\n|a) third"),
        ("en", "1. Short\n|But longer than it seemed to be at first."),
        ("en", "Dear Sir,\nthank you."),
        ("en", "Roses are red,\nViolets are blue"),
        ("en", "Ends here.\nlower goes on too? "),
    ],
)
def test_sentences_without_spaces_between(language: str, parted: str) -> None:
    expected = [part.strip() for part in parted.split("|")]
    if parted.startswith("Ends"):
        expected = ["Ends here.", "lower goes on too?"]
    assert sentences(parted.replace("|", ""), language) == expected


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\r\n\r\n", "\r\r", "\u2029", "\n\n\n\n"])
@pytest.mark.parametrize("end", ["", ".", "…", " Dr."])
def test_a_blank_line_ends_a_paragraph(gap: str, end: str) -> None:
    assert sentences(f"one two{end}{gap}three", "en") == [f"one two{end}¶", "three"]


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("one, two; three: four", "one, |two; |three: |four"),
        ("a — b—c -- d – e - f", "a — |b—|c -- |d – |e - |f"),
        ("1,000 at 3:30, well-known (e.g. me), yes", "1,000 at 3:30, |well-known (e.g. me), |yes"),
        ("well… yes... no. Dr. Who", "well… |yes... |no. Dr. Who"),
        ("“why?” he asked", "“why?” |he asked"),
        ("一、二，三；四：五", "一、|二，|三；|四：|五"),
        ("نعم، لا؛ ربما", "نعم، |لا؛ |ربما"),
    ],
)
def test_clauses(text: str, parted: str) -> None:
    cuts = [0, *(stop.end for stop in clause_ends(text, 0, len(text), "en")), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts)] == parted.split("|")


def test_thai_parts_clauses_by_spaces() -> None:
    assert [stop.end for stop in clause_ends("กข คง จฉ", 0, 8, "th")] == [3, 6]
    assert not list(clause_ends("ab cd ef", 0, 8, "en"))


@pytest.mark.parametrize(
    ("before", "after", "boundary"),
    [
        ("", "Hello", "edge"),
        ("Hello.", " \n ", "edge"),
        ("Hello.", "World.", "sentence"),
        ("Hello.", " world", "sentence"),
        ("Hello?” ", "World", "sentence"),
        ("Hello,", "world", "clause"),
        ("Well —", "yes", "clause"),
        ("Well…", "yes", "clause"),
        ("I met Dr.", "Smith", "cut"),
        ("the quick", "brown fox", "cut"),
        ("One.\n", "\nTwo", "paragraph"),
        ("One\n\n", "Two", "paragraph"),
        ("行った。", "そして", "sentence"),
        ("x" * 1000 + "." + " " * 1000, "Y" * 1000, "sentence"),
    ],
)
def test_what_stands_between_two_texts(before: str, after: str, boundary: str) -> None:
    assert between(before, after, "en").value == boundary
