# SPDX-License-Identifier: GPL-3.0-or-later
"""One key that asks for everything at once, and another that asks for a little."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import LiveServer, start_tone_server, stop_server
from tests.journeys.ear import VOICE

SPEECH = f"/v1/text-to-speech/{VOICE}?output_format=pcm_8000"


@pytest.fixture(scope="module")
def narrow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Few places, all of which one key may have, and a short queue."""
    folder = tmp_path_factory.mktemp("narrow")
    server = start_tone_server(
        folder,
        OSCINE_WORKERS="2",
        OSCINE_CONCURRENCY="4",
        OSCINE_KEY_CONCURRENCY="4",
        OSCINE_QUEUE_LENGTH="4",
        OSCINE_QUEUE_WAIT_S="30",
    )
    yield server
    stop_server(server)


async def new_key(owner: httpx.AsyncClient, name: str) -> dict[str, str]:
    account = (await owner.post("/v1/service-accounts", json={"name": name})).json()["service-account-user-id"]
    path = f"/v1/service-accounts/{account}/api-keys"
    made = await owner.post(path, json={"name": name, "permissions": ["text_to_speech"]})
    return {"xi-api-key": made.json()["xi-api-key"]}


async def test_a_noisy_key_refuses_itself_and_a_quiet_one_is_served(narrow_server: LiveServer) -> None:
    """The noisy key has all places and the whole queue; whoever comes then still gets in, at the noisy one's cost."""
    limits = httpx.Limits(max_connections=120)
    async with httpx.AsyncClient(
        base_url=narrow_server.url, headers=narrow_server.headers, timeout=60, limits=limits
    ) as client:
        noisy, quiet = await new_key(client, "noisy"), await new_key(client, "quiet")

        async def ask(headers: dict[str, str], text: str) -> int:
            return (await client.post(SPEECH, json={"text": text}, headers=headers)).status_code

        crowd = {asyncio.create_task(ask(noisy, "gate")) for _ in range(100)}
        refused = await first(92, crowd)
        assert Counter(refused) == {429: 92}
        guests = [asyncio.create_task(ask(quiet, f"Number {number}, if I may.")) for number in range(2)]
        assert await first(2, crowd) == [429, 429]
        (narrow_server.log.parent / "gate").touch()
        assert await asyncio.gather(*guests) == [200, 200]
        assert await asyncio.gather(*crowd) == [200] * 6


async def first(count: int, tasks: set[asyncio.Task[int]]) -> list[int]:
    """What the first so many returned; they leave the set."""
    results: list[int] = []
    while len(results) < count:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        tasks -= done
        results += [task.result() for task in done]
    return results
