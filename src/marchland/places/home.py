"""Where a user's own gazetteer lies: layers and corrections, outside the package."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "MARCHLAND_HOME"
CORRECTIONS = "corrections.csv"
LAYER_SUFFIX = ".layer"


def home() -> Path:
    """The data folder: the environment variable MARCHLAND_HOME, else the platform's folder for data of a user."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else _platform_folder() / "marchland"


def _platform_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def gazetteer_folder() -> Path:
    """The folder of layers and corrections; it need not be there."""
    return home() / "gazetteer"


def layer_files(folder: Path) -> list[Path]:
    """The layers in a folder by name: of two that speak of one place, the later one wins."""
    return sorted(folder.glob(f"*{LAYER_SUFFIX}")) if folder.is_dir() else []
