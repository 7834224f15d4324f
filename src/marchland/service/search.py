"""Search over places, parties, speakers, outlets and the words of reports."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
