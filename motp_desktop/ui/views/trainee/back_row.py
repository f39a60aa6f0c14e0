"""The way back above a page that is not a step of the registration."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from motp_desktop.ui.widgets.buttons import BackButton

translate = QCoreApplication.translate


class BackRow(QWidget):
    """A back button, alone on its line."""

    def __init__(self, on_back: Callable[[], object]) -> None:
        super().__init__()
        self.back = BackButton(translate("StepHeader", "이전"), on_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addStretch(1)
