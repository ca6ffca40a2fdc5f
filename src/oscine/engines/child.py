# SPDX-License-Identifier: GPL-3.0-or-later
"""One worker process seen from the server: started, spoken to, killed when it hangs."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any

import grpc
from grpc import aio

from oscine.domain import problems
from oscine.domain.composition import MusicTake
from oscine.domain.sound import SoundTake
from oscine.domain.speech import Take
from oscine.engines import engine_pb2 as pb
from oscine.engines import engine_pb2_grpc, wire
from oscine.engines.protocol import Card

_START_TIMEOUT_S = 30.0
_OPTIONS = (("grpc.max_receive_message_length", 16 << 20), ("grpc.enable_retries", 0))


class ChildLost(Exception):
    """The worker died, hung or failed in the middle of a call; the call may be tried on another."""


class Child:
    """A running worker process and the channel to it."""

    def __init__(self, engine_id: str, process: asyncio.subprocess.Process, socket: Path) -> None:
        self.engine_id = engine_id
        self.process = process
        self._socket = socket
        self._channel = aio.insecure_channel(f"unix:{socket}", options=_OPTIONS)
        self._stub = engine_pb2_grpc.EngineStub(self._channel)  # type: ignore[no-untyped-call]
        self.card: Card
        self.is_spent = False
        """Not to be spoken to again; its process is on the way out."""

    @classmethod
    async def start(cls, engine_id: str, socket: Path, environment: Mapping[str, str]) -> Child:
        """Spawn a worker and wait until it answers.

        environment: what the engine is to find in its environment, beside this process's own.
        Raises: ChildLost when it ends, or is not ready in 30 s.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "oscine.engines.worker",
            "--engine",
            engine_id,
            "--target",
            f"unix:{socket}",
            stdin=asyncio.subprocess.PIPE,
            env={**os.environ, **environment, "GRPC_VERBOSITY": "NONE", "OPENBLAS_NUM_THREADS": "1"},
        )
        child = cls(engine_id, process, socket)
        try:
            await child._introduce()
        except BaseException:
            await child.stop()
            raise
        return child

    async def _introduce(self) -> None:
        describe = asyncio.ensure_future(
            self._stub.Describe(pb.DescribeRequest(), wait_for_ready=True, timeout=_START_TIMEOUT_S)
        )
        ended = asyncio.ensure_future(self.process.wait())
        try:
            await asyncio.wait({describe, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not describe.done():
                raise ChildLost(f"worker for engine {self.engine_id!r} ended with status {self.process.returncode}")
            self.card = wire.read_card(describe.result())
        except aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.FAILED_PRECONDITION:
                raise ChildLost(error.details() or "it did not say why") from error
            raise ChildLost(f"worker for engine {self.engine_id!r} did not answer: {error.code().name}") from error
        finally:
            describe.cancel()
            ended.cancel()

    async def speak(self, request: pb.SpeakRequest, idle_timeout_s: float) -> AsyncIterator[Take]:
        """The takes of one segment, as they come. Closing the iterator cancels the call.

        Raises: ChildLost; the problems that `SpeechEngine.speak` names.
        """
        async with aclosing(self._read(self._stub.Speak(request), idle_timeout_s)) as messages:
            async for take in messages:
                yield wire.read_take(take, self.card.rate)

    async def make(self, order: pb.MakeRequest, idle_timeout_s: float) -> AsyncGenerator[SoundTake, None]:
        """The takes of one sound, as `speak`. Raises: ChildLost; the problems that `SoundEngine.make` names."""
        async with aclosing(self._read(self._stub.Make(order), idle_timeout_s)) as messages:
            async for take in messages:
                yield wire.read_sound(take, self.card.rate)

    async def play(self, request: pb.PlayRequest, idle_timeout_s: float) -> AsyncGenerator[MusicTake, None]:
        """The takes of one piece, as `speak`. Raises: ChildLost; the problems that `MusicEngine.play` names."""
        async with aclosing(self._read(self._stub.Play(request), idle_timeout_s)) as messages:
            async for take in messages:
                yield wire.read_music(take, self.card.rate)

    async def _read(self, call: Any, idle_timeout_s: float) -> AsyncGenerator[Any, None]:
        try:
            while True:
                async with asyncio.timeout(idle_timeout_s):
                    message = await call.read()
                if message is aio.EOF:
                    return
                yield message
        except TimeoutError as error:
            self._discard()
            raise ChildLost(f"worker {self.process.pid} was silent for {idle_timeout_s:g} s") from error
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise ChildLost(f"worker {self.process.pid} was stopped during the call") from error  # channel closed
        except aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.UNAVAILABLE:
                self._discard()
            raise _translate(error) from error
        finally:
            call.cancel()

    def _discard(self) -> None:
        self.is_spent = True
        if self.process.returncode is None:
            self.process.kill()

    async def stop(self) -> None:
        """End the process, politely first, and remove its socket."""
        await self._channel.close(grace=None)
        if self.process.returncode is None:
            self.process.terminate()
            try:
                async with asyncio.timeout(2.0):
                    await self.process.wait()
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self._socket.unlink(missing_ok=True)


def _translate(error: aio.AioRpcError) -> Exception:
    if error.code() is grpc.StatusCode.INVALID_ARGUMENT:
        named = dict(error.trailing_metadata() or ())
        kind = getattr(problems, str(named.get(wire.PROBLEM_HEADER, "")), problems.Invalid)
        if isinstance(kind, type) and issubclass(kind, problems.Invalid) and hasattr(kind, "code"):
            return kind(error.details() or "The segment cannot be spoken.")
    return ChildLost(f"call failed with {error.code().name}")
