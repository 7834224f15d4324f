"""Adding files to a user's gazetteer as one layer: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from marchland.errors import BrokenData, Misuse
from marchland.places.gazetteer import Gazetteer
from marchland.places.home import LAYER_SUFFIX
from marchland.places.intake.boundaries import read_boundaries
from marchland.places.intake.faults import Faults
from marchland.places.intake.files import Source, digest_of, sources_of
from marchland.places.intake.forms import HEAD, Form, UnknownForm, form_of
from marchland.places.intake.geonames import read_alternates, read_places
from marchland.places.intake.items import Fault, Item, LeftOut, Membership, MoreNames, NewPlace, Noted, Wanted
from marchland.places.intake.links import cycle, join_divisions, link_parents
from marchland.places.intake.tables import read_table
from marchland.places.intake.writer import LayerWriter

Progress = Callable[[str], None]
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_TAKEN = frozenset({"gn", "iso", "x", "s", "adm", "pcode", "gb", "icao", "iata", "corrections"})
"""Schemes of ids that mean something already."""
_EVERY = 5_000
_ORDER = tuple(Form)
"""Places come before the names and memberships that point to them."""


@dataclass
class Summary:
    """What a layer holds, and what was made of its files."""

    name: str
    forms: dict[str, str] = field(default_factory=dict)
    """File -> form, in the words of `Form`."""
    digest: str = ""
    """First eight digits of a hash over all files: the same files give the same."""
    counts: dict[str, int] = field(default_factory=dict)
    """places, names, divisions, polygons, memberships, joined."""
    left_out: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    faulty: int = 0
    """Rows that were wrong and left out on request."""
    faults: list[str] = field(default_factory=list)
    """The first of them."""
    unread: dict[str, str] = field(default_factory=dict)
    """Members of archives that are no gazetteer files, with the reason."""


def layer_name(text: str) -> str:
    """A name for a layer, from what the user says or from a file. Raises Misuse where it cannot be one."""
    name = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "layer"
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise Misuse(f'a layer cannot be called "{name[:60]}"; give another name with --name')
    return name


def name_from(paths: Sequence[Path]) -> str:
    """The name of a layer whose files have these paths: the first one's, without its endings."""
    name = paths[0].name.split(".")[0].lower()
    return layer_name(f"{name}-file" if name in _TAKEN else name)


def add(paths: Sequence[Path], wanted: Wanted, folder: Path, base: Gazetteer, progress: Progress) -> Summary:
    """Make a layer of files and put it into the folder, in place of one of the same name.

    `base` is the gazetteer without that layer: divisions it knows are joined with it. Raises BrokenData with the
    faults found, by file and line, and leaves everything as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(
            f"{folder}: no layer can be kept there ({error.strerror}); set MARCHLAND_HOME to a folder"
        ) from error
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as work:
        made = Path(work) / f"{wanted.layer}{LAYER_SUFFIX}"
        summary = make(paths, wanted, made, base, progress)
        made.replace(folder / made.name)
    return summary


def make(paths: Sequence[Path], wanted: Wanted, out: Path, base: Gazetteer, progress: Progress) -> Summary:
    """Make a layer of files at `out`, which must not be there. Raises BrokenData; see `add`."""
    summary = Summary(wanted.layer)
    sources = _told_apart(paths, summary)
    faults = Faults([source.name for source, _ in sources], forgiven=wanted.skip_faulty)
    writer = LayerWriter(out)
    try:
        for number, (source, form) in enumerate(sources):
            items = faults.kept(number, _items(source, form, wanted))
            _write(writer, number, items, form, base, summary, faults, progress)
        faults.raise_any()
        progress("divisions that the gazetteer knows")
        joined = join_divisions(writer, base)
        for unlinked in link_parents(writer, base, wanted.layer):
            faults.add(unlinked.source, Fault(unlinked.line, unlinked.why))
        if found := cycle(writer, base, wanted.layer):
            faults.add(found.source, Fault(found.line, found.why), fatal=True)
        faults.raise_any()
        summary.faulty, summary.faults = faults.count, faults.shown
        progress("indexes")
        _finish(writer, paths, wanted, summary, joined)
    finally:
        writer.close()
    return summary


def _told_apart(paths: Iterable[Path], summary: Summary) -> list[tuple[Source, Form]]:
    """The files with their forms, in the order in which they are read. Raises BrokenData for one of no known form."""
    found = []
    for path in paths:
        inside = sources_of(path)
        forms = [(source, _form(source)) for source in inside]
        known = [(source, form) for source, form in forms if isinstance(form, Form)]
        if not known:
            raise BrokenData("; ".join(f"{source.name}: {why}" for source, why in forms))
        summary.unread |= {source.name: why for source, why in forms if isinstance(why, str)}
        found += known
    if any(form is Form.CORRECTIONS for _, form in found):
        raise Misuse("a table of corrections is no layer: its rows belong into the file that "
                     "`marchland gazetteer list` names")  # fmt: skip
    found.sort(key=lambda pair: _ORDER.index(pair[1]))
    summary.forms = {source.name: form.value for source, form in found}
    return found


def _form(source: Source) -> Form | str:
    with source.open() as stream:
        try:
            return form_of(stream.read(HEAD))
        except UnknownForm as error:
            return str(error)


def _items(source: Source, form: Form, wanted: Wanted) -> Iterator[Item]:
    if form is Form.GEONAMES:
        return read_places(source, wanted)
    if form is Form.ALTERNATES:
        return read_alternates(source)
    if form is Form.GEOJSON:
        return read_boundaries(source, wanted)
    return read_table(source, form, wanted)


def _write(
    writer: LayerWriter, number: int, items: Iterable[Item], form: Form, base: Gazetteer, summary: Summary,
    faults: Faults, progress: Progress,
) -> None:  # fmt: skip
    linked = form is Form.GEONAMES
    for count, item in enumerate(items, start=1):
        if count % _EVERY == 0:
            progress(f"{faults.names[number]}: {count:,} rows")
        if isinstance(item, NewPlace):
            if not writer.place(item, number, linked=linked):
                before = faults.at(*writer.where(item.place_id))
                faults.add(number, Fault(item.line, f"{item.place_id} stands on {before} already"))
        elif isinstance(item, MoreNames):
            _write_name(writer, number, item, form, base, summary, faults)
        elif isinstance(item, Membership):
            if _known(writer, base, item.place_id):
                writer.membership(item, number)
            else:
                faults.add(number, Fault(item.line, f"no place has the id {item.place_id}"))
        elif isinstance(item, LeftOut):
            summary.left_out[item.why] += 1
        elif isinstance(item, Noted):
            summary.noted[item.why] += 1


def _write_name(
    writer: LayerWriter, number: int, item: MoreNames, form: Form, base: Gazetteer, summary: Summary, faults: Faults
) -> None:
    if _known(writer, base, item.place_id):
        writer.name(item.place_id, item.name)
    elif form is Form.ALTERNATES:
        summary.left_out["names of places that the gazetteer does not have"] += 1
    else:
        faults.add(number, Fault(item.line, f"no place has the id {item.place_id}"))


def _known(writer: LayerWriter, base: Gazetteer, place_id: str) -> bool:
    return writer.row_of(place_id) is not None or base.knows(place_id)


def _finish(writer: LayerWriter, paths: Sequence[Path], wanted: Wanted, summary: Summary, joined: int) -> None:
    covers = writer.store.execute(
        "SELECT DISTINCT country, kind FROM place JOIN outlined USING (row) WHERE kind IN ('province', 'district')"
    ).fetchall()
    writer.flush()
    summary.counts = {
        "places": writer.count("SELECT count(*) FROM place WHERE kind IS NOT NULL"),
        "names": writer.names,
        "divisions": writer.count("SELECT count(*) FROM place WHERE kind IN ('province', 'district')"),
        "polygons": writer.count("SELECT count(*) FROM shape"),
        "memberships": writer.count("SELECT count(*) FROM membership"),
        "joined": joined,
    }
    if not (summary.counts["names"] or summary.counts["memberships"]):
        left_out = "; ".join(f"{count:,} {why}" for why, count in summary.left_out.most_common())
        raise BrokenData(f"nothing to add in {', '.join(summary.forms)}: left out {left_out or 'nothing'}")
    digests = [digest_of(path) for path in paths]
    summary.digest = hashlib.sha256("".join(digests).encode()).hexdigest()[:8]
    levels = {"province": 1, "district": 2}
    writer.finish({
        "files": [{"name": path.name, "sha256": digest} for path, digest in zip(paths, digests, strict=True)],
        "forms": summary.forms, "digest": summary.digest, "counts": summary.counts, "country": wanted.country,
        "covers": sorted(f"{country}/{levels[kind]}" for country, kind in covers),
    })  # fmt: skip


def summary_of(name: str, about: Mapping[str, str]) -> Summary:
    """The summary of a layer from what is stored in it."""
    return Summary(name, json.loads(about["forms"]), about["digest"], json.loads(about["counts"]))
