# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients send about history. Shapes: reference/api-facts.md §9.1."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from oscine.domain.problems import FormatUnknown, SettingOutOfRange
from oscine.store.history import HistoryFilter

_MOST_ITEMS = 1000
_YEAR_9999 = 253_402_300_799

Seconds = Annotated[int, Field(ge=0, le=_YEAR_9999)]
"""Since 1970; milliseconds are refused rather than taken for a far future."""


class HistoryListing(BaseModel):
    """The query of the list."""

    page_size: int = Field(100, ge=1, le=1000)
    start_after_history_item_id: str | None = None
    voice_id: str | None = None
    model_id: str | None = None
    date_before_unix: Seconds | None = Field(None, description="exclusive")
    date_after_unix: Seconds | None = Field(None, description="inclusive")
    sort_direction: Literal["asc", "desc"] | None = "desc"
    search: str | None = Field(None, max_length=1000)
    source: Literal["TTS", "STS", "Flows"] | None = None

    def read(self) -> HistoryFilter:
        """In our terms. What holds a character that no item can hold is replaced like it is in items."""
        return HistoryFilter(
            voice_id=_storable(self.voice_id),
            model_id=_storable(self.model_id),
            source=self.source,
            since_unix=self.date_after_unix,
            before_unix=self.date_before_unix,
            search=_storable(self.search),
        )


class DownloadBody(BaseModel):
    history_item_ids: list[str]
    output_format: str | None = None

    def read_ids(self) -> list[str]:
        """Each once, in order. Raises: SettingOutOfRange."""
        if not 1 <= len(self.history_item_ids) <= _MOST_ITEMS:
            raise SettingOutOfRange(
                f"history_item_ids takes 1 to {_MOST_ITEMS} ids; {len(self.history_item_ids)} were given.",
                parameter="history_item_ids",
            )
        return list(dict.fromkeys(self.history_item_ids))

    def is_wav(self) -> bool:
        """Raises: FormatUnknown."""
        if self.output_format not in {None, "wav", "default"}:
            raise FormatUnknown(
                f"output_format must be 'wav', 'default' or null; {str(self.output_format)[:40]!r} was given.",
                parameter="output_format",
            )
        return self.output_format == "wav"


def _storable(given: str | None) -> str | None:
    return given.replace("\0", "\ufffd") if given else None
