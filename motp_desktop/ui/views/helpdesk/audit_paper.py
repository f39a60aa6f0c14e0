"""The audit on paper: a PDF with a heading, the filters, and the lines in a table."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.outcomes import Collected
from motp_desktop.services.helpdesk.ports import AuditQuery
from motp_desktop.ui.texts.helpdesk.happened import event_words
from motp_desktop.ui.texts.times import day, moment
from motp_desktop.ui.views.helpdesk.audit_rows import audit_row
from motp_desktop.ui.views.helpdesk.paper_pages import Sheet, TablePages

translate = QCoreApplication.translate

_SHARES = (6, 11, 13, 13, 21, 17, 9, 10)


class PdfPaper:
    """Implements `paper.AuditPaper`."""

    def __init__(self, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        self._now = now

    def begin(self, query: AuditQuery, collected: Collected, whose: str) -> TablePages:
        """See `paper.AuditPaper`."""
        now = self._now()
        printed = translate("AuditPaper", "{day} {time} · {name} 인쇄")
        return TablePages(
            Sheet(
                title=translate("AuditPaper", "감사 기록"),
                lines=(
                    printed.format(day=day(now), time=moment(now, now), name=whose),
                    filters_words(query),
                    count_words(collected),
                ),
                headers=paper_headers(),
                shares=_SHARES,
                rows=[[cell.text for cell in audit_row(line, now)] for line in collected.lines],
            )
        )


def paper_headers() -> list[str]:
    """As on the screen."""
    return [
        translate("AuditPage", "번호"),
        translate("AuditPage", "때"),
        translate("AuditPage", "일"),
        translate("AuditPage", "누가"),
        translate("AuditPage", "사유"),
        translate("AuditPage", "대상"),
        translate("AuditPage", "주소"),
        translate("AuditPage", "자세히"),
    ]


def filters_words(query: AuditQuery) -> str:
    """What was searched for."""
    given = [
        (translate("AuditPage", "첫날"), query.since),
        (translate("AuditPage", "끝날"), query.until),
        (translate("AuditPage", "일"), event_words(query.kind)),
        (translate("AuditPage", "누가"), query.actor),
        (translate("AuditPage", "훈련기관"), query.institution),
        (translate("AuditPage", "등록"), query.registration),
    ]
    filters = " · ".join(f"{name}: {value}" for name, value in given if value)
    return filters or translate("AuditPaper", "조건 없음")


def count_words(collected: Collected) -> str:
    """How many lines there are, and that there are more."""
    number = f"{len(collected.lines):,}"
    if collected.is_cut:
        return translate(
            "AuditPaper", "가장 새로운 {n}줄입니다. 모두 보려면 CSV로 내보내세요."
        ).format(n=number)
    return translate("AuditPaper", "모두 {n}줄입니다.").format(n=number)
