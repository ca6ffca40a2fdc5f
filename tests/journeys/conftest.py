# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's own Python clients, pointed at the live server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs

from tests.conftest import LiveServer


@pytest.fixture(scope="session")
def client(live_server: LiveServer) -> Iterator[ElevenLabs]:
    with httpx.Client(timeout=30) as transport:
        yield ElevenLabs(base_url=live_server.url, api_key=live_server.key, httpx_client=transport)


@pytest.fixture
async def async_client(live_server: LiveServer) -> AsyncIterator[AsyncElevenLabs]:
    async with httpx.AsyncClient(timeout=30) as transport:
        yield AsyncElevenLabs(base_url=live_server.url, api_key=live_server.key, httpx_client=transport)


@pytest.fixture(scope="session")
def http(live_server: LiveServer) -> Iterator[httpx.Client]:
    """No client library in between; the key goes with every request."""
    with httpx.Client(base_url=live_server.url, headers=live_server.headers, timeout=30) as transport:
        yield transport
