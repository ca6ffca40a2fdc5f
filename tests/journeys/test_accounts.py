# SPDX-License-Identifier: GPL-3.0-or-later
"""Service accounts, their keys, and what was used, through the vendor's Python client (elevenlabs 2.78.0).

Sources: reference/api-facts.md §9.3, §9.5, §15.28, §15.32; reference/clients.md (Home Assistant).
"""

from __future__ import annotations

import calendar
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from elevenlabs import AsyncElevenLabs, ElevenLabs
from elevenlabs.core.api_error import ApiError
from elevenlabs.types import WorkspaceApiKeyResponseModel

from tests.conftest import LiveServer, start_server, stop_server
from tests.journeys.ear import VOICE

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Tenant:
    """A service account with one key that may do everything a tenant may."""

    account_id: str
    key_id: str
    secret: str
    client: ElevenLabs


@pytest.fixture(scope="module")
def new_tenant(live_server: LiveServer, client: ElevenLabs) -> Iterator[Callable[..., Tenant]]:
    with httpx.Client(timeout=30) as transport:

        def make(name: str, **limits: Any) -> Tenant:
            account_id = client.service_accounts.create(name=name).service_account_user_id
            made = client.service_accounts.api_keys.create(
                account_id, **{"name": "first", "permissions": "all"} | limits
            )
            own = ElevenLabs(base_url=live_server.url, api_key=made.xi_api_key, httpx_client=transport)
            return Tenant(account_id, made.key_id, made.xi_api_key, own)

        yield make


def speak(client: ElevenLabs, text: str) -> None:
    for _ in client.text_to_speech.convert(VOICE, text=text, output_format="pcm_8000"):
        pass


def refusal(call: Callable[[], object]) -> tuple[int | None, str]:
    with pytest.raises(ApiError) as caught:
        call()
    return caught.value.status_code, caught.value.body["detail"]["status"]


def only_key(client: ElevenLabs, tenant: Tenant) -> WorkspaceApiKeyResponseModel:
    keys: list[WorkspaceApiKeyResponseModel] = client.service_accounts.api_keys.list(tenant.account_id).api_keys
    assert len(keys) == 1
    return keys[0]


def test_a_tenant_is_made_and_listed(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("listed", permissions=["voices_read", "text_to_speech", "dubbing_read"], character_limit=500)
    (account,) = (a for a in client.service_accounts.list().service_accounts if a.name == "listed")
    assert account.service_account_user_id == tenant.account_id
    assert account.created_at_unix == pytest.approx(time.time(), abs=60)
    assert account.default_sharing_groups == []
    assert account.api_keys == [only_key(client, tenant)]
    key = account.api_keys[0]
    assert (key.name, key.key_id, key.service_account_user_id) == ("first", tenant.key_id, tenant.account_id)
    assert key.hint == tenant.secret[-4:]
    assert key.permissions == ["dubbing_read", "text_to_speech", "voices_read"]
    assert (key.character_limit, key.character_count) == (500, 0)
    assert (key.is_disabled, key.disable_reason, key.allowed_ips, key.expires_at_unix) == (False, None, None, None)
    assert len(key.hashed_xi_api_key) == 64
    assert tenant.secret not in str(client.service_accounts.list())


def test_every_term_can_be_changed_and_cleared(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("changed")
    keys = client.service_accounts.api_keys
    expires = int(time.time()) + 3600
    keys.update(
        *(tenant.account_id, tenant.key_id),
        name="second",
        permissions=["models_read"],
        character_limit=7,
        allowed_ips=["127.0.0.1", "2001:db8::/32"],
        third_party_disable_allowed=False,
        tts_concurrency_limit=3,
        expires_at_unix=expires,
    )
    key = only_key(client, tenant)
    assert (key.name, key.permissions, key.character_limit) == ("second", ["models_read"], 7)
    assert key.allowed_ips == ["127.0.0.1/32", "2001:db8::/32"]
    assert (key.third_party_disable_allowed, key.expires_at_unix) == (False, expires)
    assert key.platform_limits is not None
    assert key.platform_limits.concurrency is not None
    assert key.platform_limits.concurrency.limit == 3
    keys.update(tenant.account_id, tenant.key_id)
    assert only_key(client, tenant) == key
    keys.update(
        *(tenant.account_id, tenant.key_id),
        permissions="all",
        character_limit="clear",
        allowed_ips="clear",
        third_party_disable_allowed="clear",
        tts_concurrency_limit="clear",
        expires_at_unix="clear",
    )
    key = only_key(client, tenant)
    assert (key.name, key.permissions, key.character_limit, key.allowed_ips) == ("second", None, None, None)
    assert (key.third_party_disable_allowed, key.platform_limits, key.expires_at_unix) == (True, None, None)


def test_out_of_use_and_back_and_gone(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("switched")
    keys = client.service_accounts.api_keys
    names = (tenant.account_id, tenant.key_id)
    ways: tuple[Callable[[], object], ...] = (
        lambda: keys.disable(*names),
        lambda: keys.update(*names, is_enabled=False),
        lambda: tenant.client.workspaces.api_keys.disable(api_key_name="self"),
    )
    for put_out in ways:
        assert tenant.client.models.list()
        put_out()
        assert refusal(tenant.client.models.list) == (401, "invalid_api_key")
        key = only_key(client, tenant)
        assert key.is_disabled
        keys.update(*names, is_enabled=True)
    assert key.disable_reason == "self_disabled"
    assert only_key(client, tenant).disable_reason is None
    keys.update(*names, third_party_disable_allowed=False)
    itself = tenant.client.workspaces.api_keys
    assert refusal(lambda: itself.disable(api_key_name="self")) == (403, "workspace_access_denied")
    assert refusal(lambda: itself.disable(api_key_name="other")) == (400, "invalid_parameters")
    keys.delete(*names)
    assert refusal(tenant.client.models.list) == (401, "invalid_api_key")
    assert keys.list(tenant.account_id).api_keys == []
    assert refusal(lambda: keys.update(*names, name="back")) == (404, "api_key_not_found")


def test_the_environments_key_cannot_lock_itself_out(client: ElevenLabs) -> None:
    assert refusal(lambda: client.workspaces.api_keys.disable(api_key_name="self")) == (403, "workspace_access_denied")
    assert client.models.list()


def test_a_tenant_manages_nobody(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    """Though its key has every scope; and it cannot see whether another's things are there."""
    tenant, other = new_tenant("modest"), new_tenant("private")
    accounts, keys = tenant.client.service_accounts, tenant.client.service_accounts.api_keys
    for call in (
        accounts.list,
        lambda: accounts.create(name="mine"),
        lambda: keys.list(other.account_id),
        lambda: keys.list(tenant.account_id),
        lambda: keys.create(tenant.account_id, name="stronger", permissions="all"),
        lambda: keys.update(tenant.account_id, tenant.key_id, character_limit="clear"),
        lambda: keys.disable(other.account_id, other.key_id),
        lambda: keys.delete(other.account_id, other.key_id),
        lambda: tenant.client.usage.get(start_unix=0, end_unix=1, include_workspace_metrics=True),
    ):
        assert refusal(call) == (403, "workspace_access_denied")
    # and the owner's key finds a key in its own account only
    owners = client.service_accounts.api_keys
    assert refusal(lambda: owners.delete(tenant.account_id, other.key_id)) == (404, "api_key_not_found")
    assert refusal(lambda: owners.list("owner")) == (404, "service_account_not_found")
    assert other.client.models.list()


def test_terms_are_enforced(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("enforced", permissions=["text_to_speech"], character_limit=20)
    speak(tenant.client, "Twelve chars")
    assert refusal(lambda: speak(tenant.client, "Another twelve")) == (401, "quota_exceeded")
    assert refusal(tenant.client.models.list) == (401, "missing_permissions")
    assert only_key(client, tenant).character_count == 12
    change = client.service_accounts.api_keys.update
    change(tenant.account_id, tenant.key_id, allowed_ips=["192.0.2.0/24", "2001:db8::/32"], character_limit=100)
    assert refusal(lambda: speak(tenant.client, "From elsewhere")) == (403, "ip_address_not_allowed")
    change(tenant.account_id, tenant.key_id, allowed_ips=["127.0.0.0/8"])
    speak(tenant.client, "From here")


def test_a_keys_own_concurrency_is_in_the_headers(http: httpx.Client, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("narrow", tts_concurrency_limit=2)
    response = http.post(
        f"/v1/text-to-speech/{VOICE}?output_format=pcm_8000",
        json={"text": "One of two."},
        headers={"xi-api-key": tenant.secret},
    )
    assert response.headers["current-concurrent-requests"] == "1"
    assert response.headers["maximum-concurrent-requests"] == "2"


async def test_the_asynchronous_client(async_client: AsyncElevenLabs) -> None:
    made = await async_client.service_accounts.create(name="asynchronous")
    key = await async_client.service_accounts.api_keys.create(
        made.service_account_user_id, name="a", permissions=["models_read"]
    )
    listed = await async_client.service_accounts.api_keys.list(made.service_account_user_id)
    assert [entry.key_id for entry in listed.api_keys] == [key.key_id]
    assert (await async_client.user.get()).user_id == "owner"
    assert (await async_client.user.subscription.get()).status == "active"
    assert (await async_client.usage.get(start_unix=0, end_unix=1)).usage == {"All": [0]}


def test_user_and_subscription_tell_of_the_calling_key(new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("counted", character_limit=1000)
    speak(tenant.client, "Twelve chars")
    user = tenant.client.user.get()
    assert (user.user_id, user.first_name, user.seat_type) == (tenant.account_id, "counted", "workspace_member")
    assert user.xi_api_key_preview == tenant.secret[-4:]
    subscription = tenant.client.user.subscription.get()
    for said in (user.subscription, subscription):
        assert (said.character_count, said.character_limit, said.max_credit_limit_extension) == (12, 1000, 0)
    assert subscription.open_invoices == []
    resets = time.gmtime(subscription.next_character_count_reset_unix)
    now = time.gmtime()
    assert resets[2:6] == (1, 0, 0, 0)
    assert calendar.timegm(now) < calendar.timegm(resets) < calendar.timegm(now) + 32 * 86_400


def test_a_key_without_limit_has_a_large_one(client: ElevenLabs) -> None:
    """Source: COVERAGE.md."""
    subscription = client.user.subscription.get()
    assert (subscription.character_limit, subscription.max_credit_limit_extension) == (1_000_000_000, "unlimited")
    assert client.user.get().seat_type == "workspace_admin"


def test_usage_as_home_assistant_reads_it(new_tenant: Callable[..., Tenant]) -> None:
    """Source: reference/clients.md: key `All`, days at 0:00 UTC in milliseconds."""
    tenant = new_tenant("sensed")
    speak(tenant.client, "Twelve chars")
    today = int(time.time() * 1000) // DAY_MS * DAY_MS
    usage = tenant.client.usage.get(start_unix=today - 6 * DAY_MS, end_unix=today + DAY_MS - 1)
    assert usage.time == list(range(today - 6 * DAY_MS, today + 1, DAY_MS))
    assert usage.usage == {"All": [0, 0, 0, 0, 0, 0, 12]}


def test_usage_in_other_ways(client: ElevenLabs, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant("analysed")
    speak(tenant.client, "Twelve chars")
    now = int(time.time() * 1000)
    whole = {"start_unix": now - DAY_MS, "end_unix": now + DAY_MS, "aggregation_interval": "cumulative"}

    def one(client: ElevenLabs, **more: Any) -> dict[str, float]:
        return {name: figures[0] for name, figures in client.usage.get(**whole | more).usage.items()}

    assert one(tenant.client, breakdown_type="voice") == {VOICE: 12}
    assert one(tenant.client, breakdown_type="model", metric="request_count") == {"eleven_multilingual_v2": 1}
    assert one(tenant.client, breakdown_type="product_type", metric="tts_characters") == {"TTS": 12}
    assert one(tenant.client, breakdown_type="api_keys") == {tenant.key_id: 12}
    assert 0 < one(tenant.client, metric="minutes_used")["All"] < 0.1
    average, slow = (one(tenant.client, metric=metric)["All"] for metric in ("ttfb_avg", "ttfb_p95"))
    assert 0 < average <= slow
    everyone = one(client, include_workspace_metrics=True, breakdown_type="user")
    assert everyone[tenant.account_id] == 12
    buckets = tenant.client.usage.get(
        **{**whole, "start_unix": now - 3600_000, "end_unix": now, "aggregation_bucket_size": 1800}
    )
    assert len(buckets.time) in {2, 3}
    assert sum(buckets.usage["All"]) == 12


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"start_unix": 5, "end_unix": 4}, 400),
        ({"metric": "fiat_units_spent"}, 400),
        ({"metric": "applause"}, 422),
        ({"breakdown_type": "region"}, 400),
        ({"breakdown_type": "colour"}, 422),
        ({"breakdown_type": "user"}, 400),
        ({"aggregation_interval": "fortnight"}, 422),
        ({"aggregation_interval": "hour", "end_unix": 253_402_300_799_999}, 400),
        ({"aggregation_bucket_size": 0}, 422),
        ({"aggregation_bucket_size": 1}, 400),
        ({"end_unix": 10**18}, 422),
        ({"start_unix": -1}, 422),
        ({"start_unix": "yesterday"}, 422),
    ],
)
def test_questions_nobody_can_answer(http: httpx.Client, query: dict[str, Any], status: int) -> None:
    params = {"start_unix": 0, "end_unix": DAY_MS} | query
    response = http.get("/v1/usage/character-stats", params=params)
    assert response.status_code == status, response.text
    if status == 400:
        assert response.json()["detail"]["param"] in params | {"aggregation_interval": 0}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"permissions": ["everything"]}, 422),
        ({"permissions": []}, 422),
        ({"permissions": "most"}, 422),
        ({"permissions": None}, 422),
        ({"name": ""}, 400),
        ({"name": "\x00"}, 400),
        ({"character_limit": -1}, 422),
        ({"character_limit": 10**30}, 422),
        ({"allowed_ips": []}, 422),
        ({"allowed_ips": ["10.0.0.0/40"]}, 400),
        ({"allowed_ips": ["10.0.0.1"] * 101}, 422),
        ({"expires_at_unix": 1}, 400),
        ({"expires_at_unix": 10**30}, 422),
        ({"tts_concurrency_limit": 0}, 422),
        ({"music_concurrency_limit": 1}, 400),
        ({"dubbing_concurrency_limit": 1}, 400),
    ],
)
def test_terms_nobody_can_have(
    http: httpx.Client, client: ElevenLabs, new_tenant: Callable[..., Tenant], body: dict[str, Any], status: int
) -> None:
    tenant = new_tenant(f"impossible {abs(hash(str(body)))}")
    path = f"/v1/service-accounts/{tenant.account_id}/api-keys"
    before = only_key(client, tenant)
    for method, where in (("POST", path), ("PATCH", f"{path}/{tenant.key_id}")):
        response = http.request(method, where, json={"name": "x", "permissions": "all"} | body)
        assert response.status_code == status, response.text
    assert only_key(client, tenant) == before


def test_names_are_there_once(client: ElevenLabs, http: httpx.Client, new_tenant: Callable[..., Tenant]) -> None:
    new_tenant("once")
    response = http.post("/v1/service-accounts", json={"name": "once"})
    assert (response.status_code, response.json()["detail"]["code"]) == (409, "resource_already_exists")
    groups = [{"group_id": "g", "permission_level": "viewer"}]
    response = http.post("/v1/service-accounts", json={"name": "shared", "default_sharing_groups": groups})
    assert (response.status_code, response.json()["detail"]["param"]) == (400, "default_sharing_groups")
    assert "shared" not in {account.name for account in client.service_accounts.list().service_accounts}


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that believes what this machine says about whom it calls for, and takes one tenant."""
    server = start_server(
        tmp_path_factory.mktemp("proxied"),
        OSCINE_TRUSTED_PROXIES="127.0.0.1",
        OSCINE_MAX_SERVICE_ACCOUNTS="1",
        OSCINE_SPEECH_ENGINES="espeak",
        OSCINE_WORKERS="1",
    )
    yield server
    stop_server(server)


def test_where_a_call_comes_from(behind_a_proxy: LiveServer, live_server: LiveServer, http: httpx.Client) -> None:
    """A proxy's word counts where it is trusted, and nowhere else."""
    with httpx.Client(base_url=behind_a_proxy.url, headers=behind_a_proxy.headers) as proxy:
        account = proxy.post("/v1/service-accounts", json={"name": "one"}).json()["service-account-user-id"]
        full = proxy.post("/v1/service-accounts", json={"name": "two"})
        assert full.json()["detail"]["status"] == "service_account_limit_reached"
        terms = {"name": "k", "permissions": "all", "allowed_ips": ["10.0.0.0/8", "2001:db8::/32"]}
        secret = proxy.post(f"/v1/service-accounts/{account}/api-keys", json=terms).json()["xi-api-key"]
        for address, status in (
            ("10.1.2.3", 200),
            ("::ffff:10.1.2.3", 200),
            ("2001:db8::7", 200),
            ("11.1.2.3", 403),
            ("10.1.2.3, 11.1.2.3", 403),
            ("nonsense" * 20, 403),
            ("", 403),
        ):
            headers = {"xi-api-key": secret, "x-forwarded-for": address}
            assert proxy.get("/v1/models", headers=headers).status_code == status, address
    account = http.post("/v1/service-accounts", json={"name": "unproxied"}).json()["service-account-user-id"]
    secret = http.post(f"/v1/service-accounts/{account}/api-keys", json=terms).json()["xi-api-key"]
    response = http.get("/v1/models", headers={"xi-api-key": secret, "x-forwarded-for": "10.1.2.3"})
    assert response.status_code == 403
    assert "127.0.0.1" in response.json()["detail"]["message"]
