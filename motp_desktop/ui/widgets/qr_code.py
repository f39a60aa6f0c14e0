"""A QR code, black on white whatever the theme: cameras want it so."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_QUIET = 4
"""Modules of white around it (ISO/IEC 18004 §6.3.8)."""


class QrCode(QWidget):
    """Shows a text; empty until it has one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says instead of it."""
        super().__init__(parent)
        self._modules: list[list[bool]] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(240, 240)

    def set_text(self, text: str) -> None:
        """Show this, or nothing."""
        if text:
            import qrcode  # noqa: PLC0415 - slow

            code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_L)
            code.add_data(text)
            code.make()
            self._modules = code.get_matrix()
        else:
            self._modules = []
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the column allows."""
        return QSize(340, 340)

    def heightForWidth(self, width: int) -> int:
        """A square, but not a huge one."""
        return min(width, 380)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole pixels for each module, so that every edge is sharp."""
        if not self._modules:
            return
        painter = QPainter(self)
        count = len(self._modules) + 2 * _QUIET
        size = min(self.width(), self.height())
        ratio = self.devicePixelRatioF()
        module = max(1, int(size * ratio / count)) / ratio
        side = module * count
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        painter.fillRect(QRectF(left, top, side, side), Qt.GlobalColor.white)
        for row, line in enumerate(self._modules):
            for column, is_dark in enumerate(line):
                if is_dark:
                    x, y = left + (column + _QUIET) * module, top + (row + _QUIET) * module
                    painter.fillRect(QRectF(x, y, module, module), Qt.GlobalColor.black)
