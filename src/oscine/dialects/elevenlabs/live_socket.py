# SPDX-License-Identifier: GPL-3.0-or-later
"""A socket that speaks: what a state machine makes of its messages, put into effect.

One task receives, always, so that an end, an interruption or an abort is noticed while audio flows; speakers work
beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from oscine.dialects.elevenlabs.gate import find_key, require
from oscine.dialects.elevenlabs.schema_live import LiveQuery
from oscine.dialects.elevenlabs.speaker import Speaker
from oscine.dialects.elevenlabs.text_stream import Closed, Dropped, Event, Greeted, Opened, TextStream
from oscine.domain.account import Key
from oscine.domain.problems import KeyMissing, Problem, TextTooLong
from oscine.domain.speech import SettingsChange
from oscine.pipeline.house import House
from oscine.pipeline.session import LiveSpeech

_INTRODUCTION_S = 20.0
"""How long a socket may be nobody's."""


class Machine(Protocol):
    """What StreamInput and MultiStreamInput have in common."""

    @property
    def deadline(self) -> float | None: ...

    def feed(self, data: str | bytes, now: float) -> list[Event]: ...

    def tick(self, now: float, is_busy: Callable[[TextStream], bool]) -> list[Event]: ...


class Left(Exception):
    """The client is gone."""


class LiveSocket:
    """`serve` once, on a socket that is accepted."""

    def __init__(self, socket: WebSocket, house: House, voice_id: str, query: LiveQuery, *, runs_on: bool) -> None:
        """runs_on: whether times count from the start of a context. Raises: FormatUnknown."""
        self._socket = socket
        self._house = house
        self._query = query
        self._request = query.request(voice_id)
        self._runs_on = runs_on
        self._find_key: Callable[[], Awaitable[Key]] | None = None
        """None as long as nobody has said who calls."""
        self._belongings = ExitStack()
        self._speakers: dict[TextStream, Speaker] = {}
        self._is_closing = False

    async def serve(self, machine: Machine) -> None:
        """Until the client leaves; the socket may have been closed before, when all was said. Raises: Problem, Left."""
        with self._house.sockets.enter(), self._belongings:
            secret = self._socket.headers.get("xi-api-key", "").strip() or _bare(self._query.authorization)
            if secret or self._query.single_use_token:
                await self._admit(secret)
            try:
                async with asyncio.TaskGroup() as self._tasks:
                    await self._receive(machine)
            except BaseExceptionGroup as group:
                raise _first(group) from None
            finally:
                for speaker in self._speakers.values():
                    await speaker.keep()

    async def _receive(self, machine: Machine) -> None:
        clock = self._house.clock
        began = clock()
        while True:
            deadline = machine.deadline
            if self._find_key is None and deadline is not None:
                deadline = min(deadline, began + _INTRODUCTION_S)
            try:
                async with asyncio.timeout(None if deadline is None else max(0.0, deadline - clock())):
                    message = await self._socket.receive()
            except TimeoutError:
                await self._caller()  # whoever has not said who it is by now is told so
                events = machine.tick(clock(), self._is_busy)
            else:
                if message["type"] == "websocket.disconnect":
                    raise Left
                text = message.get("text")
                events = machine.feed(message.get("bytes") or b"" if text is None else text, clock())
            for event in events:
                await self._act(event)

    async def _act(self, event: Event) -> None:
        if isinstance(event, Greeted):
            if self._find_key is None:
                await self._admit(_bare(event.secret))
        elif isinstance(event, Closed):
            self._is_closing = True
            await self._close_if_silent()
        elif isinstance(event, Dropped):
            self._speakers[event.stream].interrupt()
        else:
            if isinstance(event, Opened) and event.stream not in self._speakers:
                self._speakers[event.stream] = Speaker(
                    event.stream,
                    self._tasks,
                    open_speech=self._open_speech,
                    send=self._send,
                    leave=self._leave,
                    runs_on=self._runs_on,
                )
            self._speakers[event.stream].put(event)
            self._check_waiting()

    async def _admit(self, secret: str) -> None:
        """Find out who calls, and say at once what can be said of the request. secret: an API key, or nothing.

        Raises: Problem.
        """
        token = self._query.single_use_token
        if secret:
            self._find_key = lambda: find_key(self._socket, secret)
        elif token:
            key_id = (await self._house.tokens.spend(token, "tts_websocket")).id
            self._find_key = lambda: self._house.keys.find_by_id(key_id)
        key = await self._caller()
        self._belongings.enter_context(self._house.sockets.belong(key.id))
        await LiveSpeech.prepare(self._house, self._caller, self._request)

    async def _caller(self) -> Key:
        """The key, as it is now. Raises: KeyMissing, KeyInvalid, AddressDenied, ScopeMissing."""
        if self._find_key is None:
            raise KeyMissing(
                "Neither authorization header nor xi-api-key received, please provide one: in the header 'xi-api-key', "
                "in the query as 'authorization', or in the first message."
            )
        key = await self._find_key()
        require(key, "text_to_speech")
        if not self._query.enable_logging:
            require(key, "zero_retention")
        return key

    async def _open_speech(self, stream: TextStream) -> LiveSpeech:
        settings = stream.settings or SettingsChange()
        request = replace(self._request, settings=settings, dictionaries=stream.locators)
        return await LiveSpeech.prepare(self._house, self._caller, request)

    async def _send(self, frame: str) -> None:
        try:
            await self._socket.send_text(frame)
        except (WebSocketDisconnect, RuntimeError) as error:  # the latter: it is closed already
            raise Left from error

    async def _leave(self, stream: TextStream) -> None:
        del self._speakers[stream]
        await self._close_if_silent()

    async def _close_if_silent(self) -> None:
        if self._is_closing and not self._speakers:
            await self._socket.close(1000)

    def _is_busy(self, stream: TextStream) -> bool:
        speaker = self._speakers.get(stream)
        return speaker is not None and speaker.is_busy

    def _check_waiting(self) -> None:
        most = self._house.settings.max_waiting_characters
        if sum(speaker.waiting for speaker in self._speakers.values()) > most:
            raise TextTooLong(
                f"More than {most} characters wait to be spoken on this socket (OSCINE_MAX_WAITING_CHARACTERS). Send "
                "text as it is spoken.",
                parameter="text",
            )


def _bare(authorization: str | None) -> str:
    """The key in it, with or without `Bearer` before it."""
    return (authorization or "").strip().removeprefix("Bearer ").strip()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What ended the socket: a problem rather than its consequences."""
    leaves: list[BaseException] = []
    waiting: list[BaseException] = [group]
    while waiting:
        error = waiting.pop(0)
        if isinstance(error, BaseExceptionGroup):
            waiting += error.exceptions
        else:
            leaves.append(error)
    return next((error for error in leaves if isinstance(error, Problem)), leaves[0])
