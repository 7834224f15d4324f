"""Changes as they happen, as Server-Sent Events."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
