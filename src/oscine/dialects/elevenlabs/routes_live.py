# SPDX-License-Identifier: GPL-3.0-or-later
"""Text to speech over WebSockets: stream-input and multi-stream-input.

Every socket is accepted, and what is wrong is said inside it: an error frame, then close 1008 for what the caller can
change, 1011 for what is our fault, with the message as the reason. Browsers see nothing of a refused handshake.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

import structlog
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from oscine.dialects.elevenlabs import render_live
from oscine.dialects.elevenlabs.gate import house_of
from oscine.dialects.elevenlabs.live_socket import Left, LiveSocket, Machine
from oscine.dialects.elevenlabs.multi_stream_input import MultiStreamInput
from oscine.dialects.elevenlabs.problems import ROWS
from oscine.dialects.elevenlabs.schema_live import LiveQuery, read_query
from oscine.dialects.elevenlabs.stream_input import StreamInput
from oscine.dialects.elevenlabs.text_stream import Options
from oscine.domain.problems import Broken, Problem, describe_failure

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/v1/text-to-speech/{voice_id}", tags=["text-to-speech"])

_REFUSED, _FAILED = 1008, 1011
_PARTING_S = 5.0
"""How long a client may take to receive why it is refused."""


@router.websocket("/stream-input")
async def stream_input(voice_id: str, socket: WebSocket) -> None:
    """Text as it is written; speech as it is made."""
    await _converse(socket, voice_id, StreamInput, may_run_on=False)


@router.websocket("/multi-stream-input")
async def multi_stream_input(voice_id: str, socket: WebSocket) -> None:
    """Up to five streams of text on one socket."""
    await _converse(socket, voice_id, MultiStreamInput, may_run_on=True)


async def _converse(
    socket: WebSocket, voice_id: str, protocol: Callable[[Options, float], Machine], *, may_run_on: bool
) -> None:
    house = house_of(socket)
    try:
        await socket.accept()
    except OSError:
        return  # it has left already
    try:
        query = read_query(socket.query_params)
        live = LiveSocket(socket, house, voice_id, query, runs_on=may_run_on and query.sync_alignment)
        await live.serve(protocol(_options(query, house.settings.max_waiting_characters), house.clock()))
    except (Left, WebSocketDisconnect):
        return
    except Problem as problem:
        trace_id = secrets.token_hex(16)
        log.info("refused", code=problem.code, trace_id=trace_id, parameter=problem.parameter)
        code = _FAILED if isinstance(problem, Broken) else _REFUSED
        await _part(socket, code, ROWS[problem.code].status, problem.message)
    except Exception as error:
        log.error("socket.failed", failure=describe_failure(error))  # noqa: TRY400 - a trace would hold what was said
        await _part(socket, _FAILED, "internal_error", "Internal error. The server's log says more. Try again.")


async def _part(socket: WebSocket, code: int, status: str, message: str) -> None:
    try:
        async with asyncio.timeout(_PARTING_S):
            await socket.send_text(render_live.error(message, status, code))
            await socket.close(code, render_live.reason(message))
    except (WebSocketDisconnect, RuntimeError, TimeoutError):
        return  # it has left meanwhile, or reads nothing


def _options(query: LiveQuery, most_waiting: int) -> Options:
    return Options(
        timeout_s=query.inactivity_timeout,
        is_auto=query.auto_mode,
        has_tags=query.enable_ssml_parsing,
        most_waiting=most_waiting,
    )
