"""Opening hours as operators write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.kiosks import WEEKDAYS
from motp_verifier.services.kiosks.hours import opens_before_it_closes, read_hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri 09:00-18:00", ("mon", "tue", "wed", "thu", "fri")),
        ("sat 09:00-18:00", ("sat",)),
        ("  Mon,WED  09:00-18:00 ", ("mon", "wed")),
        ("sat-mon 09:00-18:00", ("mon", "sat", "sun")),
        ("mon-tue,tue-wed 09:00-18:00", ("mon", "tue", "wed")),
        ("sun-sat 09:00-18:00", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
    ],
)
def test_days_are_names_and_spans_of_names(text: str, days: tuple[str, ...]) -> None:
    hours = read_hours(text)
    assert (hours.days, hours.opens, hours.closes) == (days, "09:00", "18:00")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "write days and hours"),
        ("mon-fri", "write days and hours"),
        ("mon-fri 9:00-18:00", "write days and hours"),
        ("mon-fri 09:00-24:00", "write days and hours"),
        ("mon-fri 18:00-09:00", "before it closes"),
        ("mon-fri 09:00-09:00", "before it closes"),
        ("월-금 09:00-18:00", "write days and hours"),
        ("mo-fr 09:00-18:00", "'mo-fr' is no day"),
        ("mon, 09:00-18:00", "'' is no day"),
        ("mon-tue-wed 09:00-18:00", "is no day"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_hours(text)


@given(
    st.lists(st.sampled_from(WEEKDAYS), min_size=1),
    st.times(),
    st.times(),
)
def test_whatever_is_read_has_some_time_in_it(
    days: list[str], opens: object, closes: object
) -> None:
    text = f"{','.join(days)} {opens:%H:%M}-{closes:%H:%M}"
    try:
        hours = read_hours(text)
    except ValueError:
        assert f"{opens:%H:%M}" >= f"{closes:%H:%M}"
    else:
        assert opens_before_it_closes(hours)
        assert set(hours.days) == set(days)
