"""Lists of the record: places, claims, events, holdings, crossings, counts, consequences, copies, what was skipped."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
