# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that one engine lives in: a gRPC service around an engine of any kind.

    python -m oscine.engines.worker --engine espeak --target unix:/path/to/socket

It ends on SIGTERM after the call in hand, and at once when its standard input closes: the server holds the
other end of that pipe, so no worker outlives it. On another machine start it with `--detached`.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, TypeVar, cast

import grpc
import numpy as np
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from oscine.domain.problems import EngineUnavailable, Invalid, describe_failure
from oscine.domain.speech import Take
from oscine.engines import engine_pb2 as pb
from oscine.engines import engine_pb2_grpc, wire
from oscine.engines.protocol import Engine, MusicEngine, SoundEngine, SpeechEngine
from oscine.engines.registry import open_any

T = TypeVar("T")

_CALLS_AT_ONCE = 8
"""One call speaks; the others wait for it, or ask for health."""
_GRACE_S = 5.0
_GATHER_S = 0.01
_EARLY_S = 0.25
"""Audio that no codec needs more of for its first frame."""


class EngineServicer(engine_pb2_grpc.EngineServicer):
    """Serves one engine; a call has the engine to itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()

    def Describe(self, request: pb.DescribeRequest, context: grpc.ServicerContext) -> pb.Card:  # noqa: N802
        return wire.write_card(self._engine.card)

    def Speak(self, request: pb.SpeakRequest, context: grpc.ServicerContext) -> Iterator[pb.Take]:  # noqa: N802
        if self._engine.card.kind != "speech":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "This engine does not speak.")
        engine = cast(SpeechEngine, self._engine)
        segment, timbre, settings, seed = wire.read_request(request)
        takes = engine.speak(segment, timbre, settings, seed)
        yield from self._serve(context, takes, (wire.write_take(take) for take in gather(takes)))

    def Make(self, request: pb.MakeRequest, context: grpc.ServicerContext) -> Iterator[pb.SoundTake]:  # noqa: N802
        if self._engine.card.kind != "sound":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "This engine makes no sounds.")
        engine = cast(SoundEngine, self._engine)
        takes = engine.make(*wire.read_order(request))
        yield from self._serve(context, takes, map(wire.write_sound, takes))

    def Play(self, request: pb.PlayRequest, context: grpc.ServicerContext) -> Iterator[pb.MusicTake]:  # noqa: N802
        if self._engine.card.kind != "music":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "This engine plays no music.")
        engine = cast(MusicEngine, self._engine)
        takes = engine.play(*wire.read_play(request))
        yield from self._serve(context, takes, map(wire.write_music, takes))

    def _serve(
        self, context: grpc.ServicerContext, takes: Generator[Any, None, None], messages: Iterator[T]
    ) -> Iterator[T]:
        """The messages made of an engine's takes, as long as somebody listens."""
        with self._turn:
            try:
                for message in messages:
                    if not context.is_active():
                        return
                    yield message
            except Invalid as problem:
                context.set_trailing_metadata(((wire.PROBLEM_HEADER, type(problem).__name__),))
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, problem.message)
            except Exception as error:
                if context.is_active():
                    print(f"engine failed: {describe_failure(error)}", file=sys.stderr, flush=True)
                raise
            finally:
                takes.close()


class Apology(engine_pb2_grpc.EngineServicer):
    """Stands in for an engine that cannot be opened, and says why to whoever asks what it can do."""

    def __init__(self, reason: EngineUnavailable) -> None:
        self._reason = reason

    def Describe(self, request: pb.DescribeRequest, context: grpc.ServicerContext) -> pb.Card:  # noqa: N802
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, self._reason.message)
        raise self._reason


def gather(takes: Iterable[Take], clock: Callable[[], float] = time.monotonic) -> Iterator[Take]:
    """What begins in the first `_EARLY_S` at once; later takes joined while they come faster than every `_GATHER_S`.

    A message costs as much as half a second of fast synthesis; a slow engine's takes pass through one by one.
    """
    sent_s, heard_s = -math.inf, 0.0
    held: list[Take] = []
    for take in takes:
        held.append(take)
        is_early = heard_s < _EARLY_S
        heard_s += len(take.samples) / take.rate
        if is_early or clock() - sent_s >= _GATHER_S:
            yield _join(held)
            held, sent_s = [], clock()
    if held:
        yield _join(held)


def _join(takes: list[Take]) -> Take:
    if len(takes) == 1:
        return takes[0]
    samples = np.concatenate([take.samples for take in takes])
    return Take(samples, takes[0].rate, tuple(mark for take in takes for mark in take.marks))


def serve(servicer: engine_pb2_grpc.EngineServicer, target: str) -> tuple[grpc.Server, health.HealthServicer]:
    """Start serving at a gRPC target; returns at once."""
    server = grpc.server(ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="call"))
    engine_pb2_grpc.add_EngineServicer_to_server(servicer, server)  # type: ignore[no-untyped-call]
    state = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(state, server)
    server.add_insecure_port(target)
    server.start()
    state.set("", health_pb2.HealthCheckResponse.SERVING)
    return server, state


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", required=True, help="id of an installed engine")
    arguments.add_argument("--target", required=True, help="address to listen on: unix:PATH or HOST:PORT")
    arguments.add_argument("--detached", action="store_true", help="live on when standard input closes")
    options = arguments.parse_args()

    # A synthesis thread holds the interpreter for short moments; the default of 5 ms would show in the first take.
    sys.setswitchinterval(0.0005)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the server decides
    engine: Engine | None = None
    try:
        engine = open_any(options.engine)
    except EngineUnavailable as problem:
        if options.detached:
            raise SystemExit(problem.message) from problem
        server, state = serve(Apology(problem), options.target)
    else:
        server, state = serve(EngineServicer(engine), options.target)

    def end(_signal: int, _frame: FrameType | None) -> None:
        state.enter_graceful_shutdown()
        server.stop(_GRACE_S)

    signal.signal(signal.SIGTERM, end)
    if not options.detached:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    server.wait_for_termination()
    if engine is not None:
        engine.close()


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not sys.stdin, whose lock would be held at the interpreter's end
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
