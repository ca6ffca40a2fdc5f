# SPDX-License-Identifier: GPL-3.0-or-later
import json
import math

import pytest

from oscine.dialects.elevenlabs.problems import ROWS, refuse, refuse_schema
from oscine.domain import problems
from oscine.domain.problems import KeyBusy, Problem, SettingOutOfRange


def every(kind: type[Problem]) -> set[type[Problem]]:
    return {kind}.union(*(every(child) for child in kind.__subclasses__()))


def test_every_problem_has_its_row_and_no_row_is_left_over() -> None:
    codes = {kind.code for kind in every(Problem) if hasattr(kind, "code")}
    assert codes == set(ROWS)
    assert all(hasattr(k, "code") or k.__subclasses__() for k in every(Problem)), "a problem without a code"
    assert problems.Problem is Problem


def test_shape_is_the_new_one_and_holds_the_old() -> None:
    """Source: reference/api-facts.md §5.1, shapes A and B."""
    response = refuse(SettingOutOfRange("Too much.", parameter="speed"), "abc")
    detail = json.loads(bytes(response.body))["detail"]
    assert response.status_code == 400
    assert detail == {
        "type": "validation_error",
        "code": "invalid_parameters",
        "message": "Too much.",
        "status": "invalid_parameters",
        "request_id": "abc",
        "param": "speed",
    }


def test_busy_says_when_to_come_back() -> None:
    response = refuse(KeyBusy("Too many."))
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")


@pytest.mark.parametrize(
    "given", [math.nan, math.inf, "\ud800", "x" * 10_000, {"a": math.nan}, ["\udfff"], b"\xff", None]
)
def test_validation_errors_can_always_be_said(given: object) -> None:
    response = refuse_schema([{"type": "t", "loc": ("body", "te\ud800xt", 3), "msg": "wrong \ud800", "input": given}])
    body = json.loads(bytes(response.body))
    assert response.status_code == 422
    assert len(bytes(response.body)) < 1000
    assert body["detail"][0]["loc"][2] == 3
