# SPDX-License-Identifier: GPL-3.0-or-later
"""`oscine jobs list|show|cancel|retry`, where no server runs."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result

from tests.journeys.desk import Desk, at_desk
from tests.journeys.terminal import invoke

SAID = "said in confidence"


def jobs(folder: Path, *arguments: str) -> Result:
    return invoke("jobs", *arguments, OSCINE_DATA_DIR=str(folder))


def submit(folder: Path) -> tuple[str, str, str]:
    """Ids of a job that waits, one that goes on and one that failed."""

    async def work(desk: Desk) -> tuple[str, str, str]:
        waiting, going_on, failed = await desk.submit(SAID, SAID, SAID)
        await desk.jobs.begin(going_on.generation_id, "node")
        begun = await desk.jobs.begin(failed.generation_id, "node")
        assert begun is not None
        await desk.jobs.fail(begun, "ERROR", "The [engine] is gone.")
        return waiting.id, going_on.id, failed.id

    return at_desk(folder, work)


def state(folder: Path, job_id: str) -> str:
    lines = jobs(folder, "show", job_id).stdout.splitlines()
    return next(line.split()[1] for line in lines if line.split()[0] == "state")


def test_jobs_are_listed_and_shown_without_what_was_asked_for(tmp_path: Path) -> None:
    waiting, going_on, failed = submit(tmp_path)
    listed = jobs(tmp_path, "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == [failed, going_on, waiting]
    assert "1 QUEUED, 1 PROCESSING, 1 ERROR" in listed.stderr
    only = jobs(tmp_path, "list", "--state", "QUEUED").stdout
    assert (waiting in only, failed in only) == (True, False)
    shown = jobs(tmp_path, "show", failed).stdout
    assert "The [engine] is gone." in shown
    assert "nothing" in shown
    assert SAID not in listed.stdout + shown
    assert "$0.0007 reserved" in jobs(tmp_path, "show", waiting).stdout


def test_jobs_are_cancelled_and_retried_beside_whatever_runs(tmp_path: Path) -> None:
    waiting, going_on, failed = submit(tmp_path)
    assert jobs(tmp_path, "cancel", waiting, going_on).exit_code == 0
    assert [state(tmp_path, job_id) for job_id in (waiting, going_on)] == ["CANCELLED"] * 2
    refused = jobs(tmp_path, "cancel", waiting)
    assert refused.exit_code == 1
    assert "is CANCELLED: only one that is QUEUED or PROCESSING" in refused.stderr
    assert jobs(tmp_path, "retry", failed, waiting).exit_code == 0
    assert [state(tmp_path, job_id) for job_id in (failed, waiting)] == ["QUEUED"] * 2
    assert "is QUEUED: only one that is FAILED" in jobs(tmp_path, "retry", failed).stderr
    for command in ("show", "cancel", "retry"):
        unknown = jobs(tmp_path, command, "none")
        assert (unknown.exit_code, "There is no job 'none'" in unknown.stderr) == (1, True)


def test_a_job_is_not_retried_for_a_key_that_is_gone(tmp_path: Path) -> None:
    _, _, failed = submit(tmp_path)
    key = next(
        line.split()[1] for line in jobs(tmp_path, "show", failed).stdout.splitlines() if line.split()[:1] == ["key"]
    )
    assert invoke("keys", "revoke", key, OSCINE_DATA_DIR=str(tmp_path)).exit_code == 0
    refused = jobs(tmp_path, "retry", failed)
    assert (refused.exit_code, f"key {key} cannot be used: it was revoked" in refused.stderr) == (1, True)
