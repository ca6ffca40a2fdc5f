# SPDX-License-Identifier: GPL-3.0-or-later
import asyncio
import base64

import pytest

from oscine.domain.job import Output
from oscine.store.database import Database
from oscine.store.links import Linked, LinkExpired, LinkInvalid, Links

OUTPUT = Output("jobs/2026-11-21/019dc5a1", "audio/pcm;rate=24000", "output.pcm", 10, 1.0)
EXPIRES = 1_700_000_600


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def parts(path: str) -> tuple[str, str]:
    _, media, token, file_name = path.split("/")
    assert media == "media"
    return token, file_name


def test_a_link_leads_back_until_it_expires() -> None:
    clock = Clock()
    links = Links(b"secret", clock)
    token, file_name = parts(links.path_to(OUTPUT, EXPIRES))
    assert links.follow(token, file_name) == Linked(OUTPUT.blob, OUTPUT.media_type, "output.pcm", EXPIRES)
    clock.now = EXPIRES
    with pytest.raises(LinkExpired, match="expired"):
        links.follow(token, file_name)


def test_nobody_makes_or_changes_one_without_the_secret() -> None:
    links = Links(b"secret", Clock())
    token, file_name = parts(links.path_to(OUTPUT, EXPIRES))
    signed = bytearray(base64.urlsafe_b64decode(token + "=="))
    for place in range(len(signed)):
        changed = bytearray(signed)
        changed[place] ^= 1
        with pytest.raises(LinkInvalid):
            links.follow(base64.urlsafe_b64encode(changed).decode().rstrip("="), file_name)
    foreign, _ = parts(Links(b"other", Clock()).path_to(OUTPUT, EXPIRES))
    for wrong in ("", "x", "%", "ü", "x" * 5000, token[:-1], token + "A", foreign):
        with pytest.raises(LinkInvalid):
            links.follow(wrong, file_name)
    with pytest.raises(LinkInvalid, match=r"ends with /output.pcm"):
        links.follow(token, "output.html")


async def test_all_who_share_the_database_share_the_links(database: Database) -> None:
    opened = await asyncio.gather(*(Links.open(database) for _ in range(4)))
    made = opened[0].path_to(OUTPUT, EXPIRES)
    assert {links.path_to(OUTPUT, EXPIRES) for links in opened} == {made}
