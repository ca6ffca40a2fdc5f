# SPDX-License-Identifier: GPL-3.0-or-later
"""Which language a text is in: the one the caller names, or the one the letters and letter sequences show.

Detection goes from the certain to the likely:
1. The script with most letters leaves only the languages written in it; often that is one.
2. Among several, a naive Bayes model over byte sequences (py3langid) weighs the text, and less so its context.
3. The prior (the voice's own language, or the script's most common one) keeps the text unless another language is
   ahead by a clear margin, so that names and short words never make a voice change its language.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import chain

from oscine.domain.problems import LanguageUnsupported

_SAMPLE = 400
_DENSE_SAMPLE = 160
"""Characters of the text that are looked at; fewer where one takes several bytes."""
_CONTEXT = 200
"""Characters of the context on either side that are looked at."""
_CONTEXT_WEIGHT = 0.4
_RARE_HANDICAP = 3.0
_DISTANT_HANDICAP = 6.0
_MARGIN = 12.0
"""Nats by which another language must be ahead of the prior; names in ordinary phrases reach about 9."""
_MARGIN_OF_NAMES = 18.0
"""The same for a text of capitalised words only; foreign names reach about 14."""
_MARGIN_WITHIN_SCRIPT = 5.0
"""The same where the script alone has already ruled out most languages."""
_MARGIN_OF_STRANGERS = 1.0
"""The same when the voice is at home in another script, for texts longer than a few words."""
_FEW_WORDS = 20
_TELLTALE_BONUS = 8.0
_KANA_DECIDES_FROM = 13
"""Characters of Han without any kana that rule out Japanese."""

_SCRIPTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "kana": ("\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f", "3", ("ja",)),
    "han": ("\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f", "2", ("zh", "ja", "yue")),
    "hangul": ("\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e", "2", ("ko",)),
    "cyrillic": (
        "\u0400-\u052f\u1c80-\u1c88",
        "1",
        ("ru", "uk", "bg", "be", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "bs", "az", "uz"),
    ),
    "arabic": (
        "\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f\ufb50-\ufdfb",
        "1",
        ("ar", "fa", "ur", "ps", "sd"),
    ),
    "devanagari": ("\u0904-\u0939\u0958-\u0961", "2", ("hi", "mr", "ne")),
    "bengali": ("\u0985-\u09b9\u09dc-\u09e1\u09f0\u09f1", "2", ("bn", "as")),
    "greek": ("\u0370-\u03ff\u1f00-\u1fff", "1", ("el",)),
    "hebrew": ("\u05d0-\u05ea", "1", ("he",)),
    "thai": ("\u0e01-\u0e2e\u0e40-\u0e44", "1", ("th",)),
    "lao": ("\u0e81-\u0eae\u0ec0-\u0ec4", "1", ("lo",)),
    "khmer": ("\u1780-\u17b3", "2", ("km",)),
    "burmese": ("\u1000-\u102a", "2", ("my",)),
    "gurmukhi": ("\u0a05-\u0a39\u0a59-\u0a5e", "2", ("pa",)),
    "gujarati": ("\u0a85-\u0ab9", "2", ("gu",)),
    "odia": ("\u0b05-\u0b39", "2", ("or",)),
    "tamil": ("\u0b83-\u0bb9", "2", ("ta",)),
    "telugu": ("\u0c05-\u0c39", "2", ("te",)),
    "kannada": ("\u0c85-\u0cb9", "2", ("kn",)),
    "malayalam": ("\u0d05-\u0d39", "2", ("ml",)),
    "sinhala": ("\u0d85-\u0dc6", "2", ("si",)),
    "georgian": ("\u10a0-\u10ff\u1c90-\u1cbf", "1", ("ka",)),
    "armenian": ("\u0531-\u0587", "1", ("hy",)),
    "ethiopic": ("\u1200-\u137c", "2", ("am",)),
    "latin": ("A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff5a", "1", ()),
}
"""Script → its letters, the weight of one (dense scripts write a word with fewer), and the languages written in it."""

_LETTERS = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, (letters, _, _) in _SCRIPTS.items()))
_WEIGHTS = {name: int(weight) for name, (_, weight, _) in _SCRIPTS.items()}
_ALSO_LATIN = {"sr", "bs", "az", "uz"}
_NOT_LATIN = set(chain.from_iterable(codes for _, _, codes in _SCRIPTS.values())) - _ALSO_LATIN
_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]+")

_RARE = frozenset("af ca gl lb ms bs jv ha ln so ceb ny ga cy is et sl lv az sw mk be ky as ne ps sd sr".split())
"""Languages that need a little more evidence than their bigger relatives when neither is the voice's own."""
_DISTANT = frozenset("ln ha so jv lb".split())
"""Languages that short texts in others are most often taken for."""

_TELLTALES = {
    code: re.compile(pattern)
    for code, pattern in {
        "ru": "[ыэё]",
        "uk": "[їєґ]",
        "be": "ў",
        "sr": "[ђћ]",
        "mk": "[ѓќѕ]",
        "kk": "[ғқұһ]",
        "fa": "ئی?ه|می\u200c",
        "ur": "[ٹڈڑےں]",
        "ps": "[ښځڅږړټډڼۍې]",
        "sd": "[ڏڙڃڄڇڦٿڀڌڍڳڱڻڪ]",
        "as": "[ৰৱ]",
        "mr": "[ळऱ]|आहे",
        "ne": "हरू|छन्|लाई| छ[।?]",
        "ceb": r"\b(?:ug|og|nga|unsa|kini)\b",
    }.items()
}
"""What is written in one language and in none of its neighbours in the same script."""

_CHINESE_ONLY = re.compile("[你们們这這吗嗎呢么麼没沒说說买買卖賣谁誰给給让讓还還个個您她]")

_STAND_INS = {"sd": ("ps", 6.0), "ceb": ("fil", 6.0), "ny": ("sw", 6.0)}
"""Languages that the model does not know → its nearest one and the handicap."""

_LABELS = {"tl": "fil", "nn": "no", "nb": "no", "wuu": "zh", "uzs": "uz", "arz": "ar", "ary": "ar"}
"""The model's labels where they differ from ours."""

_ALIASES = {
    **{"nb": "no", "nn": "no", "tl": "fil", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr"},
    **{"cmn": "zh", "wuu": "zh", "yue": "zh", "arb": "ar", "pes": "fa", "prs": "fa", "zsm": "ms", "swh": "sw"},
    **{"npi": "ne", "lvs": "lv", "ekk": "et", "azj": "az", "pbt": "ps", "nob": "no", "nno": "no", "tgl": "fil"},
    **{"khk": "mn", "ory": "or", "als": "sq", "uzn": "uz", "pnb": "pa", "hbs": "sr"},
}
"""Codes that mean one of ours, besides the plain three-letter ones."""

_THREE_LETTERS = (
    "afr:af ara:ar asm:as aze:az bel:be bul:bg ben:bn bos:bs cat:ca ces:cs cze:cs cym:cy wel:cy dan:da deu:de ger:de "
    "ell:el gre:el eng:en spa:es est:et fas:fa per:fa fin:fi fra:fr fre:fr gle:ga glg:gl guj:gu hau:ha heb:he hin:hi "
    "hrv:hr hun:hu hye:hy arm:hy ind:id isl:is ice:is ita:it jpn:ja jav:jv kat:ka geo:ka kaz:kk khm:km kan:kn kor:ko "
    "kir:ky ltz:lb lin:ln lao:lo lit:lt lav:lv mkd:mk mac:mk mal:ml mon:mn mar:mr msa:ms may:ms mya:my bur:my nep:ne "
    "nld:nl dut:nl nor:no nya:ny ori:or pan:pa pol:pl pus:ps por:pt ron:ro rum:ro rus:ru snd:sd sin:si slk:sk slo:sk "
    "slv:sl som:so sqi:sq alb:sq srp:sr swe:sv swa:sw tam:ta tel:te tha:th tur:tr ukr:uk urd:ur uzb:uz vie:vi zho:zh "
    "chi:zh amh:am eus:eu baq:eu epo:eo yid:yi"
)
_ALIASES |= dict(pair.split(":") for pair in _THREE_LETTERS.split())


def resolve(language: str, languages: Collection[str]) -> str:
    """The one of `languages` that a caller's code means.

    language: ISO 639-1, -2 or -3, with or without script and region, in any case: `en`, `en-US`, `zh_Hans_CN`, `deu`.
    Raises: LanguageUnsupported, which lists what is allowed.
    """
    served = {code.lower(): code for code in languages}
    tag = language.strip().replace("_", "-").lower()
    base = tag.partition("-")[0]
    for code in (tag, base, _ALIASES.get(base, base)):
        if code in served:
            return served[code]
    meant = _ALIASES.get(base, base)
    for code in sorted(served):
        if _ALIASES.get(code.partition("-")[0], code.partition("-")[0]) == meant:
            return served[code]
    raise LanguageUnsupported(
        f"Language {language[:40]!r} is not available here. Allowed: {', '.join(sorted(languages))}. "
        "Send one of these, or no language to have it detected.",
        parameter="language",
    )


def detect(text: str, languages: Collection[str], home: str, *, before: str = "", after: str = "") -> str:
    """The most likely of `languages` for a text without markup.

    home: the voice's own language, the prior. before, after: the text's context, which counts less than the text.
    Never fails: a text without letters or in a script of none of the languages gets `home`, or, if that is not
    served, `en` or the first of the rest. Cost: ≤ 0.3 ms once warm, whatever the length.
    """
    fallback = home if home in languages else "en" if "en" in languages else min(languages)
    if len(languages) == 1:
        return fallback
    sample = text[:_SAMPLE]
    if not sample.isascii():
        sample = sample[:_DENSE_SAMPLE]
    before, after = before[-_CONTEXT:], after[:_CONTEXT]
    weights = _weigh_scripts(sample) or _weigh_scripts(before + after)
    if not weights:
        return fallback
    script = max(weights, key=lambda name: (weights[name], fallback in _written_in(name, frozenset(languages))))
    if script in {"han", "kana"}:
        return _detect_han(weights, sample, before + after, languages, fallback)
    candidates = _written_in(script, frozenset(languages))
    if len(candidates) < 2:
        return candidates[0] if candidates else fallback
    is_home = fallback in candidates
    prior = fallback if is_home else candidates[0]
    if script == "latin":
        margin = _MARGIN if _LOWER_WORD.search(sample) else _MARGIN_OF_NAMES
    else:
        margin = _MARGIN_WITHIN_SCRIPT if is_home or len(sample) < _FEW_WORDS else _MARGIN_OF_STRANGERS
    scores = _standings(sample, before + " " + after, candidates, prior)
    best = max(candidates, key=lambda code: scores[code])
    is_known = scores[prior] > float("-inf")
    return best if is_known and scores[best] > scores[prior] + margin else prior


def warm() -> None:
    """Load the model now (about 1 s and 80 MB) instead of at the first text that needs it."""
    _rank()


def _weigh_scripts(text: str) -> dict[str, int]:
    if text.isascii():
        return {"latin": 1} if any(map(str.isalpha, text)) else {}
    weights: dict[str, int] = {}
    for match in _LETTERS.finditer(text):
        name = match.lastgroup or ""
        weights[name] = weights.get(name, 0) + _WEIGHTS[name] * (match.end() - match.start())
    if "kana" in weights:  # Japanese writes with both
        weights["kana"] += weights.pop("han", 0)
    return weights


@lru_cache(maxsize=256)
def _written_in(script: str, languages: frozenset[str]) -> tuple[str, ...]:
    """Those of `languages` that use the script, the most common one first."""
    if script != "latin":
        order = _SCRIPTS[script][2]
        return tuple(code for base in order for code in sorted(languages) if code.partition("-")[0] == base)
    latin = sorted(code for code in languages if code.partition("-")[0] not in _NOT_LATIN)
    return tuple(sorted(latin, key=lambda code: (code.partition("-")[0] != "en", code)))


def _detect_han(weights: dict[str, int], sample: str, context: str, languages: Collection[str], fallback: str) -> str:
    candidates = _written_in("han", frozenset(languages))
    if "kana" not in weights and _CHINESE_ONLY.search(sample):
        candidates = tuple(code for code in candidates if not code.startswith("ja")) or candidates
    japanese = next((code for code in candidates if code.partition("-")[0] == "ja"), None)
    if not candidates or (fallback in candidates and fallback != japanese and "kana" not in weights):
        return fallback
    if japanese is None:
        return candidates[0]
    is_short = sum(map(len, re.findall("[" + _SCRIPTS["han"][0] + "]+", sample))) < _KANA_DECIDES_FROM
    around = _weigh_scripts(context)
    if "kana" in weights or (is_short and (fallback == japanese or "kana" in around)):
        return japanese
    return next((code for code in candidates if code != japanese), japanese)


def _standings(text: str, context: str, candidates: tuple[str, ...], prior: str) -> dict[str, float]:
    """Log-likelihood of each candidate, handicaps and bonuses included."""
    scores = _scores(text)
    around = {} if context.isspace() else _scores(context)
    standings: dict[str, float] = {}
    for code in candidates:
        base = code.partition("-")[0]
        model, handicap = _STAND_INS.get(base) or (base, 0.0)
        if code != prior:
            handicap += _DISTANT_HANDICAP if base in _DISTANT else _RARE_HANDICAP if base in _RARE else 0.0
        telltale = _TELLTALES.get(base)
        bonus = _TELLTALE_BONUS * len(telltale.findall(text)[:3]) if telltale else 0.0
        score = scores.get(model, float("-inf")) + _CONTEXT_WEIGHT * around.get(model, 0.0)
        standings[code] = score + bonus - handicap
    return standings


def _scores(text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for label, score in _rank()(text):
        code = _LABELS.get(label, label)
        scores.setdefault(code, score)
    return scores


_loading = threading.Lock()
_ranker: list[Callable[[str], list[tuple[str, float]]]] = []


def _rank() -> Callable[[str], list[tuple[str, float]]]:
    """The model's ranking of all its labels; it keeps no state between calls, so threads may share it."""
    if not _ranker:
        with _loading:
            if not _ranker:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow and large

                _ranker.append(LanguageIdentifier.from_model_file(MODEL_FILE).rank)
    return _ranker[0]
