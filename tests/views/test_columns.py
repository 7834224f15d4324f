"""Numbers of holders on the map: every one has its own name."""

from marchland.views.columns import Holders


def test_two_parties_of_one_name_both_have_it() -> None:
    holders = Holders([("x:aa:upland-front", "Upland Front")])
    assert (holders.number("x:bb:upland-front", "Upland Front"), holders.named("Upland Front")) == (1, 0)
    assert holders.named("Hill Guard") == 2
    assert holders.pairs() == [
        ("x:aa:upland-front", "Upland Front"), ("x:bb:upland-front", "Upland Front"), ("Hill Guard", "Hill Guard"),
    ]  # fmt: skip
