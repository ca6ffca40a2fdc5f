# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong for a caller, with no HTTP in it.

    Problem
    ├── Invalid            the request cannot be served as it stands; a change by the caller helps
    ├── Missing            something named in the request does not exist (or not for this caller)
    ├── Denied             who is calling, and what that key may do
    ├── Exhausted          credits or money are used up
    ├── Busy               too much at once; the same request may succeed later (retryable)
    └── Broken             our fault (retryable)

A message says what was given, what is allowed and what to do next. It never holds the caller's text.
Each dialect has one table from `code` to status and body; a test fails on a code without a row.
"""

from __future__ import annotations

import traceback
from typing import ClassVar


class Problem(Exception):
    """Base of the tree. `code` is stable; `parameter` names the field at fault, in our own terms."""

    code: ClassVar[str]
    is_retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, parameter: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.parameter = parameter


class Invalid(Problem): ...


class TextEmpty(Invalid):
    code = "text_empty"


class TextTooLong(Invalid):
    code = "text_too_long"


class TextUnspeakable(Invalid):
    """Nothing in the text can be spoken (emoji or control characters only)."""

    code = "text_unspeakable"


class MarkupInvalid(Invalid):
    """SSML that cannot be read, or a tag the model does not take."""

    code = "markup_invalid"


class PhonemeInvalid(Invalid):
    """A phonetic symbol that the language's engine cannot say."""

    code = "phoneme_invalid"


class RuleInvalid(Invalid):
    """A pronunciation rule that cannot act, or too many of them."""

    code = "rule_invalid"


class LexiconInvalid(Invalid):
    """A file that is no pronunciation lexicon."""

    code = "lexicon_invalid"


class FormatUnknown(Invalid):
    code = "format_unknown"


class LanguageUnsupported(Invalid):
    code = "language_unsupported"


class SettingOutOfRange(Invalid):
    code = "setting_out_of_range"


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Both ends are allowed. Raises: SettingOutOfRange."""
    if not low <= value <= high:
        raise SettingOutOfRange(f"{name} must be between {low:g} and {high:g}; {value:g} was given.", parameter=name)


class ModelUnsupported(Invalid):
    """The model exists, but not for this operation or combination of fields."""

    code = "model_unsupported"


class NotServed(Invalid):
    """A documented field that this server does not serve yet."""

    code = "not_served"


class BodyTooLarge(Invalid):
    code = "body_too_large"


class CursorInvalid(Invalid):
    code = "cursor_invalid"


class RequestUnusable(Invalid):
    """An earlier request that exists, but cannot give context: unfinished, failed, not kept or too old."""

    code = "request_unusable"


class WebhookInvalid(Invalid):
    """A webhook that cannot be used, or leads where webhooks may not."""

    code = "webhook_invalid"


class AccountExists(Invalid):
    """Another account has that name."""

    code = "account_exists"


class AccountsFull(Invalid):
    """As many service accounts as the server's settings allow."""

    code = "accounts_full"


class MessageInvalid(Invalid):
    """A message on a socket that cannot be read, or that changes what cannot be changed any more."""

    code = "message_invalid"


class JobEnded(Invalid):
    """A job in a state in which what is asked of it cannot be done."""

    code = "job_ended"


class InputTimeout(Invalid):
    """A socket on which nothing was said for too long."""

    code = "input_timeout"


class ContextsFull(Invalid):
    """As many streams of text on one socket as there may be."""

    code = "contexts_full"


class Missing(Problem): ...


class VoiceNotFound(Missing):
    code = "voice_not_found"


class ModelNotFound(Missing):
    code = "model_not_found"


class RequestNotFound(Missing):
    """An earlier request of this account that is to give context."""

    code = "request_not_found"


class HistoryItemNotFound(Missing):
    code = "history_item_not_found"


class AudioMissing(Missing):
    """A history item whose audio the blob store has lost."""

    code = "audio_missing"


class SampleNotFound(Missing):
    """A recording that a voice was made from."""

    code = "sample_not_found"


class DictionaryNotFound(Missing):
    """A pronunciation dictionary, or a version of one."""

    code = "dictionary_not_found"


class JobNotFound(Missing):
    code = "job_not_found"


class AccountNotFound(Missing):
    code = "account_not_found"


class KeyNotFound(Missing):
    """A key named by its id, as the one that is to be changed."""

    code = "key_not_found"


class Denied(Problem): ...


class KeyMissing(Denied):
    code = "key_missing"


class KeyInvalid(Denied):
    code = "key_invalid"


class TokenInvalid(Denied):
    """A single-use token that is unknown, spent or expired."""

    code = "token_invalid"


class AuthorizationHeaderInvalid(Denied):
    """Credentials in a header that this dialect does not read."""

    code = "authorization_header_invalid"


class ScopeMissing(Denied):
    code = "scope_missing"


class AddressDenied(Denied):
    """The key may not be used from where the caller is."""

    code = "address_denied"


class ActionDenied(Denied):
    """Whatever its scopes, this key may not do that."""

    code = "action_denied"


class VoiceNotOwned(Denied):
    """A voice that everybody has cannot be changed by anybody."""

    code = "voice_not_owned"


class Exhausted(Problem): ...


class QuotaExceeded(Exhausted):
    code = "quota_exceeded"


class WalletShort(Exhausted):
    """The key's wallet holds less than the request costs."""

    code = "wallet_short"


class Busy(Problem):
    is_retryable = True

    def __init__(self, message: str, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class KeyBusy(Busy):
    """This key already has as many generations running as it may."""

    code = "key_busy"


class ServerBusy(Busy):
    code = "server_busy"


class SocketsFull(Busy):
    """As many sockets are open as there may be, of this key or in all."""

    code = "sockets_full"


class Broken(Problem):
    is_retryable = True


class EngineFailed(Broken):
    """Workers died or went silent more often than we retry."""

    code = "engine_failed"


class EngineUnavailable(Broken):
    """No engine that can serve the request is installed or running."""

    code = "engine_unavailable"


class DatabaseUnavailable(Broken):
    """The database cannot be opened: its address, its driver or itself is at fault."""

    code = "database_unavailable"


class BlobsUnavailable(Broken):
    """The store of audio cannot be reached, or does not let this server in."""

    code = "blobs_unavailable"


def describe_failure(error: BaseException) -> str:
    """Kind of error and where it happened. Neither its message nor any variable: both may hold what a user said."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    return "\n".join(
        f"{type(link).__name__}\n{''.join(traceback.format_tb(link.__traceback__)).rstrip()}" for link in chain
    )
