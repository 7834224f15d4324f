"""The commands on places: how a name resolves, and what the user adds to the gazetteer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marchland.cli.output import progress_line, put, tell, tell_layers
from marchland.errors import Misuse
from marchland.places.home import CORRECTIONS
from marchland.views import terminal

if TYPE_CHECKING:
    from marchland.places.intake.items import Wanted

Files = Annotated[
    list[Path],
    typer.Argument(
        help="GeoNames dumps (allCountries.txt, AF.txt, alternateNamesV2.txt), boundaries of OCHA or geoBoundaries "
        "(GeoJSON), tables (CSV); also inside .zip and .gz."
    ),
]
CountryOption = Annotated[
    str | None,
    typer.Option("--country", help="Only this country's rows (ISO alpha-2); and the country of rows that name none."),
]
SkipOption = Annotated[
    bool, typer.Option("--skip-faulty", help="Leave wrong rows out, and say which, instead of refusing the file.")
]
NameOption = Annotated[
    str | None, typer.Option("--name", help="What to call the layer; if not given, like the first file.")
]

own = typer.Typer(
    name="gazetteer",
    help="Places of your own, laid over the gazetteer that ships with Marchland.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def places(
    name: Annotated[str, typer.Argument(help="A place name as a report may write it.")],
    country: Annotated[str | None, typer.Option("--country", help="The country of the story, ISO alpha-2.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="city, district, province, crossing, base...")] = None,
    near: Annotated[list[str] | None, typer.Option("--near", help="Another place of the story, or several.")] = None,
    context: Annotated[str, typer.Option("--in", help="Words of the report around it.")] = "",
) -> None:
    """How a name resolves: the place it means or why that cannot be told, its rivals, and the reasons for each."""
    from marchland.places.ask import Question, ask  # noqa: PLC0415
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.places.precision import EXTENT_KM  # noqa: PLC0415

    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{country}"')
    if kind is not None and kind not in EXTENT_KM:
        raise Misuse(f'--kind wants one of {", ".join(EXTENT_KM)}, not "{kind}"')
    tell_layers()
    question = Question(name, kind or "", (country or "").upper(), tuple(near or ()), context)
    told = ask(question, Gazetteer.open())
    put(terminal.place_told(name, told))
    if not told.candidates:
        raise typer.Exit(1)


@own.command()
def add(
    files: Files,
    name: NameOption = None,
    country: CountryOption = None,
    skip_faulty: SkipOption = False,
    replace: Annotated[bool, typer.Option("--replace", help="In place of a layer of this name.")] = False,
) -> None:
    """Add files as one layer: all of it, or nothing where something is wrong with them."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.places.home import LAYER_SUFFIX, gazetteer_folder  # noqa: PLC0415
    from marchland.places.intake import add as intake  # noqa: PLC0415
    from marchland.views import layers as view  # noqa: PLC0415

    wanted, folder = _wanted(files, name, country, skip_faulty), gazetteer_folder()
    if (folder / f"{wanted.layer}{LAYER_SUFFIX}").exists() and not replace:
        raise Misuse(f'there is a layer "{wanted.layer}"; put this in its place with --replace, or give another --name')
    with progress_line() as progress:
        base = Gazetteer.open(without=wanted.layer)
        summary = intake.add(files, wanted, folder, base, progress)
    put(view.summary(summary, "added"))


@own.command()
def check(
    files: Files, name: NameOption = None, country: CountryOption = None, skip_faulty: SkipOption = False
) -> None:
    """Read files as `add` does, say what is in them or wrong with them, and add nothing."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.places.intake import add as intake  # noqa: PLC0415
    from marchland.views import layers as view  # noqa: PLC0415

    wanted = _wanted(files, name, country, skip_faulty)
    with tempfile.TemporaryDirectory() as work, progress_line() as progress:
        base = Gazetteer.open(without=wanted.layer)
        summary = intake.make(files, wanted, Path(work) / "checked", base, progress)
    put(view.summary(summary, "would be added"))


@own.command("list")
def list_() -> None:
    """The layers, and where your corrections belong."""
    from marchland.places.gazetteer import Gazetteer  # noqa: PLC0415
    from marchland.places.home import gazetteer_folder  # noqa: PLC0415
    from marchland.views import layers as view  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    put(view.layers(gazetteer.layers, gazetteer_folder() / CORRECTIONS, gazetteer.astray()))


@own.command()
def remove(name: Annotated[str, typer.Argument(help="Name of a layer, as `marchland gazetteer list` has it.")]) -> None:
    """Remove a layer."""
    from marchland.places.home import gazetteer_folder, layer_files  # noqa: PLC0415

    layers = {path.stem: path for path in layer_files(gazetteer_folder())}
    if name not in layers:
        known = f"the layers are {', '.join(layers)}" if layers else "there are none"
        raise Misuse(f'no layer is called "{name}"; {known}')
    layers[name].unlink()
    tell(f"removed {name}")


def _wanted(files: list[Path], name: str | None, country: str | None, skip_faulty: bool) -> Wanted:
    from marchland.places.countries import load_countries  # noqa: PLC0415
    from marchland.places.intake.add import layer_name, name_from  # noqa: PLC0415
    from marchland.places.intake.items import Wanted  # noqa: PLC0415

    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise Misuse(f"no such file: {', '.join(missing)}")
    countries = load_countries()
    alpha2 = {code: code for code in countries} | {one.alpha3: code for code, one in countries.items()}
    code = (country or "").upper()
    if code and code not in countries:
        raise Misuse(f'--country wants two letters such as AF (ISO alpha-2), not "{country}"')
    return Wanted(layer_name(name) if name else name_from(files), code, skip_faulty, alpha2)
