"""What the map shows: every place with its holders on both clocks, in columns that a browser reads fast."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
