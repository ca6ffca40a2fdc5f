# SPDX-License-Identifier: GPL-3.0-or-later
"""Decision trees over full-context labels: which distribution a state of a phone has.

A question is a list of glob patterns over the label; it holds if one of them matches. Nearly all patterns look
for one field between its delimiters (`*-aa+*`, `*/A:1_*`, `x^*`). So a label is cut into such tokens once, and a
question is a set of tokens; what does not have that shape is matched as the glob it is.

Source: the tree format of HTS (Zen et al. 2007, "The HMM-based speech synthesis system version 2.0").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DELIMITER = r"/[A-Z]:|[^A-Za-z0-9/:*?]"
_PIECES = re.compile(f"({_DELIMITER})")
_FIELD = re.compile(rf"({_DELIMITER})([A-Za-z0-9]*)({_DELIMITER})")
_QUESTION = re.compile(r"^\s*QS\s+(\S+)\s*\{([^{}\n]*)\}", re.MULTILINE)
_TREE = re.compile(r"^\s*\{\*\}\s*\[(\d+)\]\s*(?:\{([^{}]*)\}|(\S+))", re.MULTILINE)
_NODE = re.compile(r'^\s*(-?\d+)\s+(\S+)\s+("?[^"\s]+"?)\s+("?[^"\s]+"?)\s*$', re.MULTILINE)
_PATTERN = re.compile(r'"([^"]*)"')
_LEAF = re.compile(r'"?\S*?(\d+)"?')


class TreeInvalid(ValueError):
    """The text is not a set of decision trees."""


@dataclass(frozen=True, slots=True)
class Label:
    """A full-context label, cut into what questions look for."""

    text: str
    tokens: frozenset[str]


def cut_label(text: str) -> Label:
    """`a^b-c` has the tokens `a^`, `^b-`, `-c`: every field with the delimiters beside it."""
    pieces = _PIECES.split(text)
    fields, delimiters = pieces[::2], ["", *pieces[1::2], ""]
    return Label(
        text, frozenset([a + field + b for a, field, b in zip(delimiters[:-1], fields, delimiters[1:], strict=True)])
    )


@dataclass(frozen=True, slots=True)
class Question:
    tokens: frozenset[str]
    globs: tuple[re.Pattern[str], ...] = ()
    """Patterns that are not one field between delimiters."""

    def holds(self, label: Label) -> bool:
        return not self.tokens.isdisjoint(label.tokens) or any(glob.fullmatch(label.text) for glob in self.globs)


def read_question(patterns: list[str]) -> Question:
    """patterns: globs with `*` for anything and `?` for one character."""
    tokens, globs = set(), []
    for pattern in patterns:
        token = _as_token(pattern)
        if token is not None:
            tokens.add(token)
        else:
            glob = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in re.split(r"([*?])", pattern))
            globs.append(re.compile(re.sub(r"(\.\*)+", ".*", glob), re.DOTALL))
    return Question(frozenset(tokens), tuple(globs))


def _as_token(pattern: str) -> str | None:
    """The token that a label has if and only if the pattern matches it; None if there is no such token."""
    middle = pattern.removeprefix("*").removesuffix("*")
    # An edge of the label counts as a delimiter: it is where the pattern has no star.
    framed = f"{'' if pattern.startswith('*') else ' '}{middle}{'' if pattern.endswith('*') else ' '}"
    return middle if _FIELD.fullmatch(framed) else None


@dataclass(frozen=True, slots=True)
class Tree:
    """Node n is (question, next if it does not hold, next if it does); a next below 0 is leaf −1 − next."""

    nodes: tuple[tuple[Question, int, int], ...]
    """Empty: there is only leaf 0. Every next is a node further on, so a walk ends."""

    def find(self, label: Label) -> int:
        """Index of the leaf, from 0."""
        tokens, node = label.tokens, 0
        if not self.nodes:
            return 0
        while node >= 0:
            question, no, yes = self.nodes[node]
            is_token = not question.tokens.isdisjoint(tokens)
            node = yes if is_token or (question.globs and question.holds(label)) else no
        return -1 - node


def read_trees(text: str, leaves: Mapping[int, int]) -> dict[int, Tree]:
    """State (2 is the first) → its tree.

    leaves: state → number of distributions it has; each of these states must have a tree.
    Raises: TreeInvalid. Cost: about 20 ms for the 5,000 lines of a voice's largest part.
    """
    questions = {name: read_question(_PATTERN.findall(patterns)) for name, patterns in _QUESTION.findall(text)}
    trees = {}
    for state, body, single in _TREE.findall(text):
        count = leaves.get(int(state), 0)
        trees[int(state)] = _read_tree(body, questions, count) if not single else Tree(())
    if missing := leaves.keys() - trees.keys():
        raise TreeInvalid(f"no tree for state {min(missing)}")
    return trees


def _read_tree(body: str, questions: Mapping[str, Question], leaves: int) -> Tree:
    rows = _NODE.findall(body)
    if not rows:
        return Tree(())
    places = {name: place for place, (name, *_rest) in enumerate(rows)}

    def follow(target: str, place: int) -> int:
        if target in places and not target.startswith('"'):
            if places[target] <= place:
                raise TreeInvalid(f"node {target[:20]} comes before its parent")
            return places[target]
        leaf = _LEAF.fullmatch(target)
        if leaf is None or target.startswith("-") or not 1 <= int(leaf[1]) <= leaves:
            raise TreeInvalid(f"{target[:40]} is neither a node nor one of {leaves} leaves")
        return -int(leaf[1])

    nodes = []
    for place, (_name, asked, no, yes) in enumerate(rows):
        if asked not in questions:
            raise TreeInvalid(f"question {asked[:40]} is asked but not defined")
        nodes.append((questions[asked], follow(no, place), follow(yes, place)))
    return Tree(tuple(nodes))
