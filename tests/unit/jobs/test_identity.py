# SPDX-License-Identifier: GPL-3.0-or-later
import time

import pytest

from oscine.jobs.identity import is_job_id, uuid7


def test_ids_are_version_7_and_in_the_order_of_time() -> None:
    made = []
    for _ in range(50):
        made.append(uuid7())
        time.sleep(1e-6)  # what the clock can tell apart
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert [str(one) for one in made] == sorted(map(str, made))
    assert abs((made[0].int >> 80) / 1000 - time.time()) < 60
    assert len(set(made)) == 50


@pytest.mark.parametrize("text", ["", "..", "x" * 36, "A" * 36, "019dc5a1-1111-7111-8111-11111111111\n"])
def test_what_is_no_id(text: str) -> None:
    assert is_job_id(str(uuid7()))
    assert not is_job_id(text)
