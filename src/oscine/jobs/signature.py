# SPDX-License-Identifier: GPL-3.0-or-later
"""How a receiver knows that a webhook is ours. Source: Standard Webhooks 1.0, symmetric signatures.

Each key has a secret of its own, which follows from the server's: nothing more has to be kept, and one customer cannot
sign for another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

_PREFIX = "whsec_"


def secret_of(server_secret: bytes, key_id: str) -> str:
    """The secret of a key's webhooks, as its owner puts it into a receiver."""
    return _PREFIX + base64.b64encode(_hmac(server_secret, key_id.encode())).decode()


def sign(secret: str, delivery_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that prove a body. timestamp: seconds since 1970, when it is sent."""
    signed = f"{delivery_id}.{timestamp}.".encode() + body
    signature = _hmac(base64.b64decode(secret.removeprefix(_PREFIX)), signed)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
