# SPDX-License-Identifier: GPL-3.0-or-later
"""Voices: list, search, one, settings; changing those of one's own, of which there are none yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NoReturn

from fastapi import APIRouter, Form, Query, Request, UploadFile
from pydantic import BaseModel, Field

from oscine.dialects.elevenlabs import render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of
from oscine.dialects.elevenlabs.schema import VoiceSettingsBody
from oscine.domain.problems import CursorInvalid, SampleNotFound, VoiceNotOwned
from oscine.domain.speech import VoiceSettings
from oscine.domain.voice import Voice
from oscine.engines.origins import Origin, find_origin
from oscine.pipeline.house import House
from oscine.pipeline.speech import check_ranges

router = APIRouter(route_class=Route, tags=["voices"])


@router.get("/v1/voices")
async def list_voices(
    request: Request, show_legacy: Annotated[bool, Query(description="with the voices of older days")] = False
) -> dict[str, Any]:
    """All voices on one page."""
    key = await admit(request, "voices_read")
    house = house_of(request)
    voices = await house.shelf.all(key.account_id)
    return {"voices": [_render(house, voice) for voice in voices if show_legacy or not voice.is_legacy]}


class Search(BaseModel):
    """The query of GET /v2/voices. Filters on sharing, moderation and notice periods are in COVERAGE.md."""

    next_page_token: str | None = None
    page_size: int = Field(10, ge=1, le=100)
    search: str | None = Field(None, max_length=200)
    sort: Literal["created_at_unix", "name"] | None = None
    sort_direction: Literal["asc", "desc"] | None = None
    voice_type: (
        Literal["personal", "community", "default", "workspace", "non-default", "non-community", "saved"] | None
    ) = None
    category: Literal["premade", "cloned", "generated", "professional"] | None = None
    fine_tuning_state: str | None = None
    collection_id: str | None = None
    include_total_count: bool = True
    voice_ids: list[str] | None = Field(None, max_length=100)
    gender: str | None = None
    age: str | None = None
    accent: str | None = None
    language: list[str] | None = None
    use_cases: list[str] | None = None
    high_quality: bool | None = None

    def matches(self, voice: Voice) -> bool:
        """Whether the voice belongs in the answer. Ids asked for by name find legacy voices too."""
        tests: list[tuple[object, Callable[[], bool]]] = [
            (self.voice_ids, lambda: voice.id in (self.voice_ids or ())),
            (self.voice_ids is None, lambda: not voice.is_legacy),
            (self.search, lambda: all(word in _searched(voice) for word in (self.search or "").lower().split())),
            (self.voice_type, lambda: self.voice_type == "default"),
            (self.category, lambda: voice.category == self.category),
            (self.fine_tuning_state or self.collection_id or self.high_quality, lambda: False),
            (self.gender, lambda: voice.gender == self.gender),
            (self.age, lambda: voice.age == (self.age or "").replace("-", "_").replace(" ", "_")),
            (self.accent, lambda: voice.accent.lower() == (self.accent or "").lower()),
            (self.language, lambda: voice.language in (self.language or ())),
            (self.use_cases, lambda: voice.use_case in (self.use_cases or ())),
        ]
        return all(test() for is_asked, test in tests if is_asked)


def _searched(voice: Voice) -> str:
    return " ".join((voice.name, voice.description, voice.category, *render.labels(voice).values())).lower()


@router.get("/v2/voices")
async def search_voices(request: Request, search: Annotated[Search, Query()]) -> dict[str, Any]:
    """Voices that match, page by page."""
    key = await admit(request, "voices_read")
    house = house_of(request)
    found = [voice for voice in await house.shelf.all(key.account_id) if search.matches(voice)]
    if search.sort == "name":
        found.sort(key=lambda voice: (voice.name.lower(), voice.id))
    elif search.sort == "created_at_unix":
        found.sort(key=lambda voice: (voice.created_unix, voice.id))
    if search.sort_direction == "desc":
        found.reverse()
    start = _after(search.next_page_token, found)
    page = found[start : start + search.page_size]
    has_more = start + search.page_size < len(found)
    return {
        "voices": [_render(house, voice) for voice in page],
        "has_more": has_more,
        "total_count": len(found) if search.include_total_count else 0,
        "next_page_token": page[-1].id if has_more else None,
    }


def _after(token: str | None, voices: list[Voice]) -> int:
    """Index of the first voice of the page. A token is the id of the last voice of the page before."""
    if token is None:
        return 0
    for index, voice in enumerate(voices):
        if voice.id == token:
            return index + 1
    raise CursorInvalid(
        f"The next_page_token {token[:40]!r} belongs to no page of this search. Send back the token of the "
        "page before, with the same filters.",
        parameter="next_page_token",
    )


@router.get("/v1/voices/settings/default")
async def default_settings() -> dict[str, Any]:
    """Settings of a voice that has none of its own. Needs no key (api-facts §1)."""
    return render.settings(VoiceSettings())


@router.get("/v1/voices/{voice_id}")
async def get_voice(voice_id: str, request: Request) -> dict[str, Any]:
    """One voice."""
    key = await admit(request, "voices_read")
    house = house_of(request)
    return _render(house, await house.shelf.find(key.account_id, voice_id))


@router.get("/v1/voices/{voice_id}/settings")
async def get_settings(voice_id: str, request: Request) -> dict[str, Any]:
    """The settings that requests get with a voice unless they say otherwise."""
    key = await admit(request, "voices_read")
    return render.settings((await house_of(request).shelf.find(key.account_id, voice_id)).settings)


@router.post("/v1/voices/{voice_id}/settings/edit")
async def edit_settings(voice_id: str, body: VoiceSettingsBody, request: Request) -> dict[str, str]:
    """Store settings with a voice, for the caller's account; what is absent or null stays as it is."""
    key = await admit(request, "voices_write")
    shelf = house_of(request).shelf
    settings = body.read().applied_to((await shelf.find(key.account_id, voice_id)).settings)
    check_ranges(settings)
    await shelf.store_settings(key.account_id, voice_id, settings)
    return {"status": "ok"}


@router.post("/v1/voices/{voice_id}/edit")
async def edit_voice(
    voice_id: str,
    request: Request,
    name: Annotated[str, Form()],
    files: list[UploadFile] | None = None,
    remove_background_noise: Annotated[bool, Form()] = False,
    description: Annotated[str | None, Form()] = None,
    labels: Annotated[str | None, Form(description="a JSON object of strings")] = None,
) -> None:
    """Change a voice of one's own."""
    await _refuse_change(voice_id, request)


@router.delete("/v1/voices/{voice_id}")
async def delete_voice(voice_id: str, request: Request) -> None:
    """Delete a voice of one's own."""
    await _refuse_change(voice_id, request)


async def _refuse_change(voice_id: str, request: Request) -> NoReturn:
    """Raises: VoiceNotFound, VoiceNotOwned."""
    await admit(request, "voices_write")
    voice = house_of(request).voices.find(voice_id)
    raise VoiceNotOwned(
        f"The voice {voice.name!r} is {voice.category}: every account has it, and none may change or delete it. Its "
        "settings can be stored for your account with POST /v1/voices/{voice_id}/settings/edit.",
        parameter="voice_id",
    )


@router.get("/v1/voices/{voice_id}/samples/{sample_id}/audio")
async def get_sample(voice_id: str, sample_id: str, request: Request) -> None:
    """A recording that a voice was made from."""
    await admit(request, "voices_read")
    _find_sample(house_of(request), voice_id, sample_id)


@router.delete("/v1/voices/{voice_id}/samples/{sample_id}")
async def delete_sample(voice_id: str, sample_id: str, request: Request) -> None:
    """Delete a recording that a voice was made from."""
    await admit(request, "voices_write")
    _find_sample(house_of(request), voice_id, sample_id)


def _find_sample(house: House, voice_id: str, sample_id: str) -> NoReturn:
    """Raises: VoiceNotFound, SampleNotFound."""
    voice = house.voices.find(voice_id)
    raise SampleNotFound(
        f"The voice {voice.name!r} has no sample {sample_id[:40]!r}: {voice.category} voices have none.",
        parameter="sample_id",
    )


def _render(house: House, voice: Voice) -> dict[str, Any]:
    fitting = [model.id for model in house.profiles if voice.language in house.profiles.languages(model)]
    return render.voice(voice, fitting, _origin(house, voice) if fitting else None)


def _origin(house: House, voice: Voice) -> Origin:
    """Of the engine that speaks the voice's own language here."""
    engine_id = house.profiles.cast(voice.language)
    card = house.stage.cards[engine_id]
    return find_origin(engine_id, voice.timbre(engine_id)) or Origin(card.attribution, card.licence)
