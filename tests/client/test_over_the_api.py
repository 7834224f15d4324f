"""`marchland.open` over the API of a running service gives what it gives over the ledger's file."""

import pytest

import marchland
from marchland.errors import Absent


def test_a_service_gives_the_same_answers(demo, serve):
    record = marchland.open(str(demo / "ledger.db"))
    with marchland.open(serve(demo / "ledger.db", history=False)) as other:
        assert other.why("Islam Qala", at="2021-07-20").told == record.why("Islam Qala", at="2021-07-20").told
        for kind in ("holdings", "crossings", "claims", "events", "counts"):
            assert list(getattr(other, kind)()) == list(getattr(record, kind)())
        assert list(other.changes(since="2021-07-08")) == list(record.changes(since="2021-07-08"))
        with pytest.raises(Absent, match="no report on record names"):
            other.who("Nowhere at All")
    record.close()
