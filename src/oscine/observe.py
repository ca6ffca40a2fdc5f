# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operator sees: metrics and log lines. Neither holds text, keys or audio; ids and sizes only."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from oscine.accounts.admission import Admission
from oscine.accounts.sockets import Sockets
from oscine.domain.job import STATES
from oscine.domain.problems import describe_failure
from oscine.engines.pool import Pool

METRICS_TYPE = CONTENT_TYPE_LATEST

_FIRST_AUDIO_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_REAL_TIME_FACTORS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


class Staffed(Protocol):
    """Whatever has workers."""

    @property
    def pools(self) -> tuple[Pool, ...]: ...


class Metrics:
    """The metrics of one server, in a registry of their own."""

    def __init__(self, stages: Iterable[Staffed], admission: Admission, sockets: Sockets) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Gauges(tuple(stages), admission, sockets))
        self.requests = Counter(
            "oscine_requests", "Requests answered, by route and status", ("route", "status"), registry=self._registry
        )
        self.first_audio = Histogram(
            "oscine_first_audio_seconds",
            "From the request to its first encoded audio",
            buckets=_FIRST_AUDIO_S,
            registry=self._registry,
        )
        self.real_time_factor = Histogram(
            "oscine_real_time_factor",
            "Seconds that a generation took per second of audio, slow readers included",
            buckets=_REAL_TIME_FACTORS,
            registry=self._registry,
        )
        self.audio_seconds = Counter("oscine_audio_seconds", "Audio made", registry=self._registry)
        self.characters = Counter("oscine_characters", "Characters spoken", registry=self._registry)
        self.history_lost = Counter(
            "oscine_history_lost", "Generations that the blob store could not keep", registry=self._registry
        )
        self.aborted = Counter(
            "oscine_aborted", "Responses that broke off after they had begun", registry=self._registry
        )

        self._jobs = Gauge("oscine_jobs", "Queued jobs that are kept, by state", ("state",), registry=self._registry)
        self._jobs_running = Gauge(
            "oscine_jobs_running", "Queued jobs that this server works on", registry=self._registry
        )

        self._deliveries = Gauge(
            "oscine_webhook_deliveries",
            "Events for webhooks that are kept, by state; those that failed wait for somebody",
            ("state",),
            registry=self._registry,
        )

    def show_deliveries(self, by_state: Mapping[str, int]) -> None:
        """by_state: of all servers."""
        for state, count in by_state.items():
            self._deliveries.labels(state).set(count)

    def show_jobs(self, by_state: Mapping[str, int], running: int) -> None:
        """by_state: of all servers. running: on this one."""
        for state in STATES:
            self._jobs.labels(state).set(by_state.get(state, 0))
        self._jobs_running.set(running)

    def render(self) -> bytes:
        """The text exposition format of Prometheus."""
        return generate_latest(self._registry)


class _Gauges(Collector):
    """Read off the house at the moment of the scrape."""

    def __init__(self, stages: Sequence[Staffed], admission: Admission, sockets: Sockets) -> None:
        self._stages = stages
        self._admission = admission
        self._sockets = sockets

    def collect(self) -> Any:
        yield GaugeMetricFamily("oscine_generations_running", "Generations under way", self._admission.running)
        yield GaugeMetricFamily("oscine_queue_depth", "Requests waiting for a place", self._admission.waiting)
        yield GaugeMetricFamily("oscine_sockets_open", "WebSockets open", self._sockets.open)
        waiting = GaugeMetricFamily("oscine_segments_waiting", "Calls waiting for a worker", labels=["engine"])
        idle = GaugeMetricFamily("oscine_workers_idle", "Workers with nothing to do", labels=["engine"])
        restarts = CounterMetricFamily("oscine_worker_restarts", "Workers replaced", labels=["engine"])
        for pool in (pool for stage in self._stages for pool in stage.pools):
            waiting.add_metric([pool.engine_id], pool.waiting)
            idle.add_metric([pool.engine_id], pool.idle)
            restarts.add_metric([pool.engine_id], pool.restarts)
        yield waiting
        yield idle
        yield restarts


def _drop_messages(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["failure"] = describe_failure(error)
    return event


def configure_logs(level: str, form: str) -> None:
    """Send log lines to standard error. level: debug … error. form: text or json."""
    renderer = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _drop_messages,
    ]
    threshold = getattr(logging, level.upper())
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    logging.basicConfig(level=max(threshold, logging.WARNING), handlers=[handler], force=True)
