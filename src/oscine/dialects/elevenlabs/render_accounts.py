# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts, keys and usage in the vendor's field names. Shapes: reference/api-facts.md §9.3, §9.5, §15.28."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from oscine.accounts.usage import Answer
from oscine.domain.account import ALL, OWNER, Account, Key

UNLIMITED = 1_000_000_000
"""`character_limit` of a key without a limit: the field wants a number, and this one fits 32 bits."""

_WORKSPACE = "oscine"
"""There is one a server."""


def key(entry: Key) -> dict[str, Any]:
    return {
        "name": entry.name,
        "hint": entry.hint,
        "key_id": entry.id,
        "service_account_user_id": entry.account_id,
        "created_at_unix": entry.created_unix,
        "is_disabled": entry.is_disabled,
        "permissions": None if ALL in entry.scopes else sorted(entry.scopes),
        "disable_reason": entry.disable_reason,
        "character_limit": entry.credit_limit,
        "character_count": entry.credits_used,
        "hashed_xi_api_key": entry.digest,
        "allowed_ips": list(entry.allowed_ips) or None,
        "third_party_disable_allowed": entry.may_disable_itself,
        "platform_limits": None if entry.concurrency is None else {"concurrency": {"limit": entry.concurrency}},
        "expires_at_unix": entry.expires_unix,
    }


def keys(entries: Iterable[Key]) -> dict[str, Any]:
    return {"api-keys": [key(entry) for entry in entries]}


def new_key(entry: Key, secret: str) -> dict[str, str]:
    return {"xi-api-key": secret, "key_id": entry.id}


def service_account(account: Account, entries: Iterable[Key]) -> dict[str, Any]:
    return {
        "service_account_user_id": account.id,
        "name": account.name,
        "created_at_unix": account.created_unix,
        **keys(entries),
        "default_sharing_groups": [],
    }


def user(account: Account, entry: Key, resets_unix: int) -> dict[str, Any]:
    """What a vendor's user is, an account is here. entry: the key that asks."""
    return {
        "user_id": account.id,
        "workspace_id": _WORKSPACE,
        "subscription": subscription(entry, resets_unix),
        "is_new_user": False,
        "can_use_delayed_payment_methods": False,
        "is_onboarding_completed": True,
        "is_onboarding_checklist_completed": True,
        "show_compliance_terms": False,
        "first_name": account.name,
        "is_api_key_hashed": True,
        "xi_api_key_preview": entry.hint or None,
        "referral_link_code": None,
        "partnerstack_partner_default_link": None,
        "created_at": account.created_unix,
        "seat_type": "workspace_admin" if account.id == OWNER else "workspace_member",
    }


def subscription(entry: Key, resets_unix: int) -> dict[str, Any]:
    """The key's credits of this month. Nothing is sold here, so that the rest is what stands for it."""
    is_limited = entry.credit_limit is not None
    return {
        "tier": "enterprise",
        "character_count": entry.credits_used,
        "character_limit": entry.credit_limit if is_limited else UNLIMITED,
        "max_character_limit_extension": 0 if is_limited else None,
        "max_credit_limit_extension": 0 if is_limited else "unlimited",
        "can_extend_character_limit": not is_limited,
        "allowed_to_extend_character_limit": not is_limited,
        "next_character_count_reset_unix": resets_unix,
        "voice_slots_used": 0,
        "professional_voice_slots_used": 0,
        "professional_voice_slots_used_in_workspace": 0,
        "voice_limit": 0,
        "max_voice_add_edits": 0,
        "voice_add_edit_counter": 0,
        "professional_voice_limit": 0,
        "can_extend_voice_limit": False,
        "can_use_instant_voice_cloning": False,
        "can_use_professional_voice_cloning": False,
        "currency": None,
        "current_overage": {"amount": "0", "currency": "usd"},
        "status": "active",
        "billing_period": "monthly_period",
        "character_refresh_period": "monthly_period",
    }


def extended_subscription(entry: Key, resets_unix: int) -> dict[str, Any]:
    return {
        **subscription(entry, resets_unix),
        "next_invoice": None,
        "open_invoices": [],
        "has_open_invoices": False,
        "pending_change": None,
    }


def usage(answer: Answer) -> dict[str, Any]:
    return {"time": answer.times_ms, "usage": answer.figures}
