"""Links come from anywhere: what is not exactly ours is not ours."""

import contextlib
import logging
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.services.adapters.links import ApprovalLink, BadLink, Links, parse_link
from motp_desktop.services.outcomes import ApprovalAsked, LinkForAnother, LinkIgnored

ORIGIN = "https://verifier.example"
GOOD = f"motp://approve?popup=pop_1&ticket=tic-2&verifier={quote(ORIGIN, safe='')}"
IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)


def test_an_approval_names_popup_ticket_and_verifier() -> None:
    assert parse_link(GOOD) == ApprovalLink("pop_1", "tic-2", ORIGIN)
    assert parse_link(GOOD.replace("approve?", "approve/?")) == parse_link(GOOD)


@given(popup=IDS, ticket=IDS)
def test_any_ids_are_read_in_any_order(popup: str, ticket: str) -> None:
    link = f"motp://approve?verifier=https://Verifier.example:443/&ticket={ticket}&popup={popup}"
    assert parse_link(link) == ApprovalLink(popup, ticket, ORIGIN)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "motp://approve",
        "motp:approve?" + GOOD.partition("?")[2],
        GOOD.replace("motp:", "https:"),
        GOOD.replace("approve", "reset"),
        GOOD.replace("approve", "someone@approve"),
        GOOD.replace("approve", "approve:80"),
        GOOD.replace("approve?", "approve/x?"),
        GOOD + "&more=1",
        GOOD + "&popup=pop_2",
        GOOD + "#",
        GOOD + "#x",
        GOOD.replace("&ticket=tic-2", ""),
        GOOD.replace("ticket=tic-2", "ticket="),
        GOOD.replace("ticket=tic-2", "ticket"),
        GOOD.replace("tic-2", "a" * 65),
        GOOD.replace("tic-2", "a%00b"),
        GOOD.replace("tic-2", "a;b"),
        GOOD.replace("tic-2", "가"),
        GOOD.replace("pop_1", "pop 1"),
        GOOD.replace(quote(ORIGIN, safe=""), "verifier.example"),
        GOOD.replace(quote(ORIGIN, safe=""), "http://verifier.example"),
        GOOD.replace(quote(ORIGIN, safe=""), "https://verifier.example/path"),
        GOOD.replace(quote(ORIGIN, safe=""), "https://u:p@verifier.example"),
        GOOD.replace(quote(ORIGIN, safe=""), "https://verifier.example:99999"),
        GOOD + "\n",
        "motp://[" + GOOD,
        GOOD + "&" * 3000,
    ],
)
def test_anything_else_is_refused_without_being_told_again(bad: str) -> None:
    with pytest.raises(BadLink) as refused:
        parse_link(bad)
    assert "tic-2" not in str(refused.value)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    for link in (text, f"motp://approve?{text}", GOOD + text):
        with contextlib.suppress(BadLink):
            assert isinstance(parse_link(link), ApprovalLink)


def test_only_the_verifier_in_use_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    assert Links(ORIGIN).read(GOOD) == ApprovalAsked("pop_1", "tic-2")
    with caplog.at_level(logging.WARNING):
        assert Links("https://other.example").read(GOOD) == LinkForAnother()
        assert Links(ORIGIN).read("motp://elsewhere?ticket=tic-2") == LinkIgnored()
    assert "tic-2" not in caplog.text
    assert len(caplog.records) == 2
    assert "tic-2" not in repr(parse_link(GOOD))
