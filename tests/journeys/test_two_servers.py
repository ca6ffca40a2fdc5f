# SPDX-License-Identifier: GPL-3.0-or-later
"""Two server processes over one database serve one account: credits stay exact, and one knows what the other made."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE
from tests.journeys.terminal import make_key, oscine

PATH = f"/v1/text-to-speech/{VOICE}?output_format=pcm_8000"
TEXT = "Number {:02}"
COST = len(TEXT.format(0))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, LiveServer, LiveServer]]:
    folder = tmp_path_factory.mktemp("pair")
    servers = [start_tone_server(folder) for _ in range(2)]
    yield folder, servers[0], servers[1]
    for server in servers:
        stop_server(server)


def test_no_credit_is_spent_twice(pair: tuple[Path, LiveServer, LiveServer]) -> None:
    folder, *servers = pair
    secret = make_key(folder, "shared", "--credit-limit", str(COST * 40))

    async def ask() -> Counter[int]:
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=None)) as client:
            answers = await asyncio.gather(
                *(
                    client.post(
                        servers[i % 2].url + PATH, json={"text": TEXT.format(i)}, headers={"xi-api-key": secret}
                    )
                    for i in range(64)
                )
            )
        return Counter(answer.status_code for answer in answers)

    assert asyncio.run(ask()) == {200: 40, 401: 24}
    listed = oscine(folder, "keys", "list", OSCINE_DATA_DIR=str(folder)).stdout.decode()
    assert f" {COST * 40} " in next(line for line in listed.splitlines() if "shared" in line)


def test_one_server_continues_what_the_other_began(pair: tuple[Path, LiveServer, LiveServer]) -> None:
    folder, one, other = pair
    headers = {"xi-api-key": make_key(folder, "shared")}
    first = httpx.post(one.url + PATH, json={"text": "Half a sentence,"}, headers=headers)
    body = {"text": "and the rest of it.", "previous_request_ids": [first.headers["request-id"]]}
    assert httpx.post(other.url + PATH, json=body, headers=headers).status_code == 200
