# SPDX-License-Identifier: GPL-3.0-or-later
from decimal import Decimal
from pathlib import Path

import pytest

from oscine.settings import SettingsInvalid, load_settings


def test_defaults_are_safe() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert settings.port == 8880
    assert settings.effective_database_url.startswith("sqlite+aiosqlite:///")


def test_command_line_over_environment_over_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "oscine.toml"
    file.write_text('port = 1\nhost = "::1"\nkey_concurrency = 3\nspeech_engines = ["espeak"]\n')
    monkeypatch.setenv("OSCINE_CONFIG", str(file))
    monkeypatch.setenv("OSCINE_HOST", "127.0.0.2")
    monkeypatch.setenv("OSCINE_PORT", "2")
    settings = load_settings(port=3, host=None)
    assert (settings.port, settings.host, settings.key_concurrency) == (3, "127.0.0.2", 3)
    assert settings.speech_engines == ("espeak",)


def test_lists_are_words_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSCINE_SPEECH_ENGINES", "hts, espeak,")
    assert load_settings().speech_engines == ("hts", "espeak")


def test_proxies_are_networks_or_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, kept in (("10.0.0.5/24,::1", ("10.0.0.0/24", "::1/128")), ("*", ("*",))):
        monkeypatch.setenv("OSCINE_TRUSTED_PROXIES", given)
        assert load_settings().trusted_proxies == kept


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OSCINE_PORTT", "1", "OSCINE_PORTT"),
        ("OSCINE_PORT", "http", "port"),
        ("OSCINE_WORKERS", "0", "workers"),
        ("OSCINE_USD_PER_1000_CHARACTERS", "-1", "usd_per_1000_characters"),
        ("OSCINE_TRUSTED_PROXIES", "nginx", "trusted_proxies"),
        ("OSCINE_WEBHOOK_ALLOW", "*", "webhook_allow"),
        ("OSCINE_LOG_LEVEL", "loud", "log_level"),
        ("OSCINE_TLS_CERT", "cert.pem", "tls_key"),
        ("OSCINE_CONFIG", "nowhere.toml", "nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=said):
        load_settings()


def test_prices_are_decimals_from_wherever_they_come(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load_settings().usd_per_1000_characters == Decimal("0.1")
    file = tmp_path / "oscine.toml"
    file.write_text("usd_per_1000_characters = 0.3\n")
    monkeypatch.setenv("OSCINE_CONFIG", str(file))
    assert load_settings().usd_per_1000_characters == Decimal("0.3")
    monkeypatch.setenv("OSCINE_USD_PER_1000_CHARACTERS", "0.015")
    assert load_settings().usd_per_1000_characters == Decimal("0.015")


def test_one_certificate_is_enough() -> None:
    with pytest.raises(SettingsInvalid, match="Choose one of them"):
        load_settings(tls_cert="cert.pem", tls_key="key.pem", tls_self_signed=True)


def test_unknown_names_in_the_file_are_errors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "oscine.toml"
    file.write_text("prot = 1\n")
    monkeypatch.setenv("OSCINE_CONFIG", str(file))
    with pytest.raises(SettingsInvalid, match="prot"):
        load_settings()
    file.write_text("port = \n")
    with pytest.raises(SettingsInvalid, match="cannot be read"):
        load_settings()


def test_the_public_address_is_one_that_links_can_begin_with() -> None:
    assert load_settings(public_url="https://audio.example.com/").public_url == "https://audio.example.com"
    assert load_settings(public_url="http://10.0.0.7:8880/oscine").public_url == "http://10.0.0.7:8880/oscine"
    for wrong in ("audio.example.com", "ftp://x", "https://", "https://user@x", "https://x/?a=b", "https://x y"):
        with pytest.raises(SettingsInvalid, match="public_url"):
            load_settings(public_url=wrong)
