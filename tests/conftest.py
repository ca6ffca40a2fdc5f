# SPDX-License-Identifier: GPL-3.0-or-later
"""What several rooms' tests share: a house over a temporary folder, and a live server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import hypothesis
import pytest

from oscine.engines.stage import Stage
from oscine.pipeline.house import House, open_house
from oscine.settings import Settings, load_settings
from oscine.store.database import Database
from tests import databases

# Where a red run must mean a fault in what was changed, the examples are the same every time; elsewhere they vary.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="Database to run on.")


def pytest_configure(config: pytest.Config) -> None:
    databases.choose(config.getoption("--database"))


def pytest_unconfigure() -> None:
    databases.stop()


PLUGIN = Path(__file__).parent / "plugin"
PLUGIN_PATH = os.pathsep.join(filter(None, (str(PLUGIN), os.environ.get("PYTHONPATH"))))
API_KEY = "sk_test_0123456789"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in os.environ:
        if name.startswith("OSCINE_"):
            monkeypatch.delenv(name)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty one at the newest schema."""
    opened = await Database.open(databases.url_for(tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
def tone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Installs the tone engine for this process and its workers; returns a folder for its files."""
    monkeypatch.syspath_prepend(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", PLUGIN_PATH)
    monkeypatch.setenv("CRASH_MARK", str(tmp_path / "crashed"))
    monkeypatch.setenv("TONE_GATE", str(tmp_path / "gate"))
    return tmp_path


@pytest.fixture
def tone_settings(tone: Path) -> Settings:
    return load_settings(
        data_dir=tone / "data",
        database_url=databases.url_for(tone / "data"),
        speech_engines=("tone",),
        workers=2,
        engine_idle_timeout_s=1.0,
        api_key=API_KEY,
    )


@pytest.fixture
async def tone_house(tone_settings: Settings) -> AsyncIterator[House]:
    """A house whose only engine is the tone."""
    async with open_house(tone_settings, Stage.of(tone_settings)) as house:
        yield house


@dataclass(frozen=True, slots=True)
class LiveServer:
    url: str
    key: str
    process: subprocess.Popen[str]
    log: Path
    """What it wrote to standard error."""

    @property
    def headers(self) -> dict[str, str]:
        return {"xi-api-key": self.key}

    def metric(self, name: str) -> float:
        """Its value now, whatever its labels."""
        text = httpx.get(f"{self.url}/metrics", timeout=60).text
        found = re.search(rf"^{name}(?:{{[^}}]*}})? ([\d.e+-]+)$", text, re.MULTILINE)
        assert found, name
        return float(found[1])


def start_server(folder: Path, **environment: str) -> LiveServer:
    """`oscine serve` on a free loopback port, ready to answer."""
    log = folder / "server.log"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "oscine", "serve", "--port", "0"],
            env={
                **os.environ,
                "OSCINE_DATA_DIR": str(folder),
                "OSCINE_API_KEY": API_KEY,
                **databases.environment_for(folder),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    while process.poll() is None:
        time.sleep(0.02)
        for line in log.read_text().splitlines():
            if line.startswith("Oscine listens on "):
                return LiveServer(line.split()[-1], API_KEY, process, log)
    process.communicate()
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def start_tone_server(folder: Path, **environment: str) -> LiveServer:
    """As `start_server`, with the tone as its only engine; the files that hold it up or crash it lie in the folder."""
    return start_server(
        folder,
        **{
            "OSCINE_SPEECH_ENGINES": "tone",
            "OSCINE_WORKERS": "1",
            "PYTHONPATH": PLUGIN_PATH,
            "TONE_GATE": str(folder / "gate"),
            "CRASH_MARK": str(folder / "crashed"),
            **environment,
        },
    )


def stop_server(server: LiveServer) -> None:
    server.process.terminate()
    server.process.wait(20)
    if server.process.stdout is not None:
        server.process.stdout.close()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server with the default engines for all journeys."""
    server = start_server(tmp_path_factory.mktemp("live"))
    yield server
    stop_server(server)
