# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation names what there is."""

import re
from pathlib import Path

import click
import pytest

from oscine.cli import main
from oscine.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]


def documented_settings() -> dict[str, str]:
    rows = re.findall(
        r"^\| `(OSCINE_\w+)` \| (.*?) \| (.*?) \|$", (ROOT / "docs/settings.md").read_text(), re.MULTILINE
    )
    return {name: description for name, _, description in rows}


def test_every_setting_is_documented_in_its_own_words() -> None:
    wanted = {PREFIX + name.upper(): field.description for name, field in Settings.model_fields.items()}
    assert documented_settings() == wanted


def commands(group: click.Group, prefix: str = "oscine") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        found.append((f"{prefix} {name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{prefix} {name}")
    return found


@pytest.mark.parametrize(("name", "command"), commands(main))
def test_every_command_teaches_and_is_in_the_readme(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"
    readme = (ROOT / "README.md").read_text()
    words = name.split()
    assert f"oscine {words[1]}" in readme
    assert words[-1] in readme


@pytest.mark.parametrize(
    "page",
    [
        *(
            "README.md",
            "INVARIANTS.md",
            "docs/accounts.md",
            "docs/engines.md",
            "docs/expressions.md",
            "docs/gateways.md",
        ),
        *("docs/jobs.md", "docs/music.md", "docs/settings.md", "docs/sounds.md", "docs/storage.md", "docs/webhooks.md"),
    ],
)
def test_links_and_paths_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    folder = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (folder / target).exists(), target
    for path in re.findall(r"\btests/[\w/.]+", text):
        assert (ROOT / path.rstrip(".")).exists(), path
