import pytest

from motp_protocol.fields import Language
from motp_verifier.commands.roster_report import MAX_LINES, Report, report_import
from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.importing import Imported, NothingImported, UnknownInstitution
from motp_verifier.services.roster.lines import LineFault, RefusedLine, RepeatedLine
from motp_verifier.services.roster.text import FileFault, UnreadableRoster

LANGUAGES: list[Language] = ["ko", "en"]
REFUSED = RefusedLine(3, Column.PHONE, LineFault.PHONE_INVALID, "02-1**-****")


def test_a_good_import_says_what_it_did() -> None:
    outcome = Imported(2, 1, 5, (), (RepeatedLine(4, 2),))
    assert report_import(outcome, "school", "en") == Report(
        ("imported: 2 added, 1 changed, 5 unchanged.",),
        ("line 4: the same person as in line 2, imported once.",),
        succeeded=True,
    )


def test_a_refused_line_says_where_why_and_what_to_do() -> None:
    report = report_import(NothingImported((REFUSED,), ()), "school", "ko")
    assert report.err[0] == (
        "3행, 전화번호 (02-1**-****): 휴대전화 번호가 아닙니다. 010-1234-5678 형식으로 적어 주세요."
    )
    assert "아무도 등록하지 않았습니다" in report.err[1]
    assert not report.succeeded
    assert report.out == ()


def test_skipped_lines_are_counted_in_a_report_that_succeeded() -> None:
    report = report_import(Imported(1, 0, 0, (REFUSED,), ()), "school", "en")
    assert report.succeeded
    assert report.out[-1] == "refused lines that were skipped: 1."
    assert len(report.err) == 1


def test_a_long_list_is_cut_and_says_so() -> None:
    outcome = NothingImported((REFUSED,) * (MAX_LINES + 7), ())
    report = report_import(outcome, "school", "en")
    assert len(report.err) == MAX_LINES + 2
    assert report.err[-2] == "… and more such lines: 7"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fault", LineFault)
def test_every_line_fault_has_words_in_both_languages(lang: Language, fault: LineFault) -> None:
    outcome = NothingImported((RefusedLine(3, Column.ID, fault, "a*", 2),), ())
    text = report_import(outcome, "school", lang).err[0]
    assert "{" not in text
    assert "3" in text
    assert len(text) > 25


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fault", FileFault)
def test_every_file_fault_has_words_in_both_languages(lang: Language, fault: FileFault) -> None:
    report = report_import(UnreadableRoster(fault, 4, ("name", "phone")), "school", lang)
    (text,) = report.err
    assert "{" not in text
    assert "None" not in text
    assert not report.succeeded


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_institution_is_named(lang: Language) -> None:
    report = report_import(UnknownInstitution(), "scool", lang)
    assert "'scool'" in report.err[0]
    assert not report.succeeded
