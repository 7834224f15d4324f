"""Which countries an article is about, where a town has the name of a big place elsewhere."""

import pytest

from marchland.places.gazetteer import Gazetteer
from marchland.places.theatre import theatre


@pytest.mark.parametrize(
    ("names", "words", "first"),
    [
        (["Filadelfia", "Filadelfia", "Loma Plata"], [], "PY"),  # Loma Plata lies in no other country
        (["Concepcion", "Concepcion", "Filadelfia"], ["Paraguayan"], "PY"),
        (["Filadelfia", "Filadelfia"], [], "US"),  # nothing speaks for another
        (["Filadelfia", "Filadelfia", "Loma Plata"], ["American"], "US"),
        (["Filadelfia", "Chicago", "Chicago", "Loma Plata"], [], "US"),
        (["Kharkiv", "Kharkiv", "Loma Plata"], [], "UA"),  # Paraguay has no such town
    ],
)
def test_a_town_is_not_taken_for_its_big_namesake_where_all_else_is_near_it(
    gazetteer: Gazetteer, names: list[str], words: list[str], first: str
) -> None:
    assert theatre(names, words, gazetteer)[0] == first
