# SPDX-License-Identifier: GPL-3.0-or-later
"""Who plays: the genre's band, with whom the prompt wants and without whom it does not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from oscine.engines.band.brief import Brief
from oscine.engines.band.genres import Chair, Drums, Role, genres
from oscine.engines.band.instruments import ASKED_DRUMS, Instrument, find_instrument

_ASKED: dict[Role, Chair] = {
    "melody": Chair("melody", (), (), (55, 88), plays=(0.0, 1.0), velocity=88, reverb=0.4),
    "counter": Chair("counter", (), (), (48, 86), plays=(0.0, 1.0), velocity=74, reverb=0.4),
    "chords": Chair("chords", (), ("x-------x-------", "1.2.3.2.1.2.3.2.", "1.3.2.3.x.3.2.3."), (50, 79), velocity=72),
    "pad": Chair("pad", (), ("x---------------",), (48, 76), 4, velocity=58, reverb=0.5, length=1.0, swells=True),
    "bass": Chair("bass", (), ("1---------------", "1-----1-5-------", "1-1-1-5-1-1-5-a-"), (28, 52), velocity=86),
}
"""The chair of somebody whom the prompt wants and the genre does not know."""
_MOST_SEATS = 15
"""MIDI has no more channels beside the drums'. Those whom nobody asked for leave first."""
_PANS = (-0.4, 0.4, -0.2, 0.25, 0.55, -0.55)


@dataclass(frozen=True, slots=True)
class Seat:
    """A chair, and the instrument that sits there."""

    chair: Chair
    instrument: Instrument
    is_wanted: bool = False
    number: int = 1
    """Tells players apart who do the same on the same instrument."""

    @property
    def name(self) -> str:
        return f"{self.instrument.name}, {self.chair.role}" + (f" {self.number}" if self.number > 1 else "")

    @property
    def register(self) -> tuple[int, int]:
        """The keys played: of the chair as far as the instrument has them, at least an octave of the instrument."""
        low, high = self.chair.register
        low, high = max(low, self.instrument.low), min(high, self.instrument.high)
        if high - low >= 12:
            return low, high
        if self.chair.register[0] > self.instrument.high - 12:
            return max(self.instrument.low, self.instrument.high - 17), self.instrument.high
        return self.instrument.low, min(self.instrument.high, self.instrument.low + 17)

    def plays_at(self, intensity: float) -> bool:
        return self.chair.plays[0] <= intensity <= self.chair.plays[1]


@dataclass(frozen=True, slots=True)
class Ensemble:
    seats: tuple[Seat, ...]
    drums: Drums | None


def gather(brief: Brief, seed: int) -> Ensemble:
    """The band for a brief."""
    chance = random.Random(f"ensemble {seed} {brief.genre.name}")  # noqa: S311 - music, not secrets
    lent = [
        replace(chair, plays=(min(chair.plays[0], 0.5), 1.0), gain_db=chair.gain_db - 2)
        for genre in brief.flavours
        for chair in genre.chairs
        if chair.is_flavour
    ]
    seats: list[Seat] = []
    for number, chair in enumerate((*brief.genre.chairs, *lent)):
        names = [name for name in chair.instruments if name not in brief.unwanted]
        if number >= len(brief.genre.chairs):
            # A player who is lent brings something new, or stays at home.
            names = [name for name in names if all(seat.instrument.name != name for seat in seats)]
        if names:
            seats.append(Seat(chair, find_instrument(chance.choice(names))))
    players = [name for name in brief.wanted if name != "drums" and name not in ASKED_DRUMS]
    for number, name in enumerate(players):
        _seat(find_instrument(name), seats, _PANS[number % len(_PANS)], alone=brief.is_exclusive and len(players) == 1)
    if brief.is_exclusive:
        seats = [seat for seat in seats if seat.is_wanted] or seats
    while len(seats) > _MOST_SEATS:
        spare = [number for number, seat in enumerate(seats) if not seat.is_wanted]
        del seats[spare[-1] if spare else -1]
    return Ensemble(tuple(_numbered(seats)), _drummer(brief))


def _numbered(seats: list[Seat]) -> Iterator[Seat]:
    count = Counter[str]()
    for seat in seats:
        count[seat.name] += 1
        yield replace(seat, number=count[seat.name])


def _seat(instrument: Instrument, seats: list[Seat], pan: float, *, alone: bool) -> None:
    """Give somebody a place: their own, that of another one in the same role, or a new one."""
    own = [number for number, seat in enumerate(seats) if seat.instrument == instrument]
    free = [
        n for role in instrument.roles for n, seat in enumerate(seats) if seat.chair.role == role and not seat.is_wanted
    ]
    own = own or free[:1]
    for number in own:
        chair = seats[number].chair
        low = 0.0 if chair.role != "melody" else min(0.3, chair.plays[0])
        seats[number] = Seat(replace(chair, plays=(low, 1.0)), instrument, is_wanted=True)
    if alone:
        left = set(instrument.roles) - {seat.chair.role for seat in seats if seat.is_wanted}
        seats += [Seat(_ASKED[role], instrument, is_wanted=True) for role in instrument.roles if role in left]
    elif not own:
        leads = any(seat.chair.role == "melody" and seat.is_wanted for seat in seats)
        role = "counter" if leads and "counter" in instrument.roles else instrument.roles[0]
        seats.append(Seat(replace(_ASKED[role], pan=pan), instrument, is_wanted=True))


def _drummer(brief: Brief) -> Drums | None:
    asked = [name for name in brief.wanted if name == "drums" or name in ASKED_DRUMS]
    if "drums" in brief.unwanted or (brief.is_exclusive and not asked):
        return None
    drums = brief.genre.drums
    if drums is None and asked:
        lenders = [genre for genre in brief.flavours if genre.drums]
        drums = (lenders[0] if lenders else genres()["lofi" if brief.genre.energy < 0.3 else "pop"]).drums
    if drums is None:
        return None
    if asked and "drums" not in asked and brief.genre.drums is None:
        return replace(drums, grooves=({},), fills=(), crashes=False, plays=(0.0, 1.0))
    return replace(drums, plays=(0.0, 1.0)) if asked else drums
