# SPDX-License-Identifier: GPL-3.0-or-later
"""Links to audio that work without a key, for a while. What a link leads to is written in it, and signed: nobody makes
one but the servers on this database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass

from oscine.domain.job import Output
from oscine.store.database import Database
from oscine.store.secrets import Secrets

_NAME = "links"
_MAC_BYTES = 16
_LONGEST = 1000


class LinkInvalid(Exception):
    """No server on this database has made the link."""


class LinkExpired(Exception):
    """It has, but for a time that is over."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to."""

    blob: str
    media_type: str
    file_name: str
    expires_unix: int


class Links:
    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._clock = clock

    @classmethod
    async def open(cls, database: Database) -> Links:
        """With the secret of this database, made where there is none."""
        return cls(await Secrets(database).get(_NAME))

    def path_to(self, output: Output, expires_unix: int) -> str:
        """`/media/<token>/<file name>`, which works before that second."""
        payload = "\n".join((str(expires_unix), output.media_type, output.file_name, output.blob)).encode()
        token = base64.urlsafe_b64encode(self._sign(payload) + payload).rstrip(b"=").decode()
        return f"/media/{token}/{output.file_name}"

    def follow(self, token: str, file_name: str) -> Linked:
        """Raises: LinkInvalid, LinkExpired."""
        signed = _decode(token)
        mac, payload = signed[:_MAC_BYTES], signed[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._sign(payload)):
            raise LinkInvalid("There is no such file. Use the link as it came with the answer, to its last character.")
        expires, media_type, given_name, blob = payload.decode().split("\n")
        if file_name != given_name:
            raise LinkInvalid(f"There is no such file. This link ends with /{given_name}.")
        if self._clock() >= int(expires):
            raise LinkExpired("This link has expired, and what it led to is deleted. Have it made again.")
        return Linked(blob, media_type, file_name, int(expires))

    def _sign(self, payload: bytes) -> bytes:
        return hmac.digest(self._secret, payload, hashlib.sha256)[:_MAC_BYTES]


def _decode(token: str) -> bytes:
    if len(token) <= _LONGEST and token.isascii():
        try:
            return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            pass
    return b""
