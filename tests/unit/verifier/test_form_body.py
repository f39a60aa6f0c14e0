"""Forms as bytes: what is written is read, and nothing is guessed."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motp_verifier.http.form_body import (
    MAX_FIELDS,
    MEDIA_TYPE,
    BrokenForm,
    Form,
    WrongContentType,
    codec_of,
    read_form,
)

NAMES = ("USER_NM", "USER_TEL", "OTPNO")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(body: bytes, content_type: str = MEDIA_TYPE) -> object:
    return read_form([content_type], body, NAMES)


@given(st.dictionaries(st.sampled_from(NAMES), TEXT), st.dictionaries(TEXT, TEXT, max_size=5))
def test_what_a_form_says_is_read_whatever_else_it_says(
    fields: dict[str, str], others: dict[str, str]
) -> None:
    unknown = {name: value for name, value in others.items() if name not in NAMES}
    assert read(urlencode(unknown | fields).encode()) == Form(fields)


@given(TEXT)
def test_bytes_that_need_no_escape_may_come_without(text: str) -> None:
    raw = text.encode()
    for special in (b"%", b"&", b"+"):
        raw = raw.replace(special, b"")
    assert read(b"USER_NM=" + raw) == Form({"USER_NM": raw.decode()})


@given(st.lists(st.sampled_from("가나다라마바사아자차카타파하힣뷁 -ABC019"), min_size=1))
def test_a_declared_euc_kr_form_is_read_as_one(letters: list[str]) -> None:
    text = "".join(letters)
    body = f"USER_NM={quote_from_bytes(text.encode('cp949'))}".encode()
    assert read(body, f"{MEDIA_TYPE}; charset=euc-kr") == Form({"USER_NM": text})


def test_euc_kr_that_nobody_declared_is_broken() -> None:
    assert read(b"USER_NM=%C8%AB%B1%E6%B5%BF") == BrokenForm()
    assert read(b"USER_NM=\xc8\xab\xb1\xe6\xb5\xbf") == BrokenForm()


@given(st.binary(max_size=200), st.sampled_from(["", "; charset=utf-8", ";charset=EUC-KR"]))
@example(b"&&&===&=&%", "")
def test_no_bytes_are_more_than_a_form_or_a_broken_one(body: bytes, parameter: str) -> None:
    assert isinstance(read(body, MEDIA_TYPE + parameter), (Form, BrokenForm))


@pytest.mark.parametrize(
    "body",
    [
        b"OTPNO=1&OTPNO=2",
        b"OTPNO=1&OTPNO=1",
        b"OTPNO=1&%4fTPNO=2",
        b"OTPNO=%",
        b"OTPNO=%2",
        b"OTPNO=%zz",
        b"other=%",
        b"USER_NM=%ff",
        b"USER_NM=%ed%a0%80",
        b"&".join(b"f%d=" % number for number in range(MAX_FIELDS + 1)),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_broken(body: bytes) -> None:
    assert read(body) == BrokenForm()


def test_blank_parts_and_missing_values_are_empty() -> None:
    assert read(b"&OTPNO&&USER_NM=&") == Form({"OTPNO": "", "USER_NM": ""})


@pytest.mark.parametrize(
    ("content_type", "codec"),
    [
        (MEDIA_TYPE, "utf-8"),
        (f"{MEDIA_TYPE};", "utf-8"),
        (f"{MEDIA_TYPE.upper()} ; CharSet=UTF-8", "utf-8"),
        (f'{MEDIA_TYPE};charset="utf-8"', "utf-8"),
        (f"{MEDIA_TYPE}; a=b; charset=utf8", "utf-8"),
        (f"{MEDIA_TYPE};charset=ks_c_5601-1987", "cp949"),
        (f"{MEDIA_TYPE};charset=iso-8859-1", None),
        (f"{MEDIA_TYPE};charset=", None),
        (f'{MEDIA_TYPE};charset=""', None),
        (f"{MEDIA_TYPE};charset=utf-8;charset=euc-kr", None),
        (f"{MEDIA_TYPE} charset=utf-8", None),
        (f"{MEDIA_TYPE},{MEDIA_TYPE}", None),
        ("application/json", None),
        ("multipart/form-data; boundary=x", None),
        ("text/plain", None),
        ("", None),
    ],
)
def test_the_content_type_says_whether_it_is_a_form_and_in_which_encoding(
    content_type: str, codec: str | None
) -> None:
    assert codec_of([content_type]) == codec


@pytest.mark.parametrize("content_types", [[], [MEDIA_TYPE, MEDIA_TYPE]])
def test_there_is_one_content_type(content_types: list[str]) -> None:
    assert read_form(content_types, b"", NAMES) == WrongContentType()


@given(st.text(max_size=100))
def test_any_content_type_is_known_or_not(text: str) -> None:
    assert codec_of([text]) in {"utf-8", "cp949", None}
    codec_of([f"{MEDIA_TYPE};{text}"])
