# SPDX-License-Identifier: GPL-3.0-or-later
from oscine.domain.alignment import Run
from oscine.domain.speech import Boundary, Segment
from oscine.engines.hts.accents import put_on
from oscine.engines.hts.frontend import FrontEnd
from oscine.engines.hts.tongues.english import ENGLISH


def heard(text: str, accent: str) -> list[str]:
    front_end = FrontEnd()
    whole = Segment(text, "en", 0, len(text), (Run(0, len(text), 0, len(text)),), Boundary.EDGE, Boundary.EDGE)
    try:
        return [
            " ".join(phone.name for phone in word.phones)
            for _, words in front_end.phrases(whole, ENGLISH, "en-us")
            for word in put_on(words, accent)
        ]
    finally:
        front_end.close()


def test_sounds_that_a_language_lacks_become_its_nearest() -> None:
    assert heard("this house", "en") == ["dh ih s", "hh aw s"]
    assert heard("this house", "fr") == ["z iy s", "aw s"]
    assert heard("we think", "de")[0].startswith("v")
    assert heard("we think", "de")[1].startswith("s")
    assert heard("light", "ja")[0].startswith("r")
    assert heard("this house", "tlh") == ["dh ih s", "hh aw s"]
