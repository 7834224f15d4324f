"""One open gazetteer for all tests of places."""

import pytest

from marchland.places.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer.open()
