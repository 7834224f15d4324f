"""Places told by way of others: a point with a radius, kept as a part of the place it is told from."""

import pytest

from marchland.claims.mentions import Mention
from marchland.claims.offsets import offset_words
from marchland.claims.parse import Piece, Sentence
from marchland.places.article import chooser_for
from marchland.places.relative import Beside, bearing, moved, spot
from marchland.records import Offset, Place, PlacePhrase, Span

REEDHAM = Place("x:1", "Reedham", "town", "UZ", 38.0, 66.0)
ELMBY = Place("x:2", "Elmby", "town", "UZ", 38.0, 67.0)
NORTH_POLAR = Place("x:3", "Farnes", "village", "RU", 72.0, 179.9)

POINTS = [
    (Offset("away", "", ("Reedham",), 30.0, 270.0), [REEDHAM], (38.0, 65.658), 16.0),
    (Offset("away", "", ("Reedham",), 111.2, 0.0), [REEDHAM], (39.0, 66.0), 48.5),
    (Offset("away", "", ("Reedham",), 10.0), [REEDHAM], (38.0, 66.0), 14.0),
    (Offset("away", "", ("Reedham",), None, 180.0), [REEDHAM], (37.865, 66.0), 19.0),
    (Offset("near", "", ("Reedham",)), [REEDHAM], (38.0, 66.0), 19.0),
    (Offset("halfway", "", ("Reedham", "Elmby")), [REEDHAM, ELMBY], (38.0, 66.5), 21.9),
    (Offset("road", "", ("Reedham", "Elmby")), [REEDHAM, ELMBY], (38.0, 66.5), 43.8),
    (Offset("away", "", ("Farnes",), 20.0, 90.0), [NORTH_POLAR], (72.0, -179.517), 10.0),
]


@pytest.mark.parametrize(("offset", "places", "point", "radius"), POINTS)
def test_an_offset_is_a_point_with_a_radius(offset, places, point, radius):
    found = spot(offset, places)
    assert (found.lat, found.lon) == pytest.approx(point, abs=0.01)
    assert found.radius_km == pytest.approx(radius, abs=0.1)


def test_hours_of_travel_and_one_end_of_a_road_are_no_point():
    assert spot(Offset("travel", "", ("Reedham",)), [REEDHAM]) is None
    assert spot(Offset("road", "", ("Reedham", "Elmby")), [REEDHAM]) is None


def test_going_somewhere_and_back_ends_where_it_began():
    there = moved(38.0, 66.0, 60.0, 200.0)
    far = Place("x:4", "", "town", "UZ", *there)
    assert moved(*there, bearing(far, REEDHAM), 200.0) == pytest.approx((38.0, 66.0), abs=0.01)


HERAT = "Taliban fighters fought Afghan army troops in Kunduz and Herat. "
SAID = [
    # sentence, event -> (place, is it a part, precision, km from the place)
    ("Taliban fighters attacked a checkpoint 30 km west of Kunduz.", "attacks", ("Kunduz", True, "away", 30)),
    ("The Taliban seized a base about 20 miles north-west of the city of Kunduz.", "captures",
     ("Kunduz", True, "away", 32)),
    ("Fighting raged 12 kilometres (7 miles) south of Kandahar.", "contests", ("Kandahār", True, "away", 12)),
    ("Clashes broke out north of Kunduz on Monday.", "contests", ("Kunduz", True, "away", 15)),
    ("The Taliban captured a village near Kunduz.", "captures", ("Kunduz", True, "near", 0)),
    ("Taliban fighters attacked villages around Kunduz.", "attacks", ("Kunduz", True, "near", 0)),
    ("The Taliban seized the Kunduz-Taloqan road.", "captures", ("Kunduz", True, "between", 30)),
    ("Fighting continued between Kunduz and Taloqan.", "contests", ("Kunduz", True, "between", 30)),
    ("The Taliban captured a base on the northern edge of Kunduz.", "captures", ("Kunduz", True, "part", 0)),
    ("The Taliban captured the southern suburbs of Kunduz.", "captures", ("Kunduz", True, "part", 0)),
    ("The Taliban captured Khanabad, 20 km east of Kunduz.", "captures", ("Khanabad", False, "exact", 0)),
    ("The Taliban captured the village of Qwzzyrbad, 30 km west of Kunduz.", "captures",
     ("Qwzzyrbad", False, "away", 0)),
    ("The Taliban seized Pul-e Khumri, and the city, 100 km south of Kunduz, was looted.", "captures",
     ("Pul-e Khumrī", False, "exact", 0)),
    ("The Taliban captured a village north of Zzyrqwbad.", "captures", (None, True, "", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "event", "expected"), SAID)
def test_words_of_distance_and_direction_make_a_point_beside_the_place(rows, sentence, event, expected):
    told = [row for row in rows(HERAT + sentence) if row.event == event and row.start >= len(HERAT)]
    found = [(r.place_name, bool(r.place_part), r.place_precision, round(r.place_offset_km)) for r in told]
    assert found == [expected]


def test_hours_of_driving_are_refused_with_their_reason(gazetteer):
    offset = Offset("travel", "two hours' drive from", ("Kunduz",))
    phrase = PlacePhrase("a village", Span(0, 9), kind="village", offset=offset)
    answer = Beside(chooser_for("", [phrase], gazetteer, homes=["AF"])).place(phrase, "captures")
    assert answer.choice is None
    assert answer.reason == '"two hours\' drive from Kunduz": hours of travel are no distance on a map'


def test_a_place_beside_one_that_nobody_knows_is_refused(rows):
    found = rows(HERAT + "The Taliban captured a village north of Zzyrqwbad.")
    row = next(r for r in found if r.event == "captures")
    assert row.lat is None
    assert row.place_reason.endswith('no such place: nothing is called "Zzyrqwbad" or sounds like it')


OFFSETS = [
    # the words between a noun and a name -> how, km, bearing
    ("30 km west of", "away", 30.0, 270), ("about 20 miles north-west of the city of", "away", 32.187, 315),
    ("15km from", "away", 15.0, None), ("12 kilometres (7 miles) south-east of", "away", 12.0, 135),
    ("just outside", "near", None, None), ("north of the provincial capital", "away", None, 0),
    ("halfway between", "halfway", None, None), ("between", "between", None, None),
    ("a two-hour drive from", "travel", None, None), ("two hours' drive north of", "travel", None, None),
    ("three hours by car from", "travel", None, None), ("a few kilometers from", "away", 4.0, None),
    ("10-15 km south of", "away", 12.5, 180), ("near the town of", "near", None, None),
    ("20km to the east of", "away", 20.0, 90), ("some 1,200 metres off", "away", 1.2, None),
    ("half a mile from", "away", 0.805, None), ("around", "near", None, None), ("from", None, None, None),
    ("in the north of", None, None, None), ("west of the river and then into", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "how", "km", "degrees"), OFFSETS)
def test_words_before_a_name_tell_distance_and_direction(words, how, km, degrees):
    text = f"Fighters stood {words} Reedham and Elmby."
    names = [Mention("place", name, text.index(name), text.index(name) + len(name)) for name in ("Reedham", "Elmby")]
    pieces = tuple(Piece(name.start, name.end, "London", name) for name in names)
    sentence = Sentence(text, Span(0, len(text)), "body", (), pieces)
    found = offset_words().ahead(names[0].start, sentence)
    assert (found and (found.how, found.km, found.bearing)) == (how and (how, km, degrees))


def test_a_place_that_no_gazetteer_has_keeps_the_point_that_its_neighbour_gives_it(rows):
    found = rows(HERAT + "The Taliban captured the village of Qwzzyrbad, 30 km west of Kunduz.")
    row = next(one for one in found if one.event == "captures")
    assert (row.place_name, row.place_id) == ("Qwzzyrbad", None)
    assert row.lat == pytest.approx(36.73, abs=0.1)
    assert row.lon < 68.6


def test_what_stands_beside_a_town_leaves_the_point_of_the_town_alone(rows):
    beside, itself = (
        next(r for r in rows(HERAT + text) if r.event == "captures")
        for text in ("The Taliban seized a base 30 km west of Kunduz.", "The Taliban seized Kunduz.")
    )
    assert beside.place_id == itself.place_id
    assert beside.lon < itself.lon - 0.2
