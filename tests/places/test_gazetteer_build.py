"""What the build script keeps of names; the build itself needs packages that are not installed here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_gazetteer.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The build script as a module."""
    spec = importlib.util.spec_from_file_location("build_gazetteer", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_gazetteer"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Kābul", True),
        ("KBL", False),
        ("AFKDH", False),
        ("kabwl", False),
        ("کابل", True),
        ("Кабул", False),
        ("soዝmahi", False),
        ("https://example.org/Kabul", False),
    ],
)
def test_codes_and_machine_made_names_are_dropped(script: ModuleType, name: str, kept: bool) -> None:
    assert (script.useful_aliases([name], {"ARABIC"}) == [name]) is kept


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kherson Oblast", "Kherson"),
        ("Province of Nimroz", "Nimroz"),
        ("Département de la Tshopo", "la Tshopo"),
        ("محافظة حلب", "حلب"),
        ("Kabul", ""),
        ("Oblast", ""),
    ],
)
def test_generic_words_come_off_the_names_of_divisions(script: ModuleType, name: str, bare: str) -> None:
    assert script.bare_name(name, script.division_words()) == bare


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Al Qāmishlī", "Qāmishlī"), ("Ash-Shaddadi", "Shaddadi"), ("El Paso", "Paso"), ("Alma", ""), ("Al Ab", "")],
)
def test_the_article_comes_off_an_arabic_name(script: ModuleType, name: str, bare: str) -> None:
    assert script.without_article(name) == bare


def test_a_division_without_a_point_gets_its_namesake_town(script: ModuleType) -> None:
    province = script.Entry(1, "Westmark", "XX", [], level=1)
    district = script.Entry(2, "Oldford", "XX", [], level=2, admin1=province)
    towns = [
        script.Entry(
            10 + n, name, "XX", [], population=900, lat=10.0 + n / 10, lon=20.0, admin1=province, admin2=district
        )
        for n, name in enumerate(["Ashby", "Oldford", "Newford"])
    ]
    script.place_divisions([province, district], towns)
    assert (district.lat, district.lon) == (10.1, 20.0)
    assert district.radius_km == pytest.approx(11.1, abs=0.1)
    assert province.population == 2700
