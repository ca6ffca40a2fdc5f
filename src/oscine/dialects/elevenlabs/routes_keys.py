# SPDX-License-Identifier: GPL-3.0-or-later
"""Service accounts and their API keys. Only the owner's keys get here; a key may also put itself out of use."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from oscine.dialects.elevenlabs import render_accounts as render
from oscine.dialects.elevenlabs.gate import Route, admit_owner, house_of, identify
from oscine.dialects.elevenlabs.schema_keys import KeyBody, KeyChangeBody, ServiceAccountBody
from oscine.domain.account import OWNER, Account, Key
from oscine.domain.problems import AccountNotFound, SettingOutOfRange

router = APIRouter(route_class=Route, tags=["accounts"])

_OK = {"status": "ok"}


@router.get("/v1/service-accounts")
async def list_accounts(request: Request) -> dict[str, Any]:
    """All service accounts with their keys, which are shown without their secrets."""
    await admit_owner(request, "workspace_read")
    house = house_of(request)
    keys: dict[str, list[Key]] = defaultdict(list)
    for key in await house.keys.list():
        if not key.is_revoked:
            keys[key.account_id].append(key)
    accounts = [account for account in await house.accounts.list() if account.id != OWNER]
    return {"service-accounts": [render.service_account(account, keys[account.id]) for account in accounts]}


@router.post("/v1/service-accounts")
async def create_account(body: ServiceAccountBody, request: Request) -> dict[str, str]:
    """Make a service account, without keys."""
    await admit_owner(request, "service_account_write")
    account = await house_of(request).accounts.create(body.read())
    return {"service-account-user-id": account.id}


@router.get("/v1/service-accounts/{account_id}/api-keys")
async def list_keys(account_id: str, request: Request) -> dict[str, Any]:
    """The keys of one service account."""
    await admit_owner(request, "workspace_read")
    account = await _service_account(request, account_id)
    keys = await house_of(request).keys.list(account.id)
    return render.keys(key for key in keys if not key.is_revoked)


@router.post("/v1/service-accounts/{account_id}/api-keys")
async def create_key(account_id: str, body: KeyBody, request: Request) -> dict[str, str]:
    """Make a key. Its secret is in this answer and nowhere else."""
    await admit_owner(request, "service_account_write")
    account = await _service_account(request, account_id)
    scopes, limits = body.read()
    return render.new_key(*await house_of(request).keys.create(body.name, scopes, account.id, **limits))


@router.patch("/v1/service-accounts/{account_id}/api-keys/{key_id}")
async def change_key(account_id: str, key_id: str, body: KeyChangeBody, request: Request) -> dict[str, str]:
    """Give a key other limits, or put it out of use and back."""
    await admit_owner(request, "service_account_write")
    account = await _service_account(request, account_id)
    await house_of(request).keys.edit(key_id, account.id, **body.read())
    return _OK


@router.post("/v1/service-accounts/{account_id}/api-keys/{key_id}/disable")
async def disable_key(account_id: str, key_id: str, request: Request) -> dict[str, str]:
    """Put a key out of use until it is enabled again."""
    await admit_owner(request, "service_account_write")
    account = await _service_account(request, account_id)
    await house_of(request).keys.edit(key_id, account.id, is_disabled=True)
    return _OK


@router.delete("/v1/service-accounts/{account_id}/api-keys/{key_id}")
async def delete_key(account_id: str, key_id: str, request: Request) -> dict[str, str]:
    """Put a key out of use for good."""
    await admit_owner(request, "service_account_write")
    account = await _service_account(request, account_id)
    await house_of(request).keys.revoke(key_id, account.id)
    return _OK


@router.post("/v1/workspaces/api-keys/disable")
async def disable_own_key(request: Request, api_key_name: Annotated[str, Query(description="self")]) -> dict[str, str]:
    """Put the calling key out of use: for whoever finds a key that has leaked. Needs no scope."""
    key = await identify(request)
    if api_key_name != "self":
        raise SettingOutOfRange(
            f"api_key_name must be 'self'; {api_key_name[:40]!r} was given. A key can only disable itself here.",
            parameter="api_key_name",
        )
    await house_of(request).keys.disable_itself(key)
    return _OK


async def _service_account(request: Request, account_id: str) -> Account:
    """Raises: AccountNotFound, also for the owner's account, whose keys the command line makes."""
    account = await house_of(request).accounts.find(account_id)
    if account.id == OWNER:
        raise AccountNotFound("The owner's account is no service account. `oscine keys` manages its API keys.")
    return account
