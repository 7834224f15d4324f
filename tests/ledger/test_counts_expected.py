"""What the record expects of a count, and the range it gives, are of one distribution."""

from __future__ import annotations

import numpy as np
import pytest

from marchland.ledger import counts


@pytest.mark.parametrize(
    ("held", "unknown"),
    [([0.0] * 8, [1.0] * 8), ([0.9, 0.1, 0.0, 0.0], [0.1, 0.2, 1.0, 1.0]), ([0.01] * 16, [0.99] * 16)],
)
def test_the_expected_number_lies_in_its_own_range(held: list[float], unknown: list[float]) -> None:
    numbers = counts.number_held(np.array(held), np.array(unknown))
    low, high = counts.span(numbers, 0.1)
    assert low <= counts.mean(numbers) <= high


def test_members_of_which_all_is_known_are_counted_as_they_are() -> None:
    assert counts.mean(counts.number_held(np.array([1.0, 0.5, 0.0]), np.zeros(3))) == pytest.approx(1.5)
