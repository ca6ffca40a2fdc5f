# SPDX-License-Identifier: GPL-3.0-or-later
"""espeak-ng by ctypes: instances of the library that share nothing with one another.

Rules that this file lives by:
- The library keeps its state in globals. A copy under another inode has globals of its own, so every
  `Instance` loads a copy; one thread at a time may be inside an instance.
- Repeated calls of one instance differ in a few samples; a fresh instance with the same random seed is
  bit-exact (its seed is otherwise the time of day).
- In synchronous mode `espeak_Synth` blocks and calls back with 16-bit samples and events. Returning 1 cancels.
- Text is read as UTF-8 and without SSML; `[[mnemonics]]` are only read when asked for.

Source: espeak-ng 1.52 speak_lib.h; reference/engines.md §3.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import IntEnum

from oscine.engines.espeak.nameless import in_memory, on_disk

_SYNCHRONOUS = 2
_PHONEME_EVENTS_IN_IPA = 0x0001 | 0x0002
_NEVER_EXIT = 0x8000
_UTF8 = 1
_MNEMONICS = 0x100
_AT_CHARACTER = 1

BUFFER_MS = 160
"""Audio per callback, about 0.25 ms of work: the first piece that leaves the booth is one of them."""

_EVENT = struct.Struct("@iIiiiiP8s")
_EVENTS_BYTES = _EVENT.size * (BUFFER_MS * 200 // 1000 + 20)
"""espeak allocates room for this many events per buffer, used or not, so all of it may be read at once."""

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class Parameter(IntEnum):
    RATE = 1
    """Words per minute, 80–450."""
    VOLUME = 2
    """Per cent of normal."""
    PITCH = 3
    """0–99; 50 is what the voice file says, one step is about 1.4 %."""
    RANGE = 4
    """0–99; 50 is what the voice file says."""


class EventKind(IntEnum):
    WORD = 1
    CLAUSE_END = 5
    PHONEME = 7


@dataclass(frozen=True, slots=True)
class Event:
    kind: EventKind
    position: int
    """Code point of the text, counted from 1."""
    sample: int
    name: str
    """IPA of a phoneme; empty for a pause."""


OnBuffer = Callable[[int, int, int], int]
"""(address of samples, their number, address of events) → 0 to go on, 1 to cancel."""

_KINDS = {int(kind): kind for kind in EventKind}


def read_events(block: bytes) -> Iterator[Event]:
    """The events of one callback. block: `copy_events` of its address."""
    for kind, _id, position, _length, _ms, sample, _user, name in _EVENT.iter_unpack(block):
        if kind == 0:
            return
        if kind in _KINDS:
            # Names are cut at 8 bytes, perhaps inside a character.
            ipa = name.partition(b"\0")[0].decode(errors="ignore") if kind == EventKind.PHONEME else ""
            yield Event(_KINDS[kind], position, sample, ipa)


def copy_events(address: int) -> bytes:
    """All of espeak's event buffer; what follows the terminator is left over from before."""
    return ctypes.string_at(address, _EVENTS_BYTES)


class EspeakFailed(RuntimeError):
    """The library refused something it must not refuse; the worker has to be restarted."""


class Instance:
    """One private copy of the library. Not thread-safe: one call at a time, from any thread."""

    def __init__(self, library: bytes, data_dir: str) -> None:
        """library: contents of the shared object. data_dir: its espeak-ng-data folder. Takes 2–6 ms."""
        self._file = ExitStack()
        self._lib = self._load(library)
        declare(self._lib)
        self.rate = self._lib.espeak_Initialize(
            _SYNCHRONOUS, BUFFER_MS, data_dir.encode(), _PHONEME_EVENTS_IN_IPA | _NEVER_EXIT
        )
        """Hertz."""
        if self.rate <= 0:
            raise EspeakFailed(f"espeak-ng does not start with the data in {data_dir}")

    def set_voice(self, description: str) -> None:
        """Load a voice from the text of a voice file (language, phonemes, pitch, formants …); 0.3 ms for English."""
        contents = description.encode()
        try:
            with in_memory(contents) as path:
                status = self._lib.espeak_ng_SetVoiceByFile(path.encode())
        except OSError:
            with on_disk(contents) as path:
                status = self._lib.espeak_ng_SetVoiceByFile(path.encode())
        if status != 0:
            raise EspeakFailed(f"espeak-ng refuses a voice: status {status:#x}")

    def set_parameter(self, parameter: Parameter, value: int) -> None:
        self._lib.espeak_SetParameter(parameter, value, 0)

    def set_seed(self, seed: int) -> None:
        self._lib.espeak_ng_SetRandSeed(seed)

    def synthesise(self, text: str, on_buffer: OnBuffer, *, reads_mnemonics: bool = False) -> bool:
        """Speak `text`; blocks, and calls `on_buffer` from this thread. Returns False when that cancelled.

        text: no control characters, no surrogates, no noncharacters (`script.py` sees to it).
        """
        is_cancelled = False

        def relay(samples: int | None, count: int, events: int) -> int:
            nonlocal is_cancelled
            if on_buffer(samples or 0, count, events):
                is_cancelled = True
                return 1
            return 0

        callback = _Callback(relay)
        self._lib.espeak_SetSynthCallback(callback)
        contents = text.encode()
        status = self._lib.espeak_Synth(
            contents, len(contents) + 1, 0, _AT_CHARACTER, 0, _UTF8 | (_MNEMONICS if reads_mnemonics else 0), None, None
        )
        if status != 0 and not is_cancelled:
            raise EspeakFailed(f"espeak-ng failed with status {status}")
        return not is_cancelled

    def close(self) -> None:
        """Free the copy: its memory, its mapping. The instance is not used again."""
        self._lib.espeak_Terminate()
        handle = self._lib._handle
        del self._lib
        _unload(handle)
        self._file.close()

    def _load(self, library: bytes) -> ctypes.CDLL:
        try:
            # The loader takes an equal path for the same library, so it must not be free for the next instance.
            return ctypes.CDLL(self._file.enter_context(in_memory(library)))
        except OSError:  # no files in memory, or none that may be executed
            with on_disk(library) as path:
                return ctypes.CDLL(path)


def _unload(handle: int) -> None:
    process = ctypes.CDLL(None)
    process.dlclose.argtypes = [ctypes.c_void_p]
    process.dlclose(handle)


def declare(lib: ctypes.CDLL) -> None:
    """Tell ctypes the signatures of the functions used here (speak_lib.h, espeak_ng.h)."""
    lib.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    lib.espeak_SetSynthCallback.argtypes = [_Callback]
    lib.espeak_SetSynthCallback.restype = None
    lib.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    lib.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    lib.espeak_Terminate.argtypes = []
    lib.espeak_ng_SetVoiceByFile.argtypes = [ctypes.c_char_p]
    lib.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
