"""Bytes, times and documents as text: published values, round trips and refusals."""

import hashlib
from collections import OrderedDict
from enum import IntEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.consent import ConsentDocument, document_hash
from motp_protocol.encoding import (
    JsonValue,
    b64url_decode,
    b64url_encode,
    canonical_json,
    format_time,
    parse_time,
)

FIRST = -62_135_596_800_000  # 0001-01-01T00:00:00.000Z
LAST = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z


# RFC 4648 §10, without the padding.
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"f", "Zg"),
        (b"fo", "Zm8"),
        (b"foo", "Zm9v"),
        (b"foob", "Zm9vYg"),
        (b"fooba", "Zm9vYmE"),
        (b"foobar", "Zm9vYmFy"),
        (b"\xfb\xff\xfe", "-__-"),  # §5: the two characters of its own
    ],
)
def test_base64url_is_that_of_rfc_4648(data: bytes, text: str) -> None:
    assert b64url_encode(data) == text
    assert b64url_decode(text) == data


@given(st.binary(max_size=100))
def test_bytes_survive_base64url(data: bytes) -> None:
    assert b64url_decode(b64url_encode(data), len(data)) == data


@given(st.text(max_size=40) | st.text("ABYZabz019-_=+/", max_size=24))
def test_any_text_is_canonical_base64url_or_refused(text: str) -> None:
    try:
        data = b64url_decode(text)
    except ValueError:
        return
    assert b64url_encode(data) == text


@pytest.mark.parametrize(
    "text", ["Zh", "Zm9", "Zg==", "Zg=", "Z", "Zm9v\n", " Zm9v", "Zm9v+", "Zm9v/", "Ｚg", "\ud800"]
)
def test_other_spellings_of_bytes_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        b64url_decode(text)


def test_bytes_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="expected 4 bytes, found 3"):
        b64url_decode("Zm9v", 4)


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_007, "2000-02-29T00:00:00.007Z"),
        (FIRST, "0001-01-01T00:00:00.000Z"),
        (LAST, "9999-12-31T23:59:59.999Z"),
    ],
)
def test_times_are_written_with_three_decimals(milliseconds: int, text: str) -> None:
    assert format_time(milliseconds) == text
    assert parse_time(text) == milliseconds


@given(st.integers(FIRST, LAST))
def test_times_survive_being_written(milliseconds: int) -> None:
    assert parse_time(format_time(milliseconds)) == milliseconds


@pytest.mark.parametrize("milliseconds", [FIRST - 1, LAST + 1, 10**18, -(10**30)])
def test_times_that_no_calendar_has_are_refused(milliseconds: int) -> None:
    with pytest.raises(ValueError):
        format_time(milliseconds)


digits = st.text("0123456789٣", min_size=2, max_size=2)


@given(st.text(max_size=30) | st.builds("{}{}-{}-{}T{}:{}:{}.{}0Z".format, *[digits] * 8))
def test_any_text_is_a_time_in_the_one_form_or_refused(text: str) -> None:
    try:
        milliseconds = parse_time(text)
    except ValueError:
        return
    assert format_time(milliseconds) == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.00Z",
        "2026-01-01T00:00:00.0000Z",
        "2026-01-01T00:00:00.000+00:00",
        "2026-01-01t00:00:00.000z",
        "2026-01-01 00:00:00.000Z",
        "2026-01-01T00:00:00.000Z\n",
        "2026-01-01T24:00:00.000Z",
        "2026-01-01T23:59:60.000Z",
        "2026-02-29T00:00:00.000Z",
        "0000-01-01T00:00:00.000Z",
        "٢٠٢٦-01-01T00:00:00.000Z",
        "",
    ],
)
def test_other_forms_of_a_time_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_time(text)


text = st.text()
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_canonical_json_equals_that_of_an_independent_implementation(value: JsonValue) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_members_are_sorted_as_in_rfc_8785() -> None:
    # RFC 8785 §3.2.3: its own example of names, sorted by UTF-16 code units.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    expected = "{" + ",".join(f"{canonical_json(name).decode()}:0" for name in ordered) + "}"
    assert canonical_json(OrderedDict.fromkeys(names, 0)).decode() == expected


def test_strings_are_escaped_as_in_rfc_8785() -> None:
    # RFC 8785 §3.2.2: the string of its example.
    value = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical_json(value).decode() == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}])
def test_what_has_no_canonical_form_is_refused(value: JsonValue) -> None:
    with pytest.raises(ValueError):
        canonical_json(value)


@pytest.mark.parametrize("value", [1.5, b"x", {1, 2}, object()])
def test_other_types_have_no_canonical_form(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)  # type: ignore[arg-type]


def test_a_named_number_is_written_as_a_number() -> None:
    class Number(IntEnum):
        ONE = 1

    assert canonical_json([Number.ONE]) == b"[1]"


def consent(**changes: object) -> ConsentDocument:
    members: dict[str, str | list[str]] = {
        "version": "2026-01",
        "lang": "ko",
        "title": "개인정보 수집·이용 동의",
        "purpose": "본인 확인",
        "items": ["이름", "휴대전화 번호"],
        "retention": "3년",
        "recipients": "훈련기관",
        "refusal": "거부할 수 있습니다",
        "warning": "수강이 제한됩니다",
        "text": "전문\n둘째 줄",
    }
    values: dict[str, object] = {**members, "sha256": document_hash(members)}
    return ConsentDocument(**(values | changes))  # type: ignore[arg-type]


def test_a_consent_document_is_intact_under_its_own_hash() -> None:
    assert consent().is_intact()


@pytest.mark.parametrize(
    "member", [name for name in ConsentDocument.__struct_fields__ if name not in ("items", "lang")]
)
def test_any_change_to_a_consent_document_shows(member: str) -> None:
    changed = "0" * 64 if member == "sha256" else "다른 말"
    assert not consent(**{member: changed}).is_intact()
    assert not consent(items=["이름"]).is_intact()
    assert not consent(lang="en").is_intact()


def test_a_documents_hash_is_that_of_its_canonical_form() -> None:
    assert document_hash({"b": "2", "a": ["1"]}) == (
        hashlib.sha256(b'{"a":["1"],"b":"2"}').hexdigest()
    )
