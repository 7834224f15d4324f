"""The queue of what is worth a look, and what people say of it."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
