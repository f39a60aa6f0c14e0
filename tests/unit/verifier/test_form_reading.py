"""What the agency's fields mean."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.services.form_interface.reading import (
    CHECK_FIELDS,
    AskedCheck,
    AskedReset,
    BadForm,
    Blank,
    NotSixDigits,
    read_check,
    read_reset,
)

FORM = {
    "USER_NM": "홍길동",
    "USER_TEL": "010-1234-5678",
    "OTPNO": "123456",
    "AGTID": "inst",
    "USRID": "hong",
    "SESSIONID": "s-1",
    "EXIP": "192.0.2.7",
    "COURSE_AGENT_PK": "C-1",
    "CLASS_AGENT_PK": "C-1,2",
    "EVAL_CD": "01",
    "EVAL_TYPE": "진도",
    "CLASS_TME": "03",
    "USRDT": "2026-11-26 09:00:00",
}


def asked(**changes: str) -> AskedCheck:
    found = read_check(FORM | changes)
    assert isinstance(found, AskedCheck), found
    return found


def test_a_form_is_a_check() -> None:
    request = asked().request
    assert (request.trainee.name, request.trainee.phone) == ("홍길동", "010-1234-5678")
    assert (request.course, request.class_, request.session) == ("C-1", "2", 3)
    assert (request.occasion, request.code, request.client_ip) == ("lesson", "123456", "192.0.2.7")


@pytest.mark.parametrize(
    ("code", "occasion"),
    [
        ("00", "entry"), ("01", "lesson"), ("02", "exam"), ("03", "assignment"),
        ("04", "progress"), ("05", "discussion"), ("06", "other_evaluation"),
        ("07", "supplement"), ("99", "other"),
    ],
)  # fmt: skip
def test_each_evaluation_code_is_an_occasion(code: str, occasion: str) -> None:
    assert asked(EVAL_CD=code, CLASS_TME="00" if code == "00" else "999").request.occasion == (
        occasion
    )


@pytest.mark.parametrize(
    ("course", "pair", "found"),
    [
        ("C-1", "C-1,2", ("C-1", "2")),
        ("", "C-1,2", ("C-1", "2")),
        ("52", "947", ("52", "947")),
        (" C-1 ", " C-1 , 2 ", ("C-1", "2")),
    ],
)
def test_course_and_class_stand_together_or_apart(
    course: str, pair: str, found: tuple[str, str]
) -> None:
    request = asked(COURSE_AGENT_PK=course, CLASS_AGENT_PK=pair).request
    assert (request.course, request.class_) == found


@pytest.mark.parametrize(
    "changes",
    [
        {"EVAL_CD": "08"}, {"EVAL_CD": "1"}, {"EVAL_CD": ""}, {"EVAL_CD": "０１"},
        {"CLASS_TME": "00"}, {"CLASS_TME": ""}, {"CLASS_TME": "1000"}, {"CLASS_TME": "-1"},
        {"CLASS_TME": "٣"}, {"EVAL_CD": "00", "CLASS_TME": "01"},
        {"CLASS_AGENT_PK": ""}, {"CLASS_AGENT_PK": ",2"}, {"CLASS_AGENT_PK": "C-1,"},
        {"CLASS_AGENT_PK": "C-1,2,3"}, {"CLASS_AGENT_PK": "C-2,2"},
        {"COURSE_AGENT_PK": "", "CLASS_AGENT_PK": "2"},
        {"COURSE_AGENT_PK": "", "CLASS_AGENT_PK": "x" * 65 + ",2"},
        {"COURSE_AGENT_PK": "", "CLASS_AGENT_PK": "a\0b,2"},
    ],
)  # fmt: skip
def test_what_no_site_would_send_is_a_bad_call(changes: dict[str, str]) -> None:
    assert read_check(FORM | changes) == BadForm()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"USER_NM": " "}, Blank("name")),
        ({"USER_TEL": ""}, Blank("phone")),
        ({"OTPNO": ""}, Blank("code")),
        ({"USER_NM": "", "USER_TEL": "", "OTPNO": ""}, Blank("name")),
        ({"OTPNO": "12345"}, NotSixDigits()),
        ({"OTPNO": "1234567"}, NotSixDigits()),
        ({"OTPNO": "12345a"}, NotSixDigits()),
        ({"OTPNO": "１２３４５６"}, NotSixDigits()),
        ({"OTPNO": "12345", "EVAL_CD": "?"}, NotSixDigits()),
    ],
)
def test_blank_fields_and_other_codes_are_told(changes: dict[str, str], found: Any) -> None:
    assert read_check(FORM | changes) == found


def test_entry_needs_no_session() -> None:
    for text in ("00", "0", "000", ""):
        assert asked(EVAL_CD="00", CLASS_TME=text).request.session == 0


def test_an_address_that_is_none_is_left_out() -> None:
    assert asked(EXIP="unknown").request.client_ip is None


def test_the_time_of_a_form_does_not_make_another_of_it() -> None:
    assert asked(USRDT="later") == asked()
    assert asked(SESSIONID="s-2") != asked()


@given(st.dictionaries(st.sampled_from(sorted(CHECK_FIELDS)), st.text()))
def test_any_fields_are_read_or_refused(fields: dict[str, str]) -> None:
    read_check(fields)
    read_check(FORM | fields)
    read_reset(fields)


def test_what_a_page_says_of_a_verification_is_not_looked_at() -> None:
    told = {"M_RET": "F", "M_RETCD": "0000", "M_TRNDT": "now", "M_TRNID": "txn_1"}
    assert read_reset(FORM | told) == AskedReset("홍길동", "010-1234-5678", "txn_1")
    forged = told | {"M_RET": "T", "M_TRNID": "a' OR 1=1\0"}
    assert read_reset(FORM | forged) == AskedReset("홍길동", "010-1234-5678", "")
    assert read_reset({"USER_TEL": "010-1234-5678"}) == Blank("name")
    assert read_reset({"USER_NM": "홍길동"}) == Blank("phone")
