# SPDX-License-Identifier: GPL-3.0-or-later
"""Which languages the espeak data can say, and how a language code finds its voice file.

A voice file is text: one attribute a line. Those that describe the speaker (pitch, formants …) are left out
here, `timbre.py` writes its own; those that describe the language stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from oscine.domain.problems import LanguageUnsupported
from oscine.engines.espeak.spelling import SPELLINGS

_SPEAKER_ATTRIBUTES = frozenset((
    "name", "status", "maintainer", "gender", "pitch", "formant", "tone", "voicing", "flutter", "roughness",
    "consonants", "speed", "breath", "breathw", "echo", "clarity", "klatt", "dict_min",
))  # fmt: skip
_NO_ISO_CODE = frozenset(("piqd", "py", "qdb", "xex"))
"""Constructed or test languages under codes that are not ISO 639."""

_ALIASES = {
    "en": "en-us",
    "en-ca": "en-us",
    "en-ph": "en-us",
    "es-es": "es",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "iw": "he",
    "in": "id",
}
"""Codes without a voice file of that name, or whose voice file is not what the world expects."""
_ABROAD = {"en": "en-gb", "es": "es-419"}
"""What a region without a voice file of its own is nearest to, where that is not the plain language."""

_LONG_CODES = """
afr:af sqi:sq amh:am ara:ar arg:an hye:hy asm:as aze:az bak:ba eus:eu bel:be ben:bn bos:bs bul:bg cat:ca zho:zh
chv:cv ces:cs dan:da nld:nl eng:en epo:eo est:et fas:fa fin:fi fra:fr kat:ka deu:de ell:el grn:gn guj:gu hat:ht
heb:he hin:hi hun:hu isl:is ind:id ido:io ina:ia gle:ga gla:gd ita:it jpn:ja kal:kl kan:kn kaz:kk kir:ky kor:ko
kur:ku lat:la lav:lv lit:lt ltz:lb mkd:mk msa:ms mal:ml mlt:mt mri:mi mar:mr mya:my nep:ne nor:no nob:nb ori:or
orm:om pan:pa pol:pl por:pt que:qu ron:ro rus:ru srp:sr hrv:hr sin:si slk:sk slv:sl snd:sd spa:es swa:sw swe:sv
tam:ta tat:tt tel:te tha:th tir:ti tsn:tn tur:tr tuk:tk uig:ug ukr:uk urd:ur uzb:uz vie:vi cym:cy
glg:gl hau:ha jav:jv lin:ln nya:ny pus:ps som:so tgl:fil tl:fil
"""
_SHORT = dict(pair.split(":") for pair in _LONG_CODES.split())
"""ISO 639-3 → 639-1, and Tagalog → Filipino."""
_PRIORITY = 5
"""espeak's rank of a tag that names none."""


@dataclass(frozen=True, slots=True)
class Language:
    tag: str
    """espeak's own name, lower case: `en-us`, `cmn`; for a language that it lacks, the code in `SPELLINGS`."""
    description: str
    """The lines of its voice file that describe the language."""
    phoneme_table: str
    """Name of its table in the file `phontab`."""


class Languages:
    """The voice files of one espeak data folder."""

    def __init__(self, data_dir: Path) -> None:
        claims: list[tuple[int, str, Language]] = []
        for path in sorted((data_dir / "lang").rglob("*")):
            if path.is_file():
                claims += _read(path.read_text(encoding="utf-8"), data_dir)
        self._by_tag: dict[str, Language] = {}
        for _rank, tag, language in sorted(claims, key=lambda claim: claim[0]):
            self._by_tag.setdefault(tag, language)
        for code, spelling in SPELLINGS.items():
            host = self._by_tag.get(spelling.host)
            if host is not None:
                self._by_tag.setdefault(code, replace(host, tag=code))

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO 639 codes without regions, sorted; two letters where there are two."""
        return tuple(sorted({tag for tag in self._by_tag if "-" not in tag}))

    def find(self, code: str, english: str = "en-us") -> Language:
        """The voice file for an ISO 639-1 or -3 code, with or without a region.

        english: what plain `en` means, a tag of espeak's. Raises: LanguageUnsupported.
        """
        for tag in _candidates(code, english):
            found = self._by_tag.get(tag)
            if found is not None:
                return found
        raise LanguageUnsupported(
            f"Language {code[:40]!r} is not one that espeak can say. Allowed: {', '.join(self.codes)}.",
            parameter="language",
        )


def _candidates(code: str, english: str) -> Iterator[str]:
    """Tags to try, the nearest first."""
    first, _, region = code.lower().replace("_", "-").partition("-")
    first = _SHORT.get(first, first)
    if first == "en" and not region:
        yield english
    tag = f"{first}-{region}" if region else first
    while tag:
        yield _ALIASES.get(tag, tag)
        tag = tag.rpartition("-")[0]
        if tag == first and first in _ABROAD:
            yield _ABROAD[first]


def _read(text: str, data_dir: Path) -> list[tuple[int, str, Language]]:
    """(rank, tag, language) of each tag a voice file claims; the lowest rank gets it, the file's own name has 0."""
    lines = [line.partition("//")[0].rstrip() for line in text.splitlines()]
    lines = [line for line in lines if line and line.split()[0] not in _SPEAKER_ATTRIBUTES]
    words = [line.split() for line in lines]
    tags = [w for w in words if w[0] == "language"]
    named = {w[0]: w[1] for w in words if len(w) > 1}
    if not tags or tags[0][1] in _NO_ISO_CODE:
        return []
    own = tags[0][1].lower()
    first = own.partition("-")[0]
    if not (data_dir / f"{named.get('dictionary', first)}_dict").is_file():
        return []
    language = Language(own, "\n".join(lines), named.get("phonemes", first))
    claims = [(0, own, language)]
    claims += [(int(w[2]) if len(w) > 2 else _PRIORITY, w[1].lower(), language) for w in tags[1:]]
    if own.startswith("chr-"):
        claims.append((_PRIORITY, "chr", language))
    return claims
