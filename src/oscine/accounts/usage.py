# SPDX-License-Identifier: GPL-3.0-or-later
"""What was used, over time: figures of settled generations, summed up by the database."""

from __future__ import annotations

import time
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select

from oscine.domain.problems import SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import GenerationRow

Metric = Literal["credits", "tts_characters", "minutes_used", "request_count", "ttfb_avg", "ttfb_p95"]
"""ttfb: milliseconds from a request to its first audio."""
Breakdown = Literal["none", "voice", "model", "product_type", "api_keys", "user"]
Interval = Literal["hour", "day", "week", "month", "cumulative"]
"""cumulative: the whole time as one."""

MOST_BUCKETS = 10_000
"""A year has 8,784 hours at most."""
_MOST_FIGURES = 200_000

_STEPS_MS: dict[str, int] = {"hour": 3_600_000, "day": 86_400_000, "week": 7 * 86_400_000}
_FIRST_MONDAY_MS = 4 * 86_400_000
"""1970-01-05."""

_EVERYTHING = "All"
_GROUPS: dict[Breakdown, ColumnElement[Any]] = {
    "voice": func.coalesce(GenerationRow.voice_id, "none"),
    "model": GenerationRow.model_id.expression,
    "product_type": GenerationRow.source.expression,
    "api_keys": GenerationRow.key_id.expression,
    "user": GenerationRow.account_id.expression,
}


@dataclass(frozen=True, slots=True)
class Question:
    account_id: str | None
    """None: all accounts."""
    start_ms: int
    end_ms: int
    """Both included; milliseconds since 1970 (UTC)."""
    metric: Metric = "credits"
    breakdown: Breakdown = "none"
    interval: Interval | int = "day"
    """A number: so many seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    times_ms: list[int]
    """Starts of the intervals, whole ones: the first may begin before the question's start."""
    figures: dict[str, list[float]]
    """Group → a figure for each interval; the only group is `All` where nothing is broken down."""


class Usage:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def over_time(self, question: Question) -> Answer:
        """Raises: SettingOutOfRange for times in the wrong order, and for more figures than anyone can read."""
        times_ms = axis(question)
        async with self._database.session() as session:
            rows = (await session.execute(_query(question, times_ms).limit(_MOST_FIGURES + 1))).all()
        groups = sorted({group for _, group, _ in rows}) or ([_EVERYTHING] if question.breakdown == "none" else [])
        if len(groups) * len(times_ms) > _MOST_FIGURES:
            raise _too_much(f"{len(groups)} groups in {len(times_ms)} intervals")
        figures: dict[str, list[float]] = {group: [0] * len(times_ms) for group in groups}
        is_whole = question.metric in {"credits", "tts_characters", "request_count"}
        places = {_month_label(start): i for i, start in enumerate(times_ms)} if question.interval == "month" else None
        for bucket, group, figure in rows:
            place = places[bucket] if places else int(bucket)
            figures[group][place] = int(figure) if is_whole else float(figure or 0)
        return Answer(times_ms, figures)


def axis(question: Question) -> list[int]:
    """Starts of the intervals that the question touches, in milliseconds (UTC; weeks begin on Monday).

    Raises: SettingOutOfRange.
    """
    start, end, interval = question.start_ms, question.end_ms, question.interval
    if end < start:
        raise SettingOutOfRange(f"end_unix ({end}) lies before start_unix ({start}).", parameter="end_unix")
    if interval == "cumulative":
        return [start]
    if interval == "month":
        first, last = _month_number(start), _month_number(end)
        _check_length(last - first + 1)
        return [timegm((month // 12, month % 12 + 1, 1, 0, 0, 0)) * 1000 for month in range(first, last + 1)]
    step = _step(interval)
    origin = _FIRST_MONDAY_MS if interval == "week" else 0
    begin = (start - origin) // step * step + origin
    _check_length((end - begin) // step + 1)
    return list(range(begin, end + 1, step))


def _query(question: Question, times_ms: list[int]) -> Select[Any]:
    """Rows of bucket, group, figure. Buckets are numbers along the axis; months are named YYYY-MM."""
    row = GenerationRow
    bucket: ColumnElement[Any]
    if question.interval == "month":
        bucket = row.month.expression
    elif question.interval == "cumulative":
        bucket = literal(0)
    else:
        bucket = (row.created_ms - times_ms[0]) // _step(question.interval)
    group = _GROUPS.get(question.breakdown, literal(_EVERYTHING))
    chosen = select(
        bucket.label("bucket"), group.label("part"), row.cost, row.characters, row.audio_s, row.first_audio_ms
    ).where(row.state == "settled", row.created_ms.between(question.start_ms, question.end_ms))
    if question.account_id is not None:
        chosen = chosen.where(row.account_id == question.account_id)
    if question.metric == "tts_characters":
        chosen = chosen.where(row.source == "TTS")
    if question.metric in {"ttfb_avg", "ttfb_p95"}:
        chosen = chosen.where(row.first_audio_ms.is_not(None))
    inner = chosen.subquery()
    if question.metric == "ttfb_p95":
        inner = _slowest_twentieth(inner)
    by = (inner.c.bucket, inner.c.part)
    figures: dict[Metric, ColumnElement[Any]] = {
        "credits": func.sum(inner.c.cost),
        "tts_characters": func.sum(inner.c.characters),
        "minutes_used": func.sum(inner.c.audio_s) / 60,
        "request_count": func.count(),
        "ttfb_avg": func.avg(inner.c.first_audio_ms),
        "ttfb_p95": func.min(inner.c.first_audio_ms),
    }
    return select(*by, figures[question.metric]).group_by(*by)


def _slowest_twentieth(inner: Subquery) -> Subquery:
    """Of each bucket and group, those that 95 % are not slower than; the fastest of them is the percentile."""
    share = func.cume_dist().over(partition_by=(inner.c.bucket, inner.c.part), order_by=inner.c.first_audio_ms)
    ranked = select(*inner.c, share.label("share")).subquery()
    return select(*ranked.c).where(ranked.c.share >= 0.95).subquery()


def _step(interval: Interval | int) -> int:
    """Milliseconds."""
    return interval * 1000 if isinstance(interval, int) else _STEPS_MS[interval]


def _month_number(ms: int) -> int:
    at = datetime.fromtimestamp(ms / 1000, UTC)
    return at.year * 12 + at.month - 1


def _month_label(ms: int) -> str:
    return time.strftime("%Y-%m", time.gmtime(ms / 1000))


def _check_length(buckets: int) -> None:
    if buckets > MOST_BUCKETS:
        raise _too_much(f"{buckets} intervals")


def _too_much(what: str) -> SettingOutOfRange:
    return SettingOutOfRange(
        f"That would be {what}. Allowed are {MOST_BUCKETS} intervals and {_MOST_FIGURES} figures: ask for a shorter "
        "time or longer intervals.",
        parameter="aggregation_interval",
    )
