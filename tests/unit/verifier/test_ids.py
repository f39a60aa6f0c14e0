"""Ids of rows."""

import re

from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.store.ids import new_id_in_order

TIMES = st.integers(0, 2**48 - 1)


@given(TIMES, TIMES)
def test_ids_in_order_sort_by_their_time(one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    if earlier < later:
        assert new_id_in_order("ver", earlier) < new_id_in_order("ver", later)


@given(TIMES)
def test_an_id_in_order_is_fit_for_the_wire_and_never_comes_twice(at: int) -> None:
    first, second = new_id_in_order("ver", at), new_id_in_order("ver", at)
    assert re.fullmatch(r"ver_[A-Za-z0-9_-]{26}", first)
    assert first != second
