"""The audit on paper: a PDF with a heading, the filters, and the lines in a table."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from motp_desktop.services.helpdesk.outcomes import Collected
from motp_desktop.services.helpdesk.ports import AuditQuery
from motp_desktop.ui.texts.helpdesk.happened import event_words
from motp_desktop.ui.texts.times import day, moment
from motp_desktop.ui.views.helpdesk.audit_rows import audit_row

translate = QCoreApplication.translate

_POINTS, _TITLE_POINTS = 8.0, 16.0
_MARGIN_MM = 14.0
_DPI = 300
_WIDTHS = (6, 11, 13, 13, 21, 17, 9, 10)


class PdfPaper:
    """Implements `paper.AuditPaper`."""

    def __init__(self, now: Callable[[], str]) -> None:
        """`now` is the verifier's time, RFC 3339."""
        self._now = now

    def pdf(self, query: AuditQuery, collected: Collected, whose: str) -> bytes:
        """See `paper.AuditPaper`."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_DPI)
        writer.setTitle(translate("AuditPaper", "감사 기록"))
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Landscape,
                QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
                QPageLayout.Unit.Millimeter,
            )
        )
        document = self._document(query, collected, whose)
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        document.print_(writer)
        del writer  # which ends the file
        return bytes(buffer.data().data())

    def _document(self, query: AuditQuery, collected: Collected, whose: str) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(_POINTS)
        document.setDefaultFont(font)
        cursor = QTextCursor(document)
        title = QTextCharFormat()
        title.setFontPointSize(_TITLE_POINTS)
        title.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(translate("AuditPaper", "감사 기록"), title)
        plain = QTextCharFormat()
        now = self._now()
        printed = translate("AuditPaper", "{day} {time} · {name} 인쇄")
        for line in (
            printed.format(day=day(now), time=moment(now, now), name=whose),
            filters_words(query),
            count_words(collected),
        ):
            cursor.insertBlock()
            cursor.insertText(line, plain)
        cursor.insertBlock()
        self._insert_table(cursor, collected, now)
        return document

    def _insert_table(self, cursor: QTextCursor, collected: Collected, now: str) -> None:
        form = QTextTableFormat()
        form.setHeaderRowCount(1)
        form.setCellPadding(8)
        form.setCellSpacing(0)
        form.setBorder(0.5)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, width) for width in _WIDTHS]
        )
        table = cursor.insertTable(len(collected.lines) + 1, len(_WIDTHS), form)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        for column, name in enumerate(paper_headers()):
            table.cellAt(0, column).firstCursorPosition().insertText(name, bold)
        for number, line in enumerate(collected.lines, 1):
            for column, cell in enumerate(audit_row(line, now)):
                table.cellAt(number, column).firstCursorPosition().insertText(cell.text)


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
