# SPDX-License-Identifier: GPL-3.0-or-later
"""Dictionaries and files that strangers send. The answer is a documented 4xx, or speech; never a 5xx."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import LiveServer

VOICE = "JBFqnCBsd6RMkjVDRZzb"
PATH = "/v1/pronunciation-dictionaries"


@pytest.fixture
def client(live_server: LiveServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url, headers=live_server.headers, timeout=60) as opened:
        yield opened


def status_of(response: httpx.Response) -> str:
    detail = response.json()["detail"]
    return "validation" if isinstance(detail, list) else str(detail["status"])


def alias(written: str, said: str, **flags: Any) -> dict[str, Any]:
    return {"type": "alias", "string_to_replace": written, "alias": said, **flags}


def make(client: httpx.Client, *rules: dict[str, Any]) -> str:
    response = client.post(f"{PATH}/add-from-rules", json={"name": "hostile", "rules": rules})
    assert response.status_code == 200, response.text[:300]
    return str(response.json()["id"])


def speak(client: httpx.Client, text: str, *dictionaries: str, **body: Any) -> httpx.Response:
    locators = [{"pronunciation_dictionary_id": dictionary} for dictionary in dictionaries]
    return client.post(
        f"/v1/text-to-speech/{VOICE}/with-timestamps?output_format=pcm_16000",
        json={"text": text, "pronunciation_dictionary_locators": locators, **body},
    )


def said(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text[:300]
    return "".join(response.json()["normalized_alignment"]["characters"])


@pytest.mark.parametrize(
    ("body", "http", "status"),
    [
        ({}, 422, "validation"),
        ({"name": "x"}, 422, "validation"),
        ({"name": "", "rules": []}, 422, "validation"),
        ({"name": " ", "rules": []}, 422, "validation"),
        ({"name": "x\x00", "rules": []}, 422, "validation"),
        ({"name": "x" * 201, "rules": []}, 422, "validation"),
        ({"name": "x", "rules": [], "description": "a\x00"}, 422, "validation"),
        ({"name": "x", "rules": [], "workspace_access": "owner"}, 422, "validation"),
        ({"name": "x", "rules": "a"}, 422, "validation"),
        ({"name": "x", "rules": [{}]}, 422, "validation"),
        ({"name": "x", "rules": [{"type": "regex", "string_to_replace": "a"}]}, 422, "validation"),
        ({"name": "x", "rules": [{"type": "alias", "string_to_replace": "a"}]}, 422, "validation"),
        ({"name": "x", "rules": [{"type": "phoneme", "string_to_replace": "a", "phoneme": "a"}]}, 422, "validation"),
        ({"name": "x", "rules": [alias("a", "b", case_sensitive="perhaps")]}, 422, "validation"),
        ({"name": "x", "rules": [alias("", "b")]}, 400, "invalid_pronunciation_rule"),
        ({"name": "x", "rules": [alias("a\x00", "b")]}, 400, "invalid_pronunciation_rule"),
        ({"name": "x", "rules": [alias("a", "b" * 201)]}, 400, "invalid_pronunciation_rule"),
        ({"name": "x", "rules": [alias(str(i), "b") for i in range(10_001)]}, 400, "invalid_pronunciation_rule"),
    ],
)
def test_bodies(client: httpx.Client, body: dict[str, Any], http: int, status: str) -> None:
    response = client.post(f"{PATH}/add-from-rules", json=body)
    assert (response.status_code, status_of(response)) == (http, status), response.text[:300]


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 3000),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nn'),
        ("application/x-www-form-urlencoded", b"name=%ff&file=text"),
        ("application/json", b'{"name": "x"}'),
        ("text/plain", b""),
    ],
)
def test_forms_that_are_none(client: httpx.Client, content_type: str, content: bytes) -> None:
    response = client.post(f"{PATH}/add-from-file", content=content, headers={"content-type": content_type})
    assert (response.status_code, status_of(response)) == (422, "validation"), response.text[:300]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 1000,
        b"<lexicon>",
        b"<a>" * 300_000,
        b"PK\x03\x04 an archive",
        b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY a%d "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">' % i for i in range(20)
        ) + b"]><lexicon><lexeme><grapheme>&a19;</grapheme></lexeme></lexicon>",
        b'<!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">]><lexicon><lexeme><grapheme>&f;</grapheme></lexeme></lexicon>',
        b'<!DOCTYPE lexicon SYSTEM "http://127.0.0.1:1/x.dtd"><lexicon/>',
    ],
)  # fmt: skip
def test_files_that_are_no_lexicons(client: httpx.Client, data: bytes) -> None:
    """The bombs among them are not unpacked, and nothing outside of them is read."""
    response = client.post(f"{PATH}/add-from-file", data={"name": "x"}, files={"file": ("x.pls", data)})
    assert (response.status_code, status_of(response)) == (400, "invalid_pronunciation_dictionary")
    assert "root:" not in response.text


def test_a_huge_upload_is_refused_before_it_is_read(client: httpx.Client, live_server: LiveServer) -> None:
    """By its declared length, or when it has grown too large."""
    url = httpx.URL(live_server.url)
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.pls"\r\n\r\n'
    for header, frames in (("Content-Length: 100000000", 0), ("Transfer-Encoding: chunked", 64)):
        head = (
            f"POST {PATH}/add-from-file HTTP/1.1\r\nHost: x\r\nxi-api-key: {live_server.key}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\n{header}\r\n\r\n"
        )
        with socket.create_connection((url.host, url.port or 80), timeout=30) as connection:
            connection.sendall(head.encode())
            with contextlib.suppress(OSError):  # it may hang up on what it has refused
                for frame in [part] * bool(frames) + [b"x" * 65536] * frames:
                    connection.sendall(b"%x\r\n%b\r\n" % (len(frame), frame))
            answer = connection.recv(65536)
            while b"}" not in answer:
                answer += connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"request_too_large" in answer
    assert client.get(PATH).status_code == 200


def test_ten_thousand_rules(client: httpx.Client) -> None:
    lexemes = "".join(f"<lexeme><grapheme>word{i}</grapheme><alias>say {i}</alias></lexeme>" for i in range(10_000))
    response = client.post(
        f"{PATH}/add-from-file", data={"name": "many"}, files={"file": f"<lexicon>{lexemes}</lexicon>"}
    )
    assert response.json()["version_rules_num"] == 10_000
    dictionary = response.json()["id"]
    assert said(speak(client, "word1 word9999 word10000", dictionary, model_id="eleven_flash_v2_5")).startswith(
        "say 1 say 9999 word10000"
    )
    rules = [alias("one more", "x")]
    response = client.post(f"{PATH}/{dictionary}/add-rules", json={"rules": rules})
    assert (response.status_code, status_of(response)) == (400, "invalid_pronunciation_rule")
    rules = [alias("word7", "seven")]
    assert client.post(f"{PATH}/{dictionary}/add-rules", json={"rules": rules}).json()["version_rules_num"] == 10_000


def test_a_rule_that_matches_everything(client: httpx.Client) -> None:
    loose = {"word_boundaries": False}
    flat = make(client, *(alias(letter, "la", **loose) for letter in "abcdefghijklmnopqrstuvwxyz"))
    assert said(speak(client, "ab c", flat)) == "lala la"
    bomb = make(client, alias("a", "x" * 200, **loose))
    response = speak(client, "a" * 2000, bomb)
    assert (response.status_code, status_of(response)) == (400, "max_character_limit_exceeded")
    silent = make(client, *(alias(letter, "", **loose) for letter in "abc"))
    response = speak(client, "abc", silent)
    assert (response.status_code, status_of(response)) == (400, "invalid_text")


def test_overlapping_rules_and_loops(client: httpx.Client) -> None:
    dictionary = make(
        client, alias("b c", "x"), alias("a b", "b c"), alias("c", "a b"), alias("x", "x x"), alias("a b", "never")
    )
    assert said(speak(client, "a b c x", dictionary, model_id="eleven_flash_v2_5")) == "b c a b x x"


def test_the_same_dictionary_three_times(client: httpx.Client) -> None:
    dictionary = make(client, alias("a", "a a"))
    assert said(speak(client, "a", dictionary, dictionary, dictionary)) == "a a"


@pytest.mark.parametrize("text", ["<<<>>> & &amp; W < 3", "<p>W</p><W>", "W\x00W\u202eW", "[W] {W} [[W]]", "W" * 3000])
@pytest.mark.parametrize("said_for_it", ["<break/>", "&amp; [laughs]", "]] {x}", "$5 °C", "مرحبا", "🙂 hi"])
def test_aliases_are_text_whatever_they_hold(client: httpx.Client, text: str, said_for_it: str) -> None:
    dictionary = make(client, alias("W", said_for_it, word_boundaries=False))
    response = speak(client, text[:60], dictionary)
    assert response.status_code == 200, response.text[:300]
    assert "".join(response.json()["alignment"]["characters"]) == text[:60]


@pytest.mark.parametrize(
    ("rule", "model"),
    [
        ({"phoneme": "ǃǂ", "alphabet": "ipa"}, "eleven_flash_v2"),
        ({"phoneme": "ʕ" * 60, "alphabet": "ipa"}, "eleven_monolingual_v1"),
        ({"phoneme": "AH0 " * 50, "alphabet": "cmu-arpabet"}, "eleven_turbo_v2"),
    ],
)
def test_sounds_that_english_lacks(client: httpx.Client, rule: dict[str, str], model: str) -> None:
    """Said with the nearest sound, or refused; never a 5xx."""
    dictionary = make(client, {"type": "phoneme", "string_to_replace": "word", **rule})
    response = speak(client, "A word here.", dictionary, model_id=model)
    assert (response.status_code, response.status_code == 200 or status_of(response)) in {
        (200, True),
        (400, "invalid_phoneme"),
    }, response.text[:300]


@pytest.mark.parametrize("wrong", ["%00", "..%2f..%2fetc", "x" * 3000, "'--", "%F0%9F%99%82"])
def test_ids_that_are_none(client: httpx.Client, wrong: str) -> None:
    there = make(client, alias("a", "b"))
    for path in (wrong, f"{wrong}/x/download", f"{there}/{wrong}/download"):
        assert client.get(f"{PATH}/{path}").status_code == 404
    response = speak(client, "Hello.", "a\x00b")
    assert (response.status_code, status_of(response)) == (404, "pronunciation_dictionary_not_found")
    assert client.get(PATH, params={"cursor": "a\x00b"}).status_code == 400


def test_scopes(client: httpx.Client, live_server: LiveServer) -> None:
    """Form before key, key before everything else (reference/api-facts.md §1)."""
    with httpx.Client(base_url=live_server.url) as stranger:
        assert stranger.get(PATH).status_code == 401
        assert stranger.post(f"{PATH}/add-from-rules", json={}).status_code == 422
        answer = stranger.post(f"{PATH}/add-from-file", data={"name": "x"}, files={"file": b"<lexicon"})
        assert answer.status_code == 401
