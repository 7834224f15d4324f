"""What the pages load from others is what the manifest says, file by file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src/marchland/service/web"
VENDOR = WEB / "vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text())
FREE = {"BSD-3-Clause", "ISC", "MIT"}
MOST_BYTES = 8_000_000


def test_the_manifest_names_every_file_and_no_other() -> None:
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {one["path"] for one in MANIFEST["files"]} | {"MANIFEST.json"}


def test_every_file_has_the_checksum_and_size_of_the_manifest() -> None:
    for one in MANIFEST["files"]:
        content = (VENDOR / one["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"]), one["path"]


def test_all_together_stay_small() -> None:
    assert sum(one["bytes"] for one in MANIFEST["files"]) == MANIFEST["bytes"] < MOST_BYTES


def test_every_package_is_pinned_and_its_licence_is_free_and_beside() -> None:
    for package in MANIFEST["packages"]:
        assert package["licence"] in FREE and package["version"] and len(package["sha512"]) == 88
        own = [one["path"] for one in MANIFEST["files"] if one["package"] == package["name"]]
        assert any("LICENSE" in path for path in own), package["name"]


def test_every_country_of_the_world_file_has_its_detail() -> None:
    world = json.loads((VENDOR / "world/world.json").read_text())
    for country in world["countries"]:
        detail = json.loads((VENDOR / "world" / f"{country['file']}.json").read_text())
        assert detail["unit"] == world["unit"] and detail["rings"]
        west, south, east, north = country["box"]
        assert west < east and south < north


@pytest.mark.parametrize("script", ["maplibre-gl/maplibre-gl.mjs", "maplibre-gl/maplibre-gl-worker.mjs"])
def test_scripts_name_no_source_map_that_is_not_there(script: str) -> None:
    assert b"sourceMappingURL" not in (VENDOR / script).read_bytes()[-200:]


def test_no_script_of_the_pages_parses_markup_or_words() -> None:
    own = [path for kind in ("js", "css") for path in WEB.rglob(f"*.{kind}") if VENDOR not in path.parents]
    for path in own:
        text = path.read_text()
        for word in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert word not in text, f"{path.name}: {word}"
