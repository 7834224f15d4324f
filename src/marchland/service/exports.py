"""The record by address, in the formats of marchland export."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
