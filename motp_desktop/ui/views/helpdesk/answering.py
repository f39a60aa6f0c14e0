"""A card that asks something, and is answered from the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from motp_desktop.ui.widgets.buttons import Button
from motp_desktop.ui.widgets.card import Card


class AnsweringCard(Card):
    """`do` goes on and `cancel` does not; both are there once it is shown."""

    do: Button
    cancel: Button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field confirms; on a button it presses that. Escape is no."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.cancel.hasFocus():
                self.cancel.click()
            elif not event.isAutoRepeat():
                self.do.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel.click()
        else:
            super().keyPressEvent(event)
