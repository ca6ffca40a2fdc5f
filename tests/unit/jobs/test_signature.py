# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import hashlib
import hmac

from oscine.jobs.signature import secret_of, sign


def test_the_example_of_the_specification() -> None:
    """Source: the test values of Standard Webhooks' reference implementations."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_each_key_has_a_secret_of_its_own() -> None:
    one, two = secret_of(b"server", "key_1"), secret_of(b"server", "key_2")
    assert one.startswith("whsec_")
    assert len(base64.b64decode(one.removeprefix("whsec_"))) == 32
    assert len({one, two, secret_of(b"another", "key_1")}) == 3


def test_what_a_receiver_does_to_check() -> None:
    """Source: docs/webhooks.md."""
    secret, body = secret_of(b"server", "key_1"), b"{}"
    headers = sign(secret, "evt_1", 1_700_000_000, body)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert f"v1,{wanted}" in headers["webhook-signature"].split(" ")
