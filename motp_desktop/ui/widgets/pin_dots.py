"""How much of a PIN is entered, as dots."""

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.tokens import Size

translate = QCoreApplication.translate

_USUAL = 6
_RADIUS = 8.0
_PITCH = 36.0


class PinDots(QLineEdit):
    """A password field that never holds the PIN: only as many bullets as there are digits."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName(name)
        self.setMinimumHeight(scaled(Size.TARGET))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_entered(0)

    def set_entered(self, count: int) -> None:
        """Fill so many dots; a screen reader hears the number, nothing else."""
        self.setText("•" * count)
        typed = translate("PinDots", "{count}자리 입력했어요").format(count=count)
        # It says "read only" of a field that holds nothing: so it says how to type, too.
        invitation = translate("PinDots", "숫자 키로 입력해 주세요.")
        self.setAccessibleDescription(typed if count else invitation)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to what the dots are part of."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """Room for the dots."""
        return QSize(round(_PITCH * _USUAL), Size.TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled dots for digits, empty ones up to the usual six."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = current_tokens()
        entered = len(self.text())
        dots = max(_USUAL, entered)
        left = (self.width() - _PITCH * (dots - 1)) / 2
        for number in range(dots):
            filled = number < entered
            painter.setPen(QPen(QColor(tokens.accent if filled else tokens.line), 2))
            painter.setBrush(QColor(tokens.accent if filled else tokens.surface))
            painter.drawEllipse(
                QPointF(left + _PITCH * number, self.height() / 2), _RADIUS, _RADIUS
            )
