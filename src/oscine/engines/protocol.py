# SPDX-License-Identifier: GPL-3.0-or-later
"""What an engine is. Bundled engines and anyone's enter by the same door:

    [project.entry-points."oscine.engines"]
    mine = "my_package:MyEngine"

The entry point names a callable without arguments that returns one of the engines below. It is called in a worker
process, never in the server, so an engine may hold global state, block, or crash.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, Protocol

from oscine.domain.composition import MusicPrompt, MusicTake
from oscine.domain.sound import SoundPrompt, SoundTake
from oscine.domain.speech import Segment, Take, VoiceSettings
from oscine.domain.voice import Timbre

Kind = Literal["speech", "sound", "music"]


@dataclass(frozen=True, slots=True)
class Card:
    """What an engine can do, as data."""

    id: str
    """Name of its entry point."""
    rate: int
    """Hertz of every take."""
    languages: tuple[str, ...]
    """ISO 639 codes, sorted; a request in any other language never reaches the engine."""
    is_seeded: bool
    """Whether the same seed gives the same samples."""
    licence: str
    """SPDX expression."""
    attribution: str
    kind: Kind = "speech"
    """What it makes: which of the protocols below it satisfies."""


class SpeechEngine(Protocol):
    @property
    def card(self) -> Card: ...

    def speak(
        self, segment: Segment, timbre: Timbre, settings: VoiceSettings, seed: int | None
    ) -> Generator[Take, None, None]:
        """Render one segment, piece by piece, the first piece as early as possible.

        A synchronous generator that knows samples and timings, and nothing of HTTP, codecs or accounts.
        Closing it early stops the synthesis. Leading and trailing silence is the engine's to keep short;
        the pause after the segment (`segment.pause_s`) is added by the caller. One call at a time.

        seed: the same gives the same samples; a `Drawn` one the same chance at least. None: never the same.

        Raises: LanguageUnsupported, PhonemeInvalid before the first take; anything else counts as a crash.
        """
        ...

    def close(self) -> None:
        """Free native resources; the engine is not used again."""
        ...


class SoundEngine(Protocol):
    @property
    def card(self) -> Card:
        """Its kind is `sound`; its languages are those it reads."""
        ...

    def make(self, prompt: SoundPrompt, seed: int | None) -> Generator[SoundTake, None, None]:
        """Make one sound, stretch by stretch, the first as early as possible and with the reading of the prompt.

        Two channels at the card's rate, exactly as long as the reading says, peaks at most −1 dBTP, ends without a
        click. Closing it early stops the synthesis. One call at a time. seed: the same gives the same samples for
        the same prompt; None: never the same.

        Raises: TextUnspeakable before the first take; anything else counts as a crash.
        """
        ...

    def close(self) -> None:
        """Free what it holds; the engine is not used again."""
        ...


class MusicEngine(Protocol):
    @property
    def card(self) -> Card:
        """Its kind is `music`; its languages are those it reads."""
        ...

    def play(self, prompt: MusicPrompt, seed: int | None) -> Generator[MusicTake, None, None]:
        """Play one piece: first what it is, in a take without samples and at once, then the music, stretch by stretch.

        Two channels at the card's rate, exactly as long as the piece says, true peaks at most −1 dBTP. While nothing
        can be heard yet, takes without samples say that it goes on, and let those who leave free the engine. Closing
        it early stops the synthesis. One call at a time. seed: the same gives the same samples for the same prompt;
        None: never the same.

        Raises: NotServed for what the engine cannot do (sing) before the first take; anything else counts as a crash.
        """
        ...

    def close(self) -> None:
        """Free what it holds; the engine is not used again."""
        ...


Engine = SpeechEngine | SoundEngine | MusicEngine
