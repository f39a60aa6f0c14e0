"""Names, numbers and what a screen may show of them."""

import unicodedata

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from motp_protocol.person import (
    MAX_NAME_LENGTH,
    mask_name,
    mask_phone,
    normalise_name,
    normalise_phone,
    split_phone,
)

prefixes = st.sampled_from(["010", "011", "016", "017", "018", "019"])
separators = st.sampled_from(["", "-", " ", ".", " - ", "–", "‑", "−", "\u00a0", "\u3000"])


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    """The three groups of a Korean mobile number."""
    prefix = draw(prefixes)
    sizes = [4] if prefix == "010" else [3, 4]
    size = draw(st.sampled_from(sizes))
    middle = draw(st.text("0123456789", min_size=size, max_size=size))
    return prefix, middle, draw(st.text("0123456789", min_size=4, max_size=4))


@given(numbers(), separators, separators)
def test_all_spellings_of_a_number_are_one(
    groups: tuple[str, str, str], first: str, second: str
) -> None:
    prefix, middle, last = groups
    expected = f"+82{prefix[1:]}{middle}{last}"
    national = f"{prefix}{first}{middle}{second}{last}"
    abroad = f"{prefix[1:]}{first}{middle}{second}{last}"
    full_width = national.translate({ord("0") + i: ord("０") + i for i in range(10)})
    for spelling in (
        national,
        full_width,
        f"  {national}\n",
        f"({prefix}) {middle}-{last}",
        f"+82{first}{abroad}",
        f"+82 {national}",
        f"+82 (0){abroad}",
        f"＋82 {abroad}",
        f"0082 {abroad}",
        expected,
    ):
        assert normalise_phone(spelling) == expected


@pytest.mark.parametrize("spelling", ["010-1234-5678", "01012345678", "+82 10-1234-5678"])
def test_the_documented_spellings_are_taken(spelling: str) -> None:
    assert normalise_phone(spelling) == "+821012345678"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "010-123-5678",
        "010-12345-5678",
        "02-1234-5678",
        "012-1234-5678",
        "015-1234-5678",
        "+1 10-1234-5678",
        "+8210123456789",
        "82 10 1234 5678",
        "010-1234-567a",
        "٠١٠١٢٣٤٥٦٧٨",
        "010+1234+5678",
        "00-82-10",
        "\ud800",
    ],
)
def test_other_numbers_are_refused(number: str) -> None:
    with pytest.raises(ValueError):
        normalise_phone(number)


@given(st.text(max_size=40) | st.text("0123456789+- ", max_size=20))
def test_any_text_is_a_number_in_one_form_or_refused(text: str) -> None:
    try:
        number = normalise_phone(text)
    except ValueError:
        return
    assert number.isascii()
    assert number.startswith("+821")
    assert normalise_phone(number) == number
    assert "".join(split_phone(number)) == "0" + number[3:]


@given(numbers())
def test_a_masked_number_shows_its_prefix_and_last_four_digits_only(
    groups: tuple[str, str, str],
) -> None:
    prefix, middle, last = groups
    masked = mask_phone(normalise_phone("".join(groups)))
    assert masked == f"{prefix}-{'*' * len(middle)}-{last}"


def normalised(text: str) -> str:
    try:
        return normalise_name(text)
    except ValueError:
        reject()


names = (
    st.text(st.characters(categories=["L", "M", "Zs", "P"]), min_size=1, max_size=20)
    | st.text("가나다홍길동김이\u1100\u1161\u11a8 ", min_size=1, max_size=8)
    | st.text("Aáé\u0301n -'", min_size=1, max_size=20)
)


@given(names)
def test_normalising_a_name_twice_changes_nothing(text: str) -> None:
    name = normalised(text)
    assert normalise_name(name) == name
    assert normalise_name(f" {name}\u3000") == name
    assert normalise_name(unicodedata.normalize("NFD", name)) == name
    assert len(name) <= MAX_NAME_LENGTH


def test_a_name_in_parts_is_the_name_in_syllables() -> None:
    assert normalise_name("\u1112\u1169\u11bc\u1100\u1175\u11af\u1103\u1169\u11bc") == "홍길동"
    assert normalise_name("  Jane \u3000  Doe ") == "Jane Doe"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " \u3000",
        "123",
        "-",
        "홍" * 61,
        "홍\x00길동",
        "홍\u200b길동",
        "홍\u202e길동",
        "\ud800홍",
        "홍\ue000",
        "홍\u0378",
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        normalise_name(name)


@given(st.text(max_size=80))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = normalise_name(text)
    except ValueError:
        return
    assert name == name.strip()
    assert name.isprintable()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍*동"),
        ("이순", "이*"),
        ("남궁민수", "남**수"),
        ("가", "*"),
        ("Jane Doe", "J*** **e"),
    ],
)
def test_names_are_masked_as_documented(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(names)
def test_a_masked_name_shows_at_most_its_ends_and_its_blanks(text: str) -> None:
    name = normalised(text)
    masked = mask_name(name)
    assert len(masked) == len(name)
    for position, (shown, hidden) in enumerate(zip(masked, name, strict=True)):
        if shown in "* ":
            continue
        assert shown == hidden
        assert position in (0, len(name) - 1)
    if len(name) <= 2:
        assert masked.endswith("*")
