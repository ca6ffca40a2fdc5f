# SPDX-License-Identifier: GPL-3.0-or-later
"""Every setting, in one place. Environment: OSCINE_<NAME>; file: the same names in lower case, in TOML.

The environment wins over the file, the command line over both. Unknown names are errors.
"""

from __future__ import annotations

import os
import re
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "OSCINE_"
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_NOT_SETTINGS = {"OSCINE_CONFIG"}

Listed = Annotated[tuple[str, ...], NoDecode]
"""In the environment: words separated by commas."""


class SettingsInvalid(Exception):
    """A setting that cannot be used; the message names each and says why."""


def _default_data_dir() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "oscine"


def _default_workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """What an operator can set. docs/settings.md is tested against this class."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="Address to listen on. Keep loopback unless a proxy or TLS protects it.")
    port: int = Field(8880, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    tls_cert: Path | None = Field(None, description="PEM file with the certificate chain; together with tls_key.")
    tls_key: Path | None = Field(None, description="PEM file with the private key of tls_cert.")
    tls_self_signed: bool = Field(
        False, description="Speak TLS with a certificate made in data_dir/tls, for localhost and the host."
    )
    data_dir: Path = Field(
        default_factory=_default_data_dir, description="Folder for the database. Created on first use."
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of the database. Default: SQLite in data_dir/oscine.db."
    )
    blob_url: str | None = Field(
        None,
        description="Where audio is kept: s3://bucket/prefix, its credentials as AWS_… in the environment. "
        "Default: the folder data_dir/blobs.",
    )
    history_max_age_days: float | None = Field(
        None, gt=0, description="History older than this is deleted, its audio too. Default: kept for ever."
    )
    history_max_bytes: int | None = Field(
        None,
        ge=0,
        description="When the audio of all accounts' history is larger than this, the oldest is deleted. Default: no "
        "limit.",
    )
    api_key: str | None = Field(
        None, description="A key that exists as an unlimited admin key on this server, whatever the database holds."
    )
    max_service_accounts: int = Field(1000, ge=0, description="Service accounts there may be besides the owner's.")
    usd_per_1000_characters: Decimal = Field(
        Decimal("0.1"),
        ge=0,
        le=1000,
        description="US dollars that 1,000 characters of a text or a prompt take from a key's wallet, over the APIs "
        "that have prices.",
    )
    trusted_proxies: Listed = Field(
        (),
        description="Addresses and networks (CIDR) of proxies whose X-Forwarded-For says who calls; * trusts all. "
        "Default: none, the peer is the caller.",
    )
    webhook_allow: Listed = Field(
        (),
        description="Addresses and networks (CIDR) that webhooks may reach although not public. Default: none.",
    )
    speech_engines: Listed = Field(
        (), description="Speech engines in order of preference. Default: hts,espeak, as far as installed."
    )
    soundfont: Path | None = Field(
        None,
        description="SoundFont (.sf2) that music is played with. Default: TimGM6mb, which comes with oscine[music].",
    )
    sound_engine: str = Field(
        "foley", description="Engine for sound effects, in speech too. It starts with the first one."
    )
    music_engine: str = Field("band", description="Engine for music. It starts with the first piece asked for.")
    workers: int = Field(
        default_factory=_default_workers, ge=1, le=256, description="Worker processes per engine. Default: one a core."
    )
    engine_idle_timeout_s: float = Field(
        10.0, gt=0, le=600, description="Seconds without a sample after which a worker counts as hung and is replaced."
    )
    concurrency: int = Field(128, ge=1, description="Generations at once on this server.")
    key_concurrency: int = Field(64, ge=1, description="Generations at once per key.")
    queue_length: int = Field(128, ge=0, description="Requests that may wait for a place; more get 429 at once.")
    queue_wait_s: float = Field(
        0.5, ge=0, le=60, description="How long a request waits for a place before it gets 429."
    )
    jobs: int = Field(
        default_factory=lambda: 4 * _default_workers(),
        ge=1,
        le=1000,
        description="Queued jobs done at once on this server. Default: four a core.",
    )
    key_jobs: int = Field(
        16, ge=1, description="Queued jobs of a key done at once on all servers, unless the key has its own limit."
    )
    key_waiting_jobs: int = Field(
        10_000, ge=1, description="Queued jobs of a key that may wait to be begun; more get 429."
    )
    job_max_age_days: float = Field(
        7.0, gt=0, le=3650, description="Queued jobs are forgotten this long after their end, their audio too."
    )
    public_url: str | None = Field(
        None,
        description="Address that callers reach this server by, for the links in answers: https://audio.example.com. "
        "Default: as each request has it.",
    )
    sockets: int = Field(1000, ge=1, description="WebSockets open at once on this server.")
    key_sockets: int = Field(250, ge=1, description="WebSockets open at once per key.")
    max_message_bytes: int = Field(
        262_144, ge=1000, description="Largest message on a WebSocket; a larger one closes it with code 1009."
    )
    max_waiting_characters: int = Field(
        100_000, ge=1000, description="Text that may wait on one WebSocket to be spoken; more closes it with code 1008."
    )
    max_body_bytes: int = Field(2_000_000, ge=1000, description="Largest request body.")
    cors_origins: Listed = Field(("*",), description="Origins that browsers may call from; empty: none.")
    shutdown_grace_s: float = Field(30.0, ge=0, description="How long running streams may go on after SIGTERM.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["text", "json"] = Field("text", description="How log lines are written to standard error.")

    @field_validator("speech_engines", "cors_origins", "trusted_proxies", "webhook_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("trusted_proxies", "webhook_allow")
    @classmethod
    def _read_networks(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        is_everybody = info.field_name == "trusted_proxies" and value == ("*",)
        return value if is_everybody else tuple(str(ip_network(entry, strict=False)) for entry in value)

    @field_validator("public_url")
    @classmethod
    def _read_address(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("an address such as https://audio.example.com, with a path at most")
        return value.rstrip("/") if value else None

    @property
    def speaks_tls(self) -> bool:
        return self.tls_cert is not None or self.tls_self_signed

    @property
    def effective_database_url(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'oscine.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = os.environ.get("OSCINE_CONFIG")
        if file:
            return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(file))
        return init_settings, env_settings


def load_settings(**given: Any) -> Settings:
    """Settings from the environment, the file that OSCINE_CONFIG names, and `given` (None: not given).

    Raises: SettingsInvalid.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields} | _NOT_SETTINGS
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsInvalid(f"Unknown setting in the environment: {', '.join(unknown)}. docs/settings.md lists all.")
    file = os.environ.get("OSCINE_CONFIG")
    if file and not Path(file).is_file():
        raise SettingsInvalid(f"No such configuration file: {file}")
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsInvalid("Settings that cannot be used: " + "; ".join(lines)) from error
    except ValueError as error:
        raise SettingsInvalid(f"The configuration file {file} cannot be read: {error}") from error
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise SettingsInvalid("tls_cert and tls_key belong together; only one was given.")
    if settings.tls_cert is not None and settings.tls_self_signed:
        raise SettingsInvalid("tls_self_signed makes a certificate, tls_cert gives one. Choose one of them.")
    return settings
