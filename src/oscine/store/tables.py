# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables. A change here needs a migration in store/migrations/versions.

Times: `_unix` in seconds, `_ms` in milliseconds, both since 1970 (UTC).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from oscine.domain.job import USUAL_PRIORITY


class Base(DeclarativeBase):
    pass


class AccountRow(Base):
    """Who owns keys, history and dictionaries. The account `owner` is there from the start."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    created_unix: Mapped[int] = mapped_column(BigInteger)


class KeyRow(Base):
    """An API key. The secret itself is nowhere, only its digest."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret, hexadecimal."""
    hint: Mapped[str] = mapped_column(String(8))
    """Last characters of the secret, to recognise it by."""
    scopes: Mapped[str] = mapped_column(Text)
    """Words separated by spaces; `all` stands for every scope."""
    credit_limit: Mapped[int | None] = mapped_column(BigInteger)
    """Credits per calendar month (UTC); None: no limit."""
    credits_used: Mapped[int] = mapped_column(BigInteger, default=0)
    """Credits reserved or spent in `month`."""
    month: Mapped[str] = mapped_column(String(7), default="")
    """YYYY-MM that credits_used counts."""
    wallet_micros: Mapped[int | None] = mapped_column(BigInteger)
    """Micro-dollars that are neither spent nor reserved; None: no limit."""
    created_unix: Mapped[int] = mapped_column(BigInteger)
    expires_unix: Mapped[int | None] = mapped_column(BigInteger)
    """The key works before this second; None: for ever."""
    allowed_ips: Mapped[str] = mapped_column(Text, default="")
    """Addresses and networks (CIDR) separated by spaces; empty: from everywhere."""
    concurrency: Mapped[int | None] = mapped_column(BigInteger)
    """Generations at once; None: as the server's settings have it."""
    may_disable_itself: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether whoever holds the secret may put the key out of use."""
    is_disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    disable_reason: Mapped[str | None] = mapped_column(String(32))
    is_revoked: Mapped[bool] = mapped_column(Boolean, default=False)
    """Useless for good; kept because generations name it."""
    priority: Mapped[int] = mapped_column(BigInteger, default=USUAL_PRIORITY)
    """Of its jobs: 1 comes first, 9 last."""


class TokenRow(Base):
    """A single-use token that has not been spent. The secret itself is nowhere, only its digest."""

    __tablename__ = "tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the secret, hexadecimal."""
    kind: Mapped[str] = mapped_column(String(32))
    """What it opens: tts_websocket."""
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"))
    """The key that it stands for."""
    expires_ms: Mapped[int] = mapped_column(BigInteger, index=True)
    """It works before then."""


class NodeRow(Base):
    """A server process, and when it last said that it lives."""

    __tablename__ = "nodes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen_unix: Mapped[int] = mapped_column(BigInteger)


class GenerationRow(Base):
    """One produced thing in figures: what it cost and whether that is settled. Never what was said."""

    __tablename__ = "generations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The request id."""
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"))
    node_id: Mapped[str] = mapped_column(String(32))
    """The process that works on it."""
    source: Mapped[str] = mapped_column(String(16))
    """What kind of work: TTS, SFX, Music."""
    model_id: Mapped[str] = mapped_column(String(64))
    voice_id: Mapped[str | None] = mapped_column(String(64))
    characters: Mapped[int] = mapped_column(BigInteger)
    """As sent."""
    cost: Mapped[int] = mapped_column(BigInteger)
    """Credits."""
    price_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    """Micro-dollars that it takes from the key's wallet."""
    used_before: Mapped[int] = mapped_column(BigInteger)
    """Credits that the key had used this month before this generation."""
    month: Mapped[str] = mapped_column(String(7))
    """YYYY-MM whose credits it takes."""
    state: Mapped[str] = mapped_column(String(16))
    """reserved → settled | released."""
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    """Digest of everything that makes the request what it is; None where nothing may be kept."""
    repeats_left: Mapped[int] = mapped_column(BigInteger)
    """How many identical requests are still free."""
    repeat_of: Mapped[str | None] = mapped_column(String(32))
    """The generation whose free repeat this is."""
    created_ms: Mapped[int] = mapped_column(BigInteger)
    first_audio_ms: Mapped[float | None] = mapped_column(Float)
    """Milliseconds from the request to its first audio."""
    audio_s: Mapped[float | None] = mapped_column(Float)
    """Seconds of audio made."""

    __table_args__ = (
        Index("ix_generations_account", "account_id", "created_ms"),
        Index("ix_generations_fingerprint", "account_id", "fingerprint"),
        Index("ix_generations_open", "state", "node_id"),
    )


class JobRow(Base):
    """Work that is asked for now and fetched later. Its output is a blob."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    """UUID, version 7."""
    generation_id: Mapped[str] = mapped_column(String(32), unique=True)
    """What its credits and money are booked under."""
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"))
    dialect: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    model_id: Mapped[str] = mapped_column(String(64))
    """As the dialect says it."""
    priority: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The request."""
    state: Mapped[str] = mapped_column(String(16))
    """QUEUED → PROCESSING → COMPLETED | FAILED | ERROR | CANCELLED."""
    node_id: Mapped[str | None] = mapped_column(String(32))
    """The process that has called it up or works on it; None: nobody, or it has ended."""
    progress: Mapped[float] = mapped_column(Float)
    """0–1."""
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(BigInteger)
    """How often work on it began."""
    blob: Mapped[str | None] = mapped_column(Text)
    """The output, of a COMPLETED one; the next four say what it is."""
    media_type: Mapped[str | None] = mapped_column(String(64))
    file_name: Mapped[str | None] = mapped_column(String(64))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[float | None] = mapped_column(Float)
    cost: Mapped[int] = mapped_column(BigInteger)
    """Credits."""
    price_micros: Mapped[int] = mapped_column(BigInteger)
    """Micro-dollars."""
    webhook_url: Mapped[str | None] = mapped_column(Text)
    webhook_mode: Mapped[str] = mapped_column(String(16))
    base_url: Mapped[str] = mapped_column(Text, default="")
    """Where the caller reached the server."""
    created_ms: Mapped[int] = mapped_column(BigInteger)
    started_ms: Mapped[int | None] = mapped_column(BigInteger)
    updated_ms: Mapped[int] = mapped_column(BigInteger)
    completed_ms: Mapped[int | None] = mapped_column(BigInteger)
    """When it ended, however."""
    expires_ms: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """From then on it is forgotten, with its output."""

    __table_args__ = (
        Index("ix_jobs_account", "account_id", "created_ms", "id"),
        Index("ix_jobs_waiting", "state", "node_id", "key_id", "priority", "id"),
        Index("ix_jobs_called", "key_id", "node_id"),
    )


class DeliveryRow(Base):
    """Something about a job that its webhook is to be told, and whether it has been."""

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    """What the receiver knows it by; it follows from the job, so that nothing is told twice."""
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"))
    """Whose secret it is signed with."""
    dialect: Mapped[str] = mapped_column(String(32))
    """Who words it."""
    is_terminal: Mapped[bool] = mapped_column(Boolean)
    """Whether it tells the job's end."""
    url: Mapped[str] = mapped_column(Text)
    host: Mapped[str] = mapped_column(Text)
    """Host and port of the URL."""
    job: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The job as it was then, until the body is made of it."""
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What is sent, the same each time."""
    state: Mapped[str] = mapped_column(String(16))
    """pending → sending → delivered | pending again | failed."""
    due_ms: Mapped[int] = mapped_column(BigInteger)
    """Of a pending one when it is sent; of one being sent when whoever sends it counts as gone."""
    attempts: Mapped[int] = mapped_column(BigInteger, default=0)
    attempts_before: Mapped[int] = mapped_column(BigInteger, default=0)
    """How many there had been when it was last asked for anew."""
    created_ms: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_deliveries_due", "state", "due_ms"),)


class AttemptRow(Base):
    """One try at a delivery that came to an end."""

    __tablename__ = "delivery_attempts"

    delivery_id: Mapped[str] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """1, 2, …; one that is missing was cut off with its process."""
    began_ms: Mapped[int] = mapped_column(BigInteger)
    took_ms: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[int | None] = mapped_column(BigInteger)
    """Of the answer, if there was one."""
    failure: Mapped[str | None] = mapped_column(Text)
    """Why it is not delivered, in words."""


class SecretRow(Base):
    """What this server signs with."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class HistoryRow(Base):
    """What was said, kept until it is deleted or too old. Its audio and alignments are blobs."""

    __tablename__ = "history"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """The history item id."""
    generation_id: Mapped[str] = mapped_column(ForeignKey("generations.id"), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    source: Mapped[str] = mapped_column(String(16))
    voice_id: Mapped[str] = mapped_column(String(64))
    voice_name: Mapped[str] = mapped_column(Text)
    voice_category: Mapped[str] = mapped_column(String(32))
    model_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    """VoiceSettings, field by field."""
    seed: Mapped[int] = mapped_column(BigInteger)
    """The one used, whether it was asked for or drawn."""
    output_format: Mapped[str] = mapped_column(String(32))
    content_type: Mapped[str] = mapped_column(String(64))
    used_before: Mapped[int] = mapped_column(BigInteger)
    used_after: Mapped[int] = mapped_column(BigInteger)
    """Credits of the key's month, before and after."""
    created_ms: Mapped[int] = mapped_column(BigInteger)
    audio_bytes: Mapped[int] = mapped_column(BigInteger)
    blob: Mapped[str] = mapped_column(Text)
    """Where the blob store has it: `<blob>/audio` and `<blob>/alignments`."""

    __table_args__ = (Index("ix_history_account", "account_id", "created_ms", "id"),)


class DictionaryRow(Base):
    """A pronunciation dictionary; its rules are in its versions."""

    __tablename__ = "dictionaries"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(32))
    """Id of the key that made it."""
    created_unix: Mapped[int] = mapped_column(BigInteger)
    archived_unix: Mapped[int | None] = mapped_column(BigInteger)
    latest_version_id: Mapped[str] = mapped_column(String(32))


class DictionaryVersionRow(Base):
    """Rules as they stood at one time; never changed afterwards."""

    __tablename__ = "dictionary_versions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    dictionary_id: Mapped[str] = mapped_column(ForeignKey("dictionaries.id"), index=True)
    number: Mapped[int] = mapped_column(BigInteger)
    """1, 2, … within the dictionary."""
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rules_count: Mapped[int] = mapped_column(BigInteger)
    created_unix: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_dictionary_versions_number", "dictionary_id", "number", unique=True),)


class VoiceSettingsRow(Base):
    """Settings that an account stored with a voice; without a row the catalogue's hold."""

    __tablename__ = "voice_settings"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    voice_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    """VoiceSettings, field by field."""
