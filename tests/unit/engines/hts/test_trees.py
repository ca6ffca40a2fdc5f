# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import fnmatch

import pytest

from oscine.engines.hts.trees import TreeInvalid, cut_label, read_question, read_trees

_LABEL = "x^pau-sh+iy=ow@1_2/A:0_0_0/B:1-1-2@1-1&1-12#0-4$0-4!0-1;0-1|iy/C:1+1+1/H:12=9^1=1|NONE/I:0=0/J:12+9-1/K:1_2"


@pytest.mark.parametrize(
    "pattern",
    [
        "x^*", "*^pau-*", "*-sh+*", "*+iy=*", "*=ow@*", "*@1_*", "*_2/A:*", "*/A:0_*", "*_0_*", "*/B:1-*", "*-2@*",
        "*&1-*", "*-12#*", "*|iy/C:*", "*|NONE/I:*", "*/J:12+*", "*_2", "*_1", "y^*", "*-aa+*", "*-s+*", "*/K:2_*",
        "*-sh+iy=*", "*sh*", "*-?h+*", "x*", "*/K:1_2", "*^pau-sh+*_2", "*", "*/A:*/K:*", "x^pau-*", "*+9-1/K:*",
        "*|*iy*", "?^pau*", "*=ow@1_2/A:0_0_0/B*",
    ],
)  # fmt: skip
def test_a_question_holds_where_the_glob_matches(pattern: str) -> None:
    expected = fnmatch.fnmatchcase(_LABEL, pattern)
    assert read_question([pattern]).holds(cut_label(_LABEL)) == expected


def test_one_of_several_patterns_is_enough() -> None:
    question = read_question(["*-aa+*", "*-sh+*"])
    assert question.holds(cut_label(_LABEL))
    assert not question.globs


def test_a_tree_without_questions_has_one_leaf() -> None:
    trees = read_trees('{*}[2] "dur_s2_1"\n', {2: 1})
    assert trees[2].find(cut_label("a^b")) == 0


def test_a_walk_goes_down_both_sides() -> None:
    text = """
    QS a { "a^*" }
    QS b { "*^b-*" }
    {*}[2]
    {
      0  a   -1        "p_1"
     -1  b   "p_2"     "p_3"
    }
    """
    tree = read_trees(text, {2: 3})[2]
    assert [tree.find(cut_label(label)) for label in ("a^b-c", "x^c-c", "x^b-c")] == [0, 1, 2]


@pytest.mark.parametrize("text", ["", "{*}[3] p_1"])
def test_a_state_without_a_tree_is_refused(text: str) -> None:
    with pytest.raises(TreeInvalid, match="state 2"):
        read_trees(text, {2: 1})
