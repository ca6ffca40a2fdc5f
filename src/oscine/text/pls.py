# SPDX-License-Identifier: GPL-3.0-or-later
"""Lexicons as files: the W3C's Pronunciation Lexicon Specification 1.0, read and written.

Source: https://www.w3.org/TR/pronunciation-lexicon/. Of a lexeme with several pronunciations the first one that is
preferred counts, else the first (§4.9.3). Languages and roles are not looked at: rules act in any text. What a rule
has beyond the standard is written as attributes of a namespace of our own.
"""

from __future__ import annotations

import xml.sax
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from oscine.domain.lexicon import ALPHABETS, Alias, Alphabet, Pronunciation, Rule
from oscine.domain.problems import LexiconInvalid
from oscine.text.rules import check_count, tidy

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
OWN_NAMESPACE = "urn:oscine:lexicon"
LARGEST_BYTES = 10_000_000

_CHILDREN = {"": ("lexicon",), "lexicon": ("lexeme",), "lexeme": ("grapheme", "phoneme", "alias")}
_PASSED_OVER = frozenset(("meta", "metadata", "example"))
_LONGEST_CONTENT = 10_000
"""Characters of an element that are kept; rules are far shorter, and an error says how long it is."""
_FLAGS = {"true": True, "1": True, "false": False, "0": False}

Name = tuple[str | None, str]


def read_pls(data: bytes) -> tuple[Rule, ...]:
    """The rules of a lexicon, in its order; a lexeme with several graphemes is as many rules.

    Nothing outside of the data is ever read, and a document type declaration is refused.
    Raises: LexiconInvalid, RuleInvalid, PhonemeInvalid; what is wrong in one place says its line.
    Cost: O(len(data)), about 30 µs a lexeme.
    """
    if len(data) > LARGEST_BYTES:
        raise LexiconInvalid(
            f"The file has {len(data)} bytes; at most {LARGEST_BYTES} are allowed. Split it.", parameter="file"
        )
    reader = _Reader()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(reader)
    try:
        parser.parse(BytesIO(data))
    except xml.sax.SAXParseException as error:
        raise _invalid(error.getLineNumber() or 1, f"this is not well-formed XML ({error.getMessage()})") from None
    except DefusedXmlException:
        raise _invalid(reader.line, "document types and entities are not read; take <!DOCTYPE …> out") from None
    except (LookupError, ValueError) as error:  # an encoding that is not there, or is not the text's
        raise _invalid(reader.line, f"its encoding cannot be read; save it as UTF-8 ({error})") from None
    return tuple(reader.rules)


def write_pls(rules: Sequence[Rule]) -> str:
    """A lexicon that reads back as the same rules."""
    alphabets = (rule.says.alphabet for rule in rules if isinstance(rule.says, Pronunciation))
    alphabet: Alphabet = next(alphabets, "ipa")
    return "".join(_write(rules, alphabet))


def _write(rules: Sequence[Rule], alphabet: Alphabet) -> Iterator[str]:
    is_plain = all(rule.case_sensitive and rule.word_boundaries for rule in rules)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<lexicon version="1.0" xmlns="{NAMESPACE}"'
    yield "" if is_plain else f' xmlns:oscine="{OWN_NAMESPACE}"'
    yield f' alphabet="{alphabet}" xml:lang="und">\n'
    for rule in rules:
        yield "  <lexeme"
        yield "" if rule.case_sensitive else ' oscine:case-sensitive="false"'
        yield "" if rule.word_boundaries else ' oscine:word-boundaries="false"'
        yield f">\n    <grapheme>{escape(rule.grapheme)}</grapheme>\n"
        if isinstance(rule.says, Alias):
            yield f"    <alias>{escape(rule.says.text)}</alias>\n"
        else:
            own = "" if rule.says.alphabet == alphabet else f" alphabet={quoteattr(rule.says.alphabet)}"
            yield f"    <phoneme{own}>{escape(rule.says.phoneme)}</phoneme>\n"
        yield "  </lexeme>\n"
    yield "</lexicon>\n"


@dataclass(slots=True)
class _Lexeme:
    line: int
    case_sensitive: bool
    word_boundaries: bool
    graphemes: list[str] = field(default_factory=list)
    says: Alias | Pronunciation | None = None
    is_settled: bool = False
    """Whether a preferred pronunciation has been seen."""

    def take(self, says: Alias | Pronunciation, *, is_preferred: bool) -> None:
        if self.says is None or (is_preferred and not self.is_settled):
            self.says, self.is_settled = says, is_preferred

    def rules(self) -> Iterator[Rule]:
        if not self.graphemes:
            raise _invalid(self.line, f"the lexeme has no <grapheme>. {_SHAPE}")
        if self.says is None:
            raise _invalid(self.line, f"the lexeme has neither <phoneme> nor <alias>. {_SHAPE}")
        for grapheme in self.graphemes:
            rule = Rule(grapheme, self.says, self.case_sensitive, self.word_boundaries)
            yield tidy(rule, f"The lexeme in line {self.line}")


class _Reader(ContentHandler):
    """What xml.sax calls while it reads; the names are its own."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: list[Rule] = []
        self._locator: Locator | None = None
        self._open: list[str] = [""]
        """Names of the elements that we are in."""
        self._passing = 0
        """How deep we are in something that is passed over."""
        self._alphabet: Alphabet = "ipa"
        self._lexeme = _Lexeme(0, True, True)
        self._attributes: dict[Name, str] = {}
        """Of the grapheme, phoneme or alias that we are in."""
        self._content: list[str] = []
        self._length = 0

    @property
    def line(self) -> int:
        return (self._locator and self._locator.getLineNumber()) or 1

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    def startElementNS(self, name: Name, _qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802
        space, element = name
        is_ours = space in {NAMESPACE, None}
        parent = self._open[-1]
        if self._passing or (parent and (not is_ours or element in _PASSED_OVER)):
            self._passing += 1
            return
        if not is_ours or element not in _CHILDREN.get(parent, ()):
            place = f"in <{parent}>" if parent else "as the outermost element"
            raise _invalid(self.line, f"<{element[:40]}> has no place {place}. {_SHAPE}")
        self._open.append(element)
        self._attributes = {key: value.strip() for key, value in attrs.items()}
        if element == "lexicon":
            self._alphabet = self._read_alphabet()
        elif element == "lexeme":
            self._lexeme = _Lexeme(self.line, self._read_flag("case-sensitive"), self._read_flag("word-boundaries"))
        else:
            self._content, self._length = [], 0

    def endElementNS(self, _name: Name, _qname: str | None) -> None:  # noqa: N802
        if self._passing:
            self._passing -= 1
            return
        element, content = self._open.pop(), "".join(self._content)
        is_preferred = _FLAGS.get(self._attributes.get((None, "prefer"), ""), False)
        if element == "grapheme":
            self._lexeme.graphemes.append(content)
            check_count(len(self.rules) + len(self._lexeme.graphemes))
        elif element == "alias":
            self._lexeme.take(Alias(content), is_preferred=is_preferred)
        elif element == "phoneme":
            self._lexeme.take(Pronunciation(content, self._read_alphabet()), is_preferred=is_preferred)
        elif element == "lexeme":
            self.rules += self._lexeme.rules()

    def characters(self, content: str) -> None:
        if self._passing:
            return
        if self._open[-1] not in _CHILDREN["lexeme"]:
            if content.strip():
                raise _invalid(self.line, f"there is text where none belongs. {_SHAPE}")
            return
        self._length += len(content)
        if self._length > _LONGEST_CONTENT:
            raise _invalid(self.line, f"<{self._open[-1]}> is longer than {_LONGEST_CONTENT} characters")
        self._content.append(content)

    def _read_flag(self, attribute: str) -> bool:
        value = self._attributes.get((OWN_NAMESPACE, attribute), "true")
        if value not in _FLAGS:
            raise _invalid(self.line, f"{attribute}={value[:40]!r} is neither 'true' nor 'false'")
        return _FLAGS[value]

    def _read_alphabet(self) -> Alphabet:
        wanted = self._attributes.get((None, "alphabet"), self._alphabet).lower()
        for alphabet in ALPHABETS:
            if alphabet == wanted:
                return alphabet
        raise _invalid(self.line, f"the alphabet {wanted[:40]!r} is not known; allowed are {' and '.join(ALPHABETS)}")


_SHAPE = "A lexicon holds lexemes, a lexeme graphemes and a phoneme or an alias."


def _invalid(line: int, what: str) -> LexiconInvalid:
    return LexiconInvalid(f"Line {line} of the lexicon: {what.rstrip('.')}.", parameter="file")
