# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciations that a caller writes: CMU ARPAbet and IPA, both brought to one clean IPA string."""

from __future__ import annotations

import re
import unicodedata

from oscine.domain.problems import PhonemeInvalid

_VOWELS = {
    **{"AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AX": "ə", "AXR": "ɚ", "AY": "aɪ", "EH": "ɛ"},
    **{"ER": "ɝ", "EY": "eɪ", "IH": "ɪ", "IX": "ɨ", "IY": "i", "OW": "oʊ", "OY": "ɔɪ", "UH": "ʊ", "UW": "u", "UX": "ʉ"},
}
_UNSTRESSED = {"AH": "ə", "ER": "ɚ"}
_CONSONANTS = {
    **{"B": "b", "CH": "tʃ", "D": "d", "DH": "ð", "DX": "ɾ", "F": "f", "G": "ɡ", "HH": "h", "H": "h", "JH": "dʒ"},
    **{"K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "P": "p", "Q": "ʔ", "R": "ɹ", "S": "s", "SH": "ʃ"},
    **{"T": "t", "TH": "θ", "V": "v", "W": "w", "WH": "ʍ", "Y": "j", "Z": "z", "ZH": "ʒ"},
    **{"EL": "l̩", "EM": "m̩", "EN": "n̩"},
}
_SYLLABIC = {"EL", "EM", "EN"}
_STRESS = {"1": "ˈ", "2": "ˌ"}

_ONSETS = frozenset(
    (
        "P L,P R,P Y,B L,B R,B Y,T R,T W,T Y,D R,D W,D Y,K L,K R,K W,K Y,G L,G R,G W,G Y,F L,F R,F Y,V Y,TH R,TH W,"
        "SH R,S P,S T,S K,S M,S N,S F,S L,S W,M Y,N Y,HH Y,L Y,S P L,S P R,S P Y,S T R,S T Y,S K R,S K W,S K Y"
    ).split(",")
)
"""Clusters that may open an English syllable; the stress mark stands before the longest one."""

_SOUNDS = frozenset(
    "abcdefhijklmnopqrstuvwxyz"
    "ɑɐɒæəɘɚɛɜɝɞɤɨɪɔɵøœɶʉʊʌɯʏᵻᵿɩɷ"
    "βɓʙçɕðɖɗɟʄɡɠɢʛɦɧħɥʜʝɭɬɫɮʟʎɱɰŋɳɲɴɸɹɺɾɻʀʁɽʂʃʈθʋⱱʍɣʐʑʒχʡʕʢʔǀǁǂǃ"
    "ʦʧʤʣʨʥɿʅʮʯȵȶȡȴᶑ"
)
_MARKS = frozenset("ːˑˈˌ.|‖‿↗↘ꜜꜛ˥˦˧˨˩ʰʷʲˠˤⁿˡʱˀᵊˣᶿ˞ʼ ᵐᵑᶮʳʴᶣᵝ")
"""Length, stress, syllable and group marks, tones, superscripts: they modify or part sounds."""
_COMBINING = frozenset(
    map(chr, (*range(0x300, 0x310), *range(0x311, 0x345), *range(0x346, 0x34F), *range(0x350, 0x363), 0x1DC4, 0x1DC5))
) | frozenset("\u1dc6\u1dc7\u1dc8\u1dc9")
_PLAIN = str.maketrans({"g": "ɡ", ":": "ː", "'": "ˈ", "’": "ʼ", "\t": " ", "\n": " ", "\xa0": " "})
"""What keyboards offer for the proper symbol."""

_SYMBOL = re.compile(r"([A-Za-z]{1,40})([0-9]?)")


def read_arpabet(written: str) -> str:
    """CMU ARPAbet to IPA: `"M AE1 D IH0 S AH0 N"` → `"ˈmædɪsən"`.

    written: symbols in any case, parted by spaces; vowels may carry a stress digit 0, 1 or 2. Stress marks go
    before the syllable. Raises: PhonemeInvalid, which names the symbol and its place.
    Source: the symbol set of the CMU Pronouncing Dictionary with the reduced vowels and syllabics of TIMIT.
    """
    symbols: list[tuple[str, str]] = []
    for number, token in enumerate(written.split(), start=1):
        match = _SYMBOL.fullmatch(token)
        name = match[1].upper() if match else ""
        if not match or (name not in _VOWELS and name not in _CONSONANTS):
            raise _invalid(f"{token[:40]!r} (symbol {number}) is not a CMU ARPAbet symbol", _ARPABET_HINT)
        digit = match[2]
        if digit and (digit not in "012" or (name not in _VOWELS and name not in _SYLLABIC)):
            raise _invalid(f"{token[:40]!r} (symbol {number}) has a stress digit that it cannot have", _ARPABET_HINT)
        symbols.append((name, digit))
    if not symbols:
        raise _empty()
    return _join_syllables(symbols)


_ARPABET_HINT = "Write symbols such as 'AH0', 'T', 'IY1', with a space between them; stress 0, 1 or 2 on vowels only."
_IPA_HINT = "Allowed are the letters, diacritics, stress, length and tone marks of the International Phonetic Alphabet."


def read_ipa(written: str) -> str:
    """Clean IPA: surrounding slashes or brackets gone, keyboard substitutes (`g`, `:`, `'`) replaced, NFC.

    Raises: PhonemeInvalid, which names the first impossible symbol and its place.
    """
    text = unicodedata.normalize("NFC", written.strip())
    if len(text) > 1 and text[0] + text[-1] in {"//", "[]"}:
        text = text[1:-1].strip()
    if not text:
        raise _empty()
    has_sound = False
    ipa: list[str] = []
    for number, character in enumerate(text.translate(_PLAIN), start=1):
        parts = character if character in _SOUNDS else unicodedata.normalize("NFD", character)
        base, diacritics = parts[0], parts[1:]
        if base in _SOUNDS:
            has_sound = True
        elif base in _COMBINING:
            if not has_sound:
                raise _invalid(
                    f"The diacritic U+{ord(base):04X} (character {number}) stands before any sound", _IPA_HINT
                )
        elif base not in _MARKS:
            raise _invalid(f"{_name(character)} (character {number}) is not an IPA symbol", _IPA_HINT)
        if not _COMBINING.issuperset(diacritics):
            raise _invalid(f"{_name(character)} (character {number}) is not an IPA symbol", _IPA_HINT)
        ipa.append(character)
    if not has_sound:
        raise _invalid("The pronunciation holds marks but no sound", _IPA_HINT)
    return " ".join("".join(ipa).split())


def _join_syllables(symbols: list[tuple[str, str]]) -> str:
    """IPA with each stress mark before the onset of its syllable."""
    ipa: list[str] = []
    waiting: list[str] = []  # consonants since the last vowel
    is_first = True
    for name, digit in symbols:
        if name in _CONSONANTS and name not in _SYLLABIC:
            waiting.append(name)
            continue
        onset = 0 if is_first else _onset(waiting)
        ipa += (_CONSONANTS[consonant] for consonant in waiting[:onset])
        ipa.append(_STRESS.get(digit, ""))
        ipa += (_CONSONANTS[consonant] for consonant in waiting[onset:])
        waiting.clear()
        is_first = False
        ipa.append(_UNSTRESSED.get(name, _VOWELS[name]) if digit == "0" and name in _VOWELS else _sound(name))
    ipa += (_CONSONANTS[consonant] for consonant in waiting)
    return "".join(ipa)


def _onset(consonants: list[str]) -> int:
    """Where the next syllable begins among the consonants between two vowels."""
    count = len(consonants)
    for start in range(max(0, count - 3), count - 1):
        if " ".join(consonants[start:]) in _ONSETS:
            return start
    return max(0, count - 1) if consonants and consonants[-1] != "NG" else count


def _sound(name: str) -> str:
    return _VOWELS.get(name) or _CONSONANTS[name]


def _name(character: str) -> str:
    return f"{character!r} (U+{ord(character[0]):04X})" if character.isprintable() else f"U+{ord(character[0]):04X}"


def _empty() -> PhonemeInvalid:
    return PhonemeInvalid(
        'The pronunciation in <phoneme> is empty. Write it in ph="…", e.g. '
        '<phoneme alphabet="ipa" ph="ˈmædɪsən">Madison</phoneme>, or leave the tag out.',
        parameter="text",
    )


def _invalid(what: str, hint: str) -> PhonemeInvalid:
    return PhonemeInvalid(f"{what}. {hint}", parameter="text")
