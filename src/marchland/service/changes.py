"""What changed between two moments of knowledge, and briefs."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
