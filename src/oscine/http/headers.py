# SPDX-License-Identifier: GPL-3.0-or-later
"""Words in headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

_LONGEST = 1000


def lists(headers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Header → its words as a line, for those that have any."""
    return {name: listed(words) for name, words in headers.items() if words}


def listed(words: Sequence[str]) -> str:
    """Separated by commas; what is not ASCII is percent-encoded as UTF-8. At most 1,000 characters."""
    line = ""
    for word in words:
        entry = quote(word.encode("utf-8", "replace"), " '=")
        if len(line) + len(entry) > _LONGEST - 2:
            break
        line += f", {entry}" if line else entry
    return line
