# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from oscine.accounts.accounts import Accounts
from oscine.accounts.keys import Keys
from oscine.accounts.usage import MOST_BUCKETS, Interval, Metric, Question, Usage, axis
from oscine.domain.account import month_of
from oscine.domain.problems import SettingOutOfRange
from oscine.store.database import Database
from oscine.store.tables import GenerationRow

HOUR, DAY = 3_600_000, 86_400_000


def ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]


class Past:
    """Generations that were."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._count = 0

    async def add(self, at_ms: int, account_id: str, key_id: str, **more: object) -> None:
        self._count += 1
        columns = {
            **{"id": f"g{self._count}", "account_id": account_id, "key_id": key_id, "node_id": "n", "source": "TTS"},
            **{"model_id": "eleven_v3", "voice_id": "George", "characters": 10, "cost": 5, "used_before": 0},
            **{"month": month_of(at_ms / 1000), "state": "settled", "repeats_left": 0, "created_ms": at_ms},
            **{"first_audio_ms": 20.0, "audio_s": 30.0},
        }
        async with self._database.session.begin() as session:
            await session.execute(insert(GenerationRow).values(columns | more))


@pytest.fixture
async def past(database: Database) -> Past:
    """Two accounts on the last day of 2025 and the first of 2026."""
    past = Past(database)
    keys = Keys(database, None)
    mine, _ = await keys.create("mine")
    theirs, _ = await keys.create("theirs", account_id=(await Accounts(database, 5).create("tenant")).id)
    await past.add(ms(2025, 12, 31, 23, 59, 59), mine.account_id, mine.id)
    await past.add(ms(2026, 1, 1), mine.account_id, mine.id, voice_id="Alice", model_id="eleven_flash_v2", cost=3)
    await past.add(ms(2026, 1, 1, 5), mine.account_id, mine.id, cost=0, first_audio_ms=None, audio_s=0.0)
    await past.add(ms(2026, 1, 1, 6), mine.account_id, mine.id, cost=99, state="reserved", audio_s=None)
    await past.add(ms(2026, 1, 1, 6), mine.account_id, mine.id, cost=99, state="released", audio_s=None)
    await past.add(ms(2026, 1, 1, 7), theirs.account_id, theirs.id, cost=70)
    return past


def asked(account_id: str | None = "owner", **more: object) -> Question:
    whole = {"start_ms": ms(2025, 12, 31), "end_ms": ms(2026, 1, 1, 23, 59, 59)}
    return Question(account_id, **whole | more)  # type: ignore[arg-type]


async def test_an_account_sees_what_it_spent_and_nothing_else(database: Database, past: Past) -> None:
    """Source: reference/clients.md, Home Assistant: key `All`, days at 0:00 UTC in milliseconds."""
    answer = await Usage(database).over_time(asked())
    assert answer.times_ms == [ms(2025, 12, 31), ms(2026, 1, 1)]
    assert answer.figures == {"All": [5, 3]}
    assert (await Usage(database).over_time(asked(None))).figures == {"All": [5, 73]}


@pytest.mark.parametrize(
    ("interval", "times", "figures"),
    [
        ("month", [ms(2025, 12, 1), ms(2026, 1, 1)], [5, 3]),
        ("week", [ms(2025, 12, 29)], [8]),
        ("cumulative", [ms(2025, 12, 31)], [8]),
        (12 * 3600, [ms(2025, 12, 31), ms(2025, 12, 31, 12), ms(2026, 1, 1), ms(2026, 1, 1, 12)], [0, 5, 3, 0]),
    ],
)
async def test_intervals(
    database: Database, past: Past, interval: Interval | int, times: list[int], figures: list[int]
) -> None:
    answer = await Usage(database).over_time(asked(interval=interval))
    assert (answer.times_ms, answer.figures["All"]) == (times, figures)


async def test_hours(database: Database, past: Past) -> None:
    answer = await Usage(database).over_time(asked(interval="hour", metric="request_count"))
    assert answer.times_ms == list(range(ms(2025, 12, 31), ms(2026, 1, 2), HOUR))
    assert {i: count for i, count in enumerate(answer.figures["All"]) if count} == {23: 1, 24: 1, 29: 1}


@pytest.mark.parametrize(
    ("metric", "figures"),
    [
        ("credits", [5, 3]),
        ("tts_characters", [10, 20]),
        ("minutes_used", [0.5, 0.5]),
        ("request_count", [1, 2]),
        ("ttfb_avg", [20, 20]),
        ("ttfb_p95", [20, 20]),
    ],
)
async def test_metrics(database: Database, past: Past, metric: Metric, figures: list[float]) -> None:
    assert (await Usage(database).over_time(asked(metric=metric))).figures == {"All": figures}


async def test_the_percentile_is_the_nearest_rank(database: Database, past: Past) -> None:
    key_id = (await Keys(database, None).list("owner"))[0].id
    for i in range(100):
        await past.add(ms(2026, 3, 1) + i, "owner", key_id, first_audio_ms=float(i * 7 % 100 + 1))
    question = Question("owner", ms(2026, 3, 1), ms(2026, 3, 2), metric="ttfb_p95")
    assert (await Usage(database).over_time(question)).figures == {"All": [95, 0]}


async def test_breakdowns(database: Database, past: Past) -> None:
    usage = Usage(database)
    assert (await usage.over_time(asked(breakdown="voice"))).figures == {"George": [5, 0], "Alice": [0, 3]}
    assert (await usage.over_time(asked(breakdown="model"))).figures == {
        "eleven_v3": [5, 0],
        "eleven_flash_v2": [0, 3],
    }
    assert (await usage.over_time(asked(breakdown="product_type"))).figures == {"TTS": [5, 3]}
    mine, theirs = sorted(await Keys(database, None).list(), key=lambda key: key.name)
    by_key = (await usage.over_time(asked(None, breakdown="api_keys"))).figures
    assert by_key == {mine.id: [5, 3], theirs.id: [0, 70]}
    by_account = (await usage.over_time(asked(None, breakdown="user", interval="cumulative"))).figures
    assert by_account == {"owner": [8], theirs.account_id: [70]}


async def test_where_nothing_was_there_are_noughts(database: Database) -> None:
    empty = await Usage(database).over_time(asked(interval="month", metric="ttfb_p95"))
    assert empty.figures == {"All": [0, 0]}
    assert (await Usage(database).over_time(asked(breakdown="voice"))).figures == {}


async def test_both_ends_belong_to_the_time_asked_for(database: Database, past: Past) -> None:
    last = ms(2026, 1, 1)
    usage = Usage(database)
    assert (await usage.over_time(Question("owner", last, last))).figures == {"All": [3]}
    assert (await usage.over_time(Question("owner", last + 1, last + DAY - 1))).figures == {"All": [0]}


def test_weeks_begin_on_monday_and_months_at_their_first() -> None:
    assert axis(Question("a", ms(2026, 11, 21), ms(2026, 11, 23), interval="week")) == [
        ms(2026, 11, 16),
        ms(2026, 11, 23),
    ]
    assert axis(Question("a", ms(2023, 12, 31), ms(2024, 2, 29), interval="month")) == [
        *(ms(2023, 12, 1), ms(2024, 1, 1), ms(2024, 2, 1)),
    ]


def test_too_much_is_refused_before_any_work() -> None:
    end_of_time = ms(9999, 12, 31)
    for interval in ("hour", "day", "week", "month", 1):
        with pytest.raises(SettingOutOfRange, match="longer intervals"):
            axis(Question("a", 0, end_of_time, interval=interval))
    assert axis(Question("a", 0, end_of_time, interval="cumulative")) == [0]
    assert len(axis(Question("a", 0, MOST_BUCKETS * HOUR - 1, interval="hour"))) == MOST_BUCKETS
    with pytest.raises(SettingOutOfRange, match="before start_unix"):
        axis(Question("a", 2, 1))


async def test_more_figures_than_anyone_can_read_are_refused(database: Database, past: Past) -> None:
    key_id = (await Keys(database, None).list("owner"))[0].id
    for i in range(21):
        await past.add(ms(2026, 1, 1) + i, "owner", key_id, voice_id=f"voice {i}")
    question = Question("owner", ms(2025, 1, 1), ms(2026, 2, 1), interval="hour", breakdown="voice")
    with pytest.raises(SettingOutOfRange, match="23 groups"):
        await Usage(database).over_time(question)
