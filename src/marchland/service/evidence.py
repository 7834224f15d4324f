"""One place: who held it, why, its band of holders through time, its neighbours, its crossing, what follows."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
