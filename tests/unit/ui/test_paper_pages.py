"""The audit's table on pages: set one by one, whatever stands in the cells."""

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.views.helpdesk.paper_pages import Sheet, TablePages


def pages_of(rows: list[list[str]]) -> tuple[int, bytes]:
    pages = TablePages(Sheet("감사 기록", ["2026년 11월 26일"], ["번호", "사유"], [1, 3], rows))
    for number in range(1, 1_000):
        done = pages.set_page()
        if done is not None:
            return number, done
    pytest.fail("the pages never end")


def count_of_pages(paper: bytes) -> int:
    return paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ")


@pytest.mark.parametrize(("rows", "several"), [(0, False), (1, False), (300, True)])
def test_each_turn_sets_one_page(qapp: QApplication, rows: int, several: bool) -> None:
    number, paper = pages_of([[f"{n}", "본인 확인을 하고 해지함"] for n in range(rows)])
    assert count_of_pages(paper) == number
    assert (number > 1) == several


@pytest.mark.parametrize("text", ["가" * 20_000, "본인 확인 " * 5_000, "\n" * 500])
def test_a_reason_longer_than_a_page_is_cut_and_the_next_row_follows(
    qapp: QApplication, text: str
) -> None:
    number, paper = pages_of([["1", text], ["2", text], ["3", "끝"]])
    assert count_of_pages(paper) == number
    assert number in {2, 3}
