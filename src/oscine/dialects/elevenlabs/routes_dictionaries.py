# SPDX-License-Identifier: GPL-3.0-or-later
"""Pronunciation dictionaries: made from rules or a PLS file, listed, changed, downloaded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from fastapi.responses import PlainTextResponse

from oscine.dialects.elevenlabs import render_dictionaries as render
from oscine.dialects.elevenlabs.gate import Route, admit, house_of
from oscine.dialects.elevenlabs.schema_dictionaries import (
    Access,
    ChangeBody,
    Description,
    Listing,
    Name,
    NewDictionaryBody,
    RemovalBody,
    RulesBody,
)
from oscine.domain.lexicon import Locator
from oscine.pipeline import lexicons

router = APIRouter(prefix="/v1/pronunciation-dictionaries", route_class=Route, tags=["pronunciation-dictionaries"])


@router.post("/add-from-file")
async def add_from_file(
    request: Request,
    response: Response,
    name: Annotated[Name, Form()],
    file: UploadFile | None = None,
    description: Annotated[Description | None, Form()] = None,
    workspace_access: Annotated[Access | None, Form()] = None,
) -> dict[str, Any]:
    """Make a dictionary from a PLS file."""
    key = await admit(request, "pronunciation_dictionaries_write")
    _report_access(response, workspace_access)
    data = await file.read() if file is not None else None
    return render.new(await lexicons.create_from_pls(house_of(request), key, name, description, data))


@router.post("/add-from-rules")
async def add_from_rules(body: NewDictionaryBody, request: Request, response: Response) -> dict[str, Any]:
    """Make a dictionary from rules."""
    key = await admit(request, "pronunciation_dictionaries_write")
    _report_access(response, body.workspace_access)
    return render.new(await lexicons.create(house_of(request), key, body.name, body.description, body.read()))


@router.get("")
async def list_dictionaries(request: Request, listing: Annotated[Listing, Query()]) -> dict[str, Any]:
    """The account's dictionaries, page by page."""
    key = await admit(request, "pronunciation_dictionaries_read")
    found = await house_of(request).lexicons.list(
        key.account_id,
        sort="name" if listing.sort == "name" else "created",
        is_descending=listing.is_descending(),
        with_archived=listing.include_archived,
        after=listing.cursor or None,
        limit=listing.page_size + 1,
    )
    page = found[: listing.page_size]
    has_more = len(found) > listing.page_size
    return {
        "pronunciation_dictionaries": [render.dictionary(entry) for entry in page],
        "next_cursor": page[-1].id if has_more else None,
        "has_more": has_more,
    }


@router.get("/{dictionary_id}")
async def get_dictionary(dictionary_id: str, request: Request) -> dict[str, Any]:
    """One dictionary with the rules of its latest version."""
    key = await admit(request, "pronunciation_dictionaries_read")
    store = house_of(request).lexicons
    entry = await store.get(key.account_id, dictionary_id)
    lexicon = await store.find(key.account_id, Locator(dictionary_id, entry.version_id))
    return render.dictionary_with_rules(entry, lexicon.rules)


@router.patch("/{dictionary_id}")
async def change_dictionary(dictionary_id: str, request: Request, body: ChangeBody | None = None) -> dict[str, Any]:
    """Rename, archive or bring back."""
    key = await admit(request, "pronunciation_dictionaries_write")
    name, archived = (body.name, body.archived) if body else (None, None)
    return render.dictionary(
        await house_of(request).lexicons.change(key.account_id, dictionary_id, name=name, is_archived=archived)
    )


@router.post("/{dictionary_id}/set-rules")
async def set_rules(dictionary_id: str, body: RulesBody, request: Request) -> dict[str, Any]:
    """Replace all rules."""
    key = await admit(request, "pronunciation_dictionaries_write")
    return render.revised(await lexicons.set_rules(house_of(request), key, dictionary_id, body.read()))


@router.post("/{dictionary_id}/add-rules")
async def add_rules(dictionary_id: str, body: RulesBody, request: Request) -> dict[str, Any]:
    """Add rules, or replace those for the same text."""
    key = await admit(request, "pronunciation_dictionaries_write")
    return render.revised(await lexicons.add_rules(house_of(request), key, dictionary_id, body.read()))


@router.post("/{dictionary_id}/remove-rules")
async def remove_rules(dictionary_id: str, body: RemovalBody, request: Request) -> dict[str, Any]:
    """Take rules out."""
    key = await admit(request, "pronunciation_dictionaries_write")
    return render.revised(await lexicons.remove_rules(house_of(request), key, dictionary_id, body.rule_strings))


@router.get("/{dictionary_id}/{version_id}/download", response_class=PlainTextResponse)
async def download(dictionary_id: str, version_id: str, request: Request) -> Response:
    """A version as a PLS file."""
    key = await admit(request, "pronunciation_dictionaries_read")
    written = await lexicons.export(house_of(request), key, Locator(dictionary_id, version_id))
    name = f"{dictionary_id}_{version_id}.pls"  # both are ids of ours by now
    return PlainTextResponse(written, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _report_access(response: Response, workspace_access: Access | None) -> None:
    """There is no sharing: all keys of an account see its dictionaries, and no others do."""
    if workspace_access is not None:
        response.headers["oscine-ignored"] = "workspace_access"
