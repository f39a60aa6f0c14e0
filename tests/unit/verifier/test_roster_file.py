import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_verifier.services.roster import text as roster_text
from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.file import parse_roster
from motp_verifier.services.roster.lines import (
    LineFault,
    ParsedRoster,
    RefusedLine,
    RepeatedLine,
    RosterLine,
)
from motp_verifier.services.roster.text import FileFault, UnreadableRoster

KOREAN = "이름,전화번호,훈련생ID\n홍길동,010-1234-5678,hong-1\n김 철수,+82 10 2345 6789,\n"
HONG = RosterLine(2, "홍길동", "+821012345678", "hong-1")
KIM = RosterLine(3, "김 철수", "+821023456789", None)


def parsed(content: str | bytes) -> ParsedRoster:
    data = content.encode() if isinstance(content, str) else content
    roster = parse_roster(data)
    assert isinstance(roster, ParsedRoster), roster
    return roster


def refused(content: str) -> list[tuple[int, Column | None, LineFault]]:
    return [(line.line, line.column, line.fault) for line in parsed(content).refused]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_spelling_of_a_file_gives_the_same_roster(
    encoding: str, delimiter: str, line_end: str
) -> None:
    content = KOREAN.replace(",", delimiter).replace("\n", line_end)
    assert parsed(content.encode(encoding)).lines == (HONG, KIM)


@pytest.mark.parametrize(
    "header",
    [
        "name,phone,id",
        "Name , PHONE, Trainee ID",
        "성명,휴대폰,훈련생 ID",
        "훈련생 이름,휴대전화번호,아이디",
        "full_name,Mobile-Number,trainee_id",
    ],
)
def test_columns_are_found_by_korean_and_english_names(header: str) -> None:
    assert parsed(header + KOREAN[KOREAN.index("\n") :]).lines == (HONG, KIM)


def test_columns_may_come_in_any_order_and_others_are_passed_over() -> None:
    content = "번호,휴대폰,비고,이름\n1,01012345678,반장,홍길동\n2,01023456789,,김 철수\n"
    assert [(line.name, line.phone, line.id) for line in parsed(content).lines] == [
        ("홍길동", "+821012345678", None),
        ("김 철수", "+821023456789", None),
    ]


def test_quoted_cells_may_hold_the_separator() -> None:
    content = 'name,memo,phone\n"Kim, Minsu","a;b,c",010-1234-5678\n'
    assert parsed(content).lines[0].name == "Kim, Minsu"


def test_blank_lines_are_passed_over_and_counted() -> None:
    content = "\n이름,전화번호\n,\n\n홍길동,01012345678\n   ,  \n"
    assert [line.line for line in parsed(content).lines] == [5]


def test_line_numbers_are_those_of_an_editor_even_after_a_cell_with_line_breaks() -> None:
    content = '이름,비고,전화번호\n홍길동,"두\n줄",01012345678\n김철수,,틀림\n'
    assert refused(content) == [(4, Column.PHONE, LineFault.PHONE_INVALID)]


def test_decomposed_hangul_is_the_same_person() -> None:
    decomposed = unicodedata.normalize("NFD", "홍길동")
    content = f"이름,전화번호\n홍길동,01012345678\n{decomposed},01012345678\n"
    assert parsed(content).repeated == (RepeatedLine(3, 2),)


@pytest.mark.parametrize(
    ("line", "column", "fault"),
    [
        (",01012345678,", Column.NAME, LineFault.NAME_MISSING),
        ("123,01012345678,", Column.NAME, LineFault.NAME_INVALID),
        (f"{'가' * 61},01012345678,", Column.NAME, LineFault.NAME_INVALID),
        ('"홍\n길동",01012345678,', Column.NAME, LineFault.LINE_BREAK),
        ("홍길동,,", Column.PHONE, LineFault.PHONE_MISSING),
        ("홍길동", Column.PHONE, LineFault.PHONE_MISSING),
        ("홍길동,02-123-4567,", Column.PHONE, LineFault.PHONE_INVALID),
        ("홍길동,1012345678,", Column.PHONE, LineFault.PHONE_LOST_ZERO),
        ("홍길동,1.01E+09,", Column.PHONE, LineFault.PHONE_INVALID),
        ('홍길동,"010\n12345678",', Column.PHONE, LineFault.LINE_BREAK),
        ("홍길동,01012345678,홍 1", Column.ID, LineFault.ID_INVALID),
        (f"홍길동,01012345678,{'a' * 65}", Column.ID, LineFault.ID_INVALID),
        ("홍길동,01012345678,a,b", None, LineFault.TOO_MANY_CELLS),
    ],
)
def test_a_line_that_cannot_be_a_trainee_is_refused_with_its_column_and_reason(
    line: str, column: Column | None, fault: LineFault
) -> None:
    roster = parsed(f"이름,전화번호,id\n김철수,01098765432,\n{line}\n")
    assert [(r.line, r.column, r.fault) for r in roster.refused] == [(3, column, fault)]
    assert [entry.name for entry in roster.lines] == ["김철수"]


def test_a_line_said_twice_is_reported_and_harmless() -> None:
    roster = parsed(KOREAN + "홍길동,01012345678,hong-1\n홍길동,01012345678,\n")
    assert roster.lines == (HONG, KIM)
    assert roster.repeated == (RepeatedLine(4, 2), RepeatedLine(5, 2))
    assert roster.refused == ()


def test_one_person_with_two_ids_and_one_id_for_two_persons_are_refused() -> None:
    roster = parsed(KOREAN + "홍길동,01012345678,hong-2\n박영희,01055556666,hong-1\n")
    assert roster.lines == (HONG, KIM)
    assert roster.refused == (
        RefusedLine(4, Column.NAME, LineFault.PERSON_TWICE, "홍*동", 2),
        RefusedLine(5, Column.ID, LineFault.ID_TWICE, "ho****", 2),
    )


@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (b"", FileFault.EMPTY, None),
        (b"\xef\xbb\xbf \r\n\n", FileFault.EMPTY, None),
        ("이름,전화번호\n\n,\n".encode(), FileFault.NO_LINES, None),
        (b"PK\x03\x04....", FileFault.WORKBOOK, None),
        (KOREAN.encode("utf-16"), FileFault.UTF16, None),
        (b"name,phone\nA\0,01012345678\n", FileFault.NUL, 2),
        (KOREAN.encode() + b"\xed\x99,010\n", FileFault.ENCODING, 4),
        (b"\xef\xbb\xbfname,phone\r\n\xb0\xa1,010\r\n", FileFault.ENCODING, 2),
        (b"name,phone\r\r\xff\xff,010\r", FileFault.ENCODING, 3),
        (b'name,phone\nA,01012345678\n"B,01012345679\nC,010\n', FileFault.QUOTING, 3),
        (b'name,phone\n"A"x,01012345678\n', FileFault.QUOTING, 2),
        (b'"name,phone\nA,01012345678\n', FileFault.MISSING_COLUMNS, 1),
        (b"A,01012345678\nB,01012345679\n", FileFault.MISSING_COLUMNS, 1),
        ("이름,이름,전화번호\n".encode(), FileFault.REPEATED_COLUMN, 1),
        (b"name,phone\n" + b"x" * 200_000 + b",010\n", FileFault.QUOTING, 2),
    ],
)
def test_a_file_that_is_no_roster_says_why_and_where(
    data: bytes, fault: FileFault, line: int | None
) -> None:
    roster = parse_roster(data)
    assert isinstance(roster, UnreadableRoster)
    assert (roster.fault, roster.line) == (fault, line)


def test_a_missing_column_is_named() -> None:
    roster = parse_roster("이름;주소\n홍길동;서울\n".encode())
    assert roster == UnreadableRoster(FileFault.MISSING_COLUMNS, 1, ("phone",))


def test_a_file_over_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_text, "MAX_BYTES", len(KOREAN.encode()) - 1)
    assert parse_roster(KOREAN.encode()) == UnreadableRoster(FileFault.TOO_LARGE)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    parse_roster(data)


CELL = st.text(st.sampled_from([*string.printable, *"홍길동가힣\u2028\ufeff\x85é"]), max_size=12)


@given(st.lists(st.lists(CELL, max_size=4), max_size=8), st.sampled_from(",;\t"))
def test_any_cells_below_a_good_header_end_in_exactly_one_place(
    rows: list[list[str]], delimiter: str
) -> None:
    body = "\n".join(delimiter.join(row) for row in rows)
    header = delimiter.join(["이름", "전화번호", "훈련생ID"])
    roster = parse_roster(f"{header}\n{body}\n홍길동{delimiter}01012345678\n".encode())
    if isinstance(roster, UnreadableRoster):
        assert roster.fault in {FileFault.QUOTING, FileFault.NUL}
        return
    numbers = [
        *(line.line for line in roster.lines),
        *(line.line for line in roster.refused),
        *(line.line for line in roster.repeated),
    ]
    assert len(numbers) == len(set(numbers))
    assert len({line.person for line in roster.lines}) == len(roster.lines)


@given(st.text(max_size=40), st.sampled_from(Column))
def test_a_masked_cell_is_printable_and_short(cell: str, column: Column) -> None:
    from motp_verifier.services.roster.masking import mask_cell

    masked = mask_cell(cell, column)
    assert masked.isprintable()
    assert len(masked) <= 21


def test_masked_cells_show_only_a_little() -> None:
    roster = parsed("이름,전화번호,id\n12345,01012345678,\n홍길동,010-1234-567,\n가,홍길동,\n")
    assert [line.masked for line in roster.refused] == ["1***5", "010-****-***", "???"]


def test_lines_do_not_show_whom_they_are_about_in_their_representation() -> None:
    assert "홍길동" not in repr(HONG)
    assert "1234" not in repr(HONG)
