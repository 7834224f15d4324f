"""The command line: data to standard output, progress to standard error; exit 0 done, 1 failed, 2 misused.

Only this module prints, exits and opens files. The language model and the gazetteer are loaded inside the commands
that need them, so that questions to a ledger are answered at once.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland import __version__
from marchland.errors import MarchlandError, Misuse
from marchland.records import ClaimRow, CrossingRow, Sift, Skipped
from marchland.views import terminal
from marchland.views.find import cards_of, find_place
from marchland.views.paper import Block, show
from marchland.views.terminal import PlaceCard
from marchland.views.words import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from marchland.ledger.store import Ledger
    from marchland.records import Answer, Article
    from marchland.views.export import Row

    AnswerView = Callable[[Answer, PlaceCard, Mapping[str, ClaimRow]], Iterable[Block]]
    Progress = Callable[[str], None]

LEDGER = Path("marchland.db")
DEMO_FOLDER = Path("marchland-demo")
STANDARD_INPUT = Path("-")

app = typer.Typer(
    name="marchland",
    help="Who holds what, since when, according to whom: a sourced, dated record read from news reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

LedgerOption = Annotated[
    Path, typer.Option("--ledger", envvar="MARCHLAND_LEDGER", help='Ledger file, or "demo" for that of the demo.')
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", help="Day asked about, YYYY-MM-DD; if not given, --known-at or the last on record."),
]
KnownAtOption = Annotated[
    str | None, typer.Option("--known-at", help="Use only what was published by this day, YYYY-MM-DD.")
]
PlaceArgument = Annotated[str, typer.Argument(help='Name, alias or id; "Herat city" or "Herat, AF" tells two apart.')]
Reports = Annotated[
    list[Path],
    typer.Argument(
        help="Pages (HTML, text), JSON Lines, CSV or TSV, RSS or Atom feeds, letters (.eml, .mbox), web archives "
        "(WARC); zip, tar and gzip of these, folders of them, or - for standard input."
    ),
]
TriageOption = Annotated[
    Sift,
    typer.Option(
        "--triage",
        help="Pages that are first searched for words of control, and set aside where there are none: crawls (web "
        "archives only), all or none.",
    ),
]
Source = Annotated[str, typer.Argument(help="JSON Lines file, or - for standard input.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"marchland {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Who holds what, since when, according to whom: a sourced, dated record read from news reports."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 misused."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app(args=arguments)
    except Misuse as error:
        tell(f"marchland: {error}")
        return 2
    except MarchlandError as error:
        tell(f"marchland: {error}")
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    return 0


def tell(words: str) -> None:
    """A line for the person at the terminal, apart from the data."""
    print(words, file=sys.stderr)


def put(blocks: Iterable[Block]) -> None:
    """Blocks to standard output."""
    show(blocks, sys.stdout)


# ----------------------------------------------------------------------------------------------------- reading reports


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the ledger and the map.")] = DEMO_FOLDER,
) -> None:
    """Read the bundled reports, end to end: the record in the terminal, a ledger and a map."""
    from marchland import demonstration  # noqa: PLC0415

    if out.exists() and not out.is_dir():
        raise Misuse(f"{out} is a file; --out wants a folder")
    out.mkdir(parents=True, exist_ok=True)
    with progress_line() as progress:
        blocks = demonstration.run(out, progress)
    put(blocks)


@app.command()
def run(
    paths: Reports,
    ledger: LedgerOption = LEDGER,
    triage: TriageOption = Sift.CRAWLS,
    page: Annotated[Path | None, typer.Option("--map", help="Also write the record as one HTML map page.")] = None,
) -> None:
    """Read reports, code them and add them to the ledger; the same input twice adds nothing."""
    from marchland import pipeline  # noqa: PLC0415
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    _must_exist(paths)
    _must_exist(path.parent for path in (ledger, page) if path)
    with Ledger.open(ledger_path(ledger)) as record, progress_line() as progress:
        stages = replace(pipeline.shipped_stages(), read=_reader(triage))
        summary = pipeline.run(paths, record, stages, progress)
        if page:
            pipeline.write_page(record, page)
    put(terminal.run_summary(summary))
    if not summary.articles and (summary.skipped or summary.set_aside):
        raise typer.Exit(1)


@app.command()
def read(paths: Reports, triage: TriageOption = Sift.NONE) -> None:
    """Reports to articles, as JSON Lines."""
    _must_exist(paths)
    reader = _reader(triage)
    _write(item for path in paths for item in reader(path))


@app.command()
def claims(source: Source) -> None:
    """Articles (JSON Lines of `marchland read`) to claims, as JSON Lines."""
    from marchland.claims.coder import Coder  # noqa: PLC0415
    from marchland.jsonl import decode_lines  # noqa: PLC0415
    from marchland.records import Article  # noqa: PLC0415

    coder = Coder.load()
    items = decode_lines(_lines(source), Article, source)
    _write(item if isinstance(item, Skipped) else coder.read(item) for item in items)


@app.command()
def resolve(source: Source) -> None:
    """Claims (JSON Lines of `marchland claims`) to located and dated claims, with the columns of `export claims`.

    Copies and events are known only to a ledger: event_id stays empty."""
    from marchland.jsonl import decode_lines  # noqa: PLC0415
    from marchland.locate import locate as resolve_reading  # noqa: PLC0415
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.records import Reading  # noqa: PLC0415
    from marchland.views.export import record  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    items = decode_lines(_lines(source), Reading, source)
    rows = (
        row
        for item in items
        for row in ([item] if isinstance(item, Skipped) else resolve_reading(item, gazetteer))
    )  # fmt: skip
    _write(row if isinstance(row, Skipped) else record("claims", row) for row in rows)


def _reader(sift: Sift) -> Callable[[Path], Iterator[Article | Skipped]]:
    """Reads the articles of a file, a folder, or standard input where the path is "-"."""
    from marchland.read import read_path, read_stream  # noqa: PLC0415
    from marchland.read.sieve import sieve_of  # noqa: PLC0415

    sieve = sieve_of(sift)

    def reader(path: Path) -> Iterator[Article | Skipped]:
        if path == STANDARD_INPUT:
            return read_stream(sys.stdin.buffer, sieve=sieve)
        return read_path(path, sieve=sieve)

    return reader


def _must_exist(paths: Iterable[Path]) -> None:
    missing = [str(path) for path in paths if path != STANDARD_INPUT and not path.exists()]
    if missing:
        raise Misuse(f"no such file or folder: {', '.join(missing)}")


def _lines(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from sys.stdin.buffer
        return
    if not Path(source).is_file():
        raise Misuse(f"no such file: {source}")
    with Path(source).open("rb") as file:
        yield from file


def _write(items: Iterable[object]) -> None:
    """Records to standard output, what was skipped to standard error; exit 1 when nothing but skips came."""
    from marchland.jsonl import encode  # noqa: PLC0415

    written = skipped = 0
    for item in items:
        if isinstance(item, Skipped):
            skipped += 1
            tell(f"skipped {item.where}: {item.why}")
        else:
            written += 1
            sys.stdout.write(encode(item).decode())
    if skipped and not written:
        raise typer.Exit(1)


@contextmanager
def progress_line() -> Iterator[Progress]:
    """A line on standard error that is written over at a terminal, and printed now and then elsewhere."""
    live, calls = sys.stderr.isatty(), 0

    def progress(words: str) -> None:
        nonlocal calls
        calls += 1
        if live:
            print(f"\r\x1b[2K{words}", end="", file=sys.stderr, flush=True)
        elif calls % 200 == 0:
            tell(words)

    yield progress
    if live and calls:
        print("\r\x1b[2K", end="", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------- asking the ledger


@app.command()
def who(
    place: PlaceArgument, at: AtOption = None, known_at: KnownAtOption = None, ledger: LedgerOption = LEDGER
) -> None:
    """Who holds a place: one line, with its probability and last confirmation."""
    _answer(terminal.who, place, at, known_at, ledger)


@app.command()
def why(
    place: PlaceArgument, at: AtOption = None, known_at: KnownAtOption = None, ledger: LedgerOption = LEDGER
) -> None:
    """The evidence for and against, row by row, adding up."""
    _answer(terminal.why, place, at, known_at, ledger)


def _answer(view: AnswerView, place: str, at: str | None, known_at: str | None, path: Path) -> None:
    from marchland.ledger import query  # noqa: PLC0415

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    with existing_ledger(path) as record:
        rows = query.claims(record)
        card = place_on_record(place, rows, query.crossings(record))
        answer = query.who(record, card.place_id, at or known_at or last_day(rows), known_at)
    put(view(answer, card, {row.claim_id: row for row in rows if row.place_id == card.place_id}))


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or the first few characters of it.")],
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object, with every range.")] = False,
) -> None:
    """How one claim was read: its sentence with the parts marked, the reason for each, and how sure it is."""
    from marchland.views import explain as view  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        row = _claim_on_record(record, claim)
        same = record.claims(place_id=row.place_id) if row.place_id else (row,)
        row = next((one for one in same if one.claim_id == row.claim_id), row)
        article = record.article(row.article_id)
        trace = record.trace(row.claim_id)
    if article is None:
        raise MarchlandError(f"the article of claim {row.claim_id} is not in {ledger_path(ledger)}")
    others = sum(one.witness_id == row.witness_id for one in same) - 1
    told = view.explanation(row, article, trace, view.frame_card(row.frame), others=others)
    if as_json:
        sys.stdout.write(view.as_json(told))
    else:
        put(view.blocks(told))


def _claim_on_record(record: Ledger, prefix: str) -> ClaimRow:
    """The claim whose id is this, or begins so; otherwise says what it may be and exits with 1."""
    from marchland.views import explain as view  # noqa: PLC0415

    found = record.claims_like(prefix.strip()) if prefix.strip() else ()
    exact = [one for one in found if one.claim_id == prefix.strip()]
    if len(found) == 1 or exact:
        return (exact or found)[0]
    if found:
        show(view.choices(prefix, found), sys.stderr)
    else:
        tell(f'no claim on record has an id that begins with "{clean(prefix, limit=40)}"; '
             "marchland why, timeline and export claims show them")  # fmt: skip
    raise typer.Exit(1)


@app.command()
def timeline(
    place: Annotated[str | None, typer.Argument(help="Only this place.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Only this country, ISO alpha-2.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Only what this party did.")] = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """What happened, by day."""
    from marchland.ledger import query  # noqa: PLC0415

    known_at = day_of(known_at, "--known-at")
    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{country}"')
    country = country.upper() if country else None
    with existing_ledger(ledger) as record:
        card = place_on_record(place, query.claims(record), query.crossings(record)) if place else None
        events = query.timeline(record, place_id=card.place_id if card else None, country=country, actor=actor,
                                known_at=known_at)  # fmt: skip
    put(terminal.timeline(events))


@app.command()
def crossings(at: AtOption = None, known_at: KnownAtOption = None, ledger: LedgerOption = LEDGER) -> None:
    """Every crossing on record: who holds its posts, and what passes."""
    from marchland.ledger import query  # noqa: PLC0415

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    with existing_ledger(ledger) as record:
        rows = query.crossings(record, at=at or known_at or last_day(query.claims(record)), known_at=known_at)
    put(terminal.crossings(rows))


@app.command()
def skipped(ledger: LedgerOption = LEDGER) -> None:
    """What was not read, and why: other languages, broken input, pages that triage set aside."""
    with existing_ledger(ledger) as record:
        rows = record.skipped()
    put(terminal.skipped(rows))


@app.command()
def copies(
    ledger: LedgerOption = LEDGER,
    parts: Annotated[
        bool, typer.Option("--parts", help="Instead, what other articles share: a paragraph, a sentence, a quotation.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines, with every range of characters.")] = False,
) -> None:
    """Articles that are copies of one text: how each is linked, and where the text likely comes from."""
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.views import copies as view  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        groups, links = ((), record.part_links()) if parts else (record.copy_groups(), ())
        articles = {one.article_id: one for one in record.articles()}
    if as_json:
        sys.stdout.writelines(encode(one).decode() for one in (*groups, *links))
    else:
        put(view.parts(links, articles) if parts else view.groups(groups, articles))


@app.command()
def versions(
    address: Annotated[str | None, typer.Argument(help="Only this page.")] = None,
    ledger: LedgerOption = LEDGER,
    as_json: Annotated[bool, typer.Option("--json", help="The changes as JSON Lines, with every range.")] = False,
) -> None:
    """Pages that were read more than once with other words: what came in and what went."""
    from marchland.jsonl import encode  # noqa: PLC0415
    from marchland.views import copies as view  # noqa: PLC0415

    with existing_ledger(ledger) as record:
        found, articles = record.copies.versions(address), {one.article_id: one for one in record.articles()}
    if as_json:
        sys.stdout.writelines(encode(one).decode() for one in found)
    else:
        put(view.versions(found, articles))


@app.command()
def places(name: Annotated[str, typer.Argument(help="A place name as a report may write it.")]) -> None:
    """How a name resolves: the places it may mean, and why."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    exact = gazetteer.lookup(name)
    found = [(place, "has this name") for place in exact]
    found += [
        (place, f"sounds like it ({share:.2f})") for place, share in gazetteer.variants(name) if place not in exact
    ]
    if not found:
        tell(f'no place is called "{name}" or sounds like it')
        raise typer.Exit(1)
    put(terminal.places(found))


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help="claims, events, holdings or crossings.")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv, geojson; of claims also plover.")] = "jsonl",
    at: AtOption = None,
    known_at: KnownAtOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """The record as JSON Lines, CSV or GeoJSON; claims also in the fields of PLOVER."""
    from marchland.views import export as exports  # noqa: PLC0415

    at, known_at = day_of(at, "--at"), day_of(known_at, "--known-at")
    exports.export(kind, form, ())
    if at and kind in ("claims", "events"):
        raise Misuse(f"--at asks who held what; {kind} have days of their own (use --known-at, or filter the export)")
    with existing_ledger(ledger) as record:
        rows = _rows(record, kind, at, known_at)
    sys.stdout.writelines(exports.export(kind, form, rows))
    left_out = exports.without_point(rows) if form == "geojson" else 0
    if left_out:
        tell(f"left out {left_out} of {len(rows)} {kind}: no coordinates")


def _rows(record: Ledger, kind: str, at: str | None, known_at: str | None) -> list[Row]:
    from marchland.ledger import query  # noqa: PLC0415

    if kind == "claims":
        return list(query.claims(record, known_at=known_at))
    if kind == "events":
        return list(query.events(record, known_at=known_at))
    if kind == "holdings":
        return list(query.holdings(record, at=at, known_at=known_at))
    return list(query.crossings(record, at=at, known_at=known_at))


# ------------------------------------------------------------------------------------------------------ small helpers


def ledger_path(path: Path) -> Path:
    """The ledger file meant; "demo" is that of the demo."""
    return DEMO_FOLDER / "ledger.db" if str(path) == "demo" else path


def existing_ledger(path: Path) -> Ledger:
    """Open a ledger that must be there. Raises Misuse where it is not."""
    from marchland.ledger.store import Ledger  # noqa: PLC0415

    file = ledger_path(path)
    if not file.is_file():
        first = "marchland demo" if str(path) == "demo" else f"marchland run PATH... --ledger {file}"
        raise Misuse(f'there is no ledger {file}; make one with "{first}", or name another with --ledger')
    return Ledger.open(file)


def day_of(text: str | None, option: str) -> str | None:
    """A day as ISO 8601. Raises Misuse for anything else."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Misuse(f'{option} wants a day such as 2021-07-09, not "{text}"') from None


def last_day(rows: Iterable[ClaimRow]) -> str:
    """The last day of publication on record. Raises Misuse for an empty ledger."""
    last = max((row.published for row in rows if row.published), default=None)
    if last is None:
        raise Misuse("the ledger is empty; add reports with marchland run PATH...")
    return last


def place_on_record(name: str, rows: Iterable[ClaimRow], gates: Iterable[CrossingRow]) -> PlaceCard:
    """The place on record that a name means; otherwise says what it may mean and exits with 1."""
    sides = {gate.place_id: f"{gate.post_a[:2]}/{gate.post_b[:2]}" for gate in gates}
    found = find_place(name, cards_of(rows, sides))
    if found.card:
        return found.card
    if found.choices:
        show(terminal.choices(name, found.choices), sys.stderr)
    else:
        near = "; ".join(card.label for card in found.suggestions)
        tell(f'no report on record names "{name}"' + (f"; did you mean {near}?" if near else ""))
    raise typer.Exit(1)
