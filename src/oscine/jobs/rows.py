# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of jobs: each step of one, as a conditional update. Returns what the row is after it, or that it was not
there to be changed; so of two who take the same step one does.

`node_id` is the process that has called a job up or works on it. Who works on it is known by the number of the attempt:
whoever took the job over has another one, and what the first one says then is not heard.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Insert, Row, Table, delete, func, insert, select, tuple_, update

from oscine.domain.generation import Charge
from oscine.domain.job import OPEN, Job, Output, State
from oscine.store.tables import GenerationRow, JobRow, KeyRow

_JOBS, _KEYS = cast(Table, JobRow.__table__), cast(Table, KeyRow.__table__)
_jobs, _generations = _JOBS.c, cast(Table, GenerationRow.__table__).c
_is_open = _jobs.state.in_(OPEN)
_MOST_KEYS = 1000
_TURNS = 100_000


def insertion(job: Job) -> Insert:
    values = asdict(job)
    del values["output"]
    return insert(_JOBS).values(values)


def _read(row: Row[Any]) -> Job:
    values = dict(row._mapping)
    parts = {name: values.pop(name) for name in ("blob", "media_type", "file_name", "bytes", "seconds")}
    del values["node_id"]
    return Job(output=Output(**parts) if parts["blob"] else None, **values)


def find(connection: Connection, job_id: str) -> Job | None:
    row = connection.execute(select(_JOBS).where(_jobs.id == job_id)).first()
    return _read(row) if row else None


def charge_of(connection: Connection, generation_id: str) -> Charge:
    """What a job was to cost when it was queued."""
    of = select(
        *(_generations.source, _generations.model_id, _generations.voice_id, _generations.characters),
        *(_generations.cost, _generations.price_micros),
    ).where(_generations.id == generation_id)
    source, model_id, voice_id, characters, cost, price_micros = connection.execute(of).one()
    return Charge(source, model_id, voice_id, characters, cost, None, price_micros)


def page(
    connection: Connection, account_id: str | None, states: Collection[State], after: str | None, limit: int
) -> list[Job]:
    """Newest first. after: id of the last one that is known already."""
    wanted = select(_JOBS).order_by(_jobs.created_ms.desc(), _jobs.id.desc()).limit(limit)
    if account_id is not None:
        wanted = wanted.where(_jobs.account_id == account_id)
    if states:
        wanted = wanted.where(_jobs.state.in_(states))
    if after is not None:
        last = select(_jobs.created_ms, _jobs.id).where(_jobs.id == after)
        wanted = wanted.where(tuple_(_jobs.created_ms, _jobs.id) < last.scalar_subquery())
    return [_read(row) for row in connection.execute(wanted)]


def count(connection: Connection) -> dict[str, int]:
    """State → how many."""
    counted = select(_jobs.state, func.count()).group_by(_jobs.state)
    return {row[0]: row[1] for row in connection.execute(counted)}


def count_waiting(connection: Connection, key_id: str, most: int) -> int:
    """Jobs of a key that nobody has called up; no more than `most` are looked at."""
    waiting = select(_jobs.id).where(_jobs.state == "QUEUED", _jobs.node_id.is_(None), _jobs.key_id == key_id)
    return connection.scalar(select(func.count()).select_from(waiting.limit(most).subquery())) or 0


def waiting_keys(connection: Connection) -> list[str]:
    """Keys with jobs that nobody has called up."""
    waiting = select(_jobs.key_id).where(_is_open, _jobs.node_id.is_(None)).distinct().limit(_MOST_KEYS)
    return [*connection.scalars(waiting)]


def call_up(connection: Connection, key_id: str, node_id: str, usual_limit: int) -> list[tuple[str, int]]:
    """Let as many of the key's jobs come up as it may have under way, in their order.

    Returns generation ids, each with its turn among all that are called up: priorities first, and of keys with the same
    priority the one that has less under way.
    """
    # Locked: of two processes at it the second counts what the first has called.
    mine = select(_KEYS.c.concurrency).where(_KEYS.c.id == key_id).with_for_update(key_share=True)
    own = connection.scalar(mine)
    limit = usual_limit if own is None else own
    called = connection.scalar(select(func.count()).where(_jobs.key_id == key_id, _jobs.node_id.is_not(None))) or 0
    if called >= limit:
        return []
    next_ones = (
        select(_jobs.id)
        .where(_is_open, _jobs.node_id.is_(None), _jobs.key_id == key_id)
        .order_by(_jobs.state, _jobs.priority, _jobs.id)  # those that were under way before first
        .limit(limit - called)
        .with_for_update(skip_locked=True)  # who holds one may wait for the key
    )
    calling = update(_JOBS).where(_jobs.id.in_(next_ones.scalar_subquery())).values(node_id=node_id)
    rows = connection.execute(calling.returning(_jobs.id, _jobs.generation_id, _jobs.state, _jobs.priority)).all()
    in_order = sorted(rows, key=lambda row: (row.state, row.priority, row.id))
    return [
        (row.generation_id, row.priority * _TURNS + min(called + place, _TURNS - 1))
        for place, row in enumerate(in_order)
    ]


def send_back(connection: Connection, generation_ids: Collection[str]) -> None:
    """Undo a call that reached nobody."""
    connection.execute(update(_JOBS).where(_jobs.generation_id.in_(generation_ids)).values(node_id=None))


def disown(connection: Connection, alive: Collection[str]) -> int:
    """Take from processes that are gone what they had called up or worked on. Returns how many."""
    gone = update(_JOBS).where(_is_open, _jobs.node_id.is_not(None), _jobs.node_id.not_in(alive))
    return connection.execute(gone.values(node_id=None)).rowcount


def begin(connection: Connection, generation_id: str, node_id: str, now_ms: int) -> Job | None:
    beginning = (
        update(_JOBS)
        .where(_jobs.generation_id == generation_id, _is_open)
        .values(
            state="PROCESSING",
            node_id=node_id,
            attempts=_jobs.attempts + 1,
            started_ms=func.coalesce(_jobs.started_ms, now_ms),
            updated_ms=now_ms,
        )
        .returning(*_jobs)
    )
    row = connection.execute(beginning).first()
    return _read(row) if row else None


def report(connection: Connection, job: Job, progress: float, now_ms: int) -> Job | None:
    """How far the work is."""
    return _change(connection, _is_attempt(job), progress=progress, updated_ms=now_ms)


def complete(connection: Connection, job: Job, output: Output, now_ms: int, expires_ms: int) -> Job | None:
    ending = _ending("COMPLETED", now_ms, expires_ms)
    return _change(connection, _is_attempt(job), progress=1.0, **asdict(output), **ending)


def fail(connection: Connection, job: Job, state: State, error: str, now_ms: int, expires_ms: int) -> Job | None:
    return _change(connection, _is_attempt(job), error=error, **_ending(state, now_ms, expires_ms))


def cancel(connection: Connection, job: Job, now_ms: int, expires_ms: int) -> Job | None:
    which = (_jobs.generation_id == job.generation_id) & _is_open
    return _change(connection, which, **_ending("CANCELLED", now_ms, expires_ms))


def hand_over(connection: Connection, job: Job) -> Job | None:
    """The process ends before the work: another one begins it anew, and this attempt does not count."""
    return _change(connection, _is_attempt(job), node_id=None, attempts=_jobs.attempts - 1)


def renew(connection: Connection, job: Job, generation_id: str, now_ms: int) -> Job | None:
    """Queue a job again that has ended without an output."""
    which = (_jobs.generation_id == job.generation_id) & _jobs.state.in_(("FAILED", "ERROR", "CANCELLED"))
    fresh = {"state": "QUEUED", "progress": 0.0, "error": None, "attempts": 0, "node_id": None}
    times = {"started_ms": None, "updated_ms": now_ms, "completed_ms": None, "expires_ms": None}
    return _change(connection, which, generation_id=generation_id, **fresh, **times)


def remove_expired(connection: Connection, now_ms: int, limit: int) -> list[str | None]:
    """Forget jobs whose time is over. Returns their blobs."""
    expired = select(_jobs.id).where(_jobs.expires_ms <= now_ms).order_by(_jobs.expires_ms).limit(limit)
    removed = delete(_JOBS).where(_jobs.id.in_(expired.scalar_subquery())).returning(_jobs.blob)
    return [*connection.scalars(removed)]


def known_blobs(connection: Connection, names: Collection[str]) -> set[str]:
    """Those of the names that are outputs."""
    return {*connection.scalars(select(_jobs.blob).where(_jobs.blob.in_(names)))}


def _is_attempt(job: Job) -> ColumnElement[bool]:
    return (_jobs.generation_id == job.generation_id) & (_jobs.state == "PROCESSING") & (_jobs.attempts == job.attempts)


def _ending(state: State, now_ms: int, expires_ms: int) -> dict[str, Any]:
    times = {"updated_ms": now_ms, "completed_ms": now_ms, "expires_ms": expires_ms}
    return {"state": state, "node_id": None, **times}


def _change(connection: Connection, which: ColumnElement[bool], **values: Any) -> Job | None:
    row = connection.execute(update(_JOBS).where(which).values(**values).returning(*_jobs)).first()
    return _read(row) if row else None
