"""Saying something at once to those who listen instead of look."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.widgets.text import TextLabel

_SPEAKS_ITSELF = "speaks-itself"
_ENDS = tuple(".?!:…")


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have a screen reader speak this, if one is there; `at_once`: before all that waits."""
    if text and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        if at_once:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


def speaks_itself(widget: QWidget) -> None:
    """What is in this widget is heard another way: when it has the focus, or when it changes."""
    widget.setProperty(_SPEAKS_ITSELF, True)  # noqa: FBT003 - Qt names no argument here


def words_in(holder: QWidget) -> str:
    """What stands in part of a page, as it is read out: sentence after sentence.

    A screen reader reads by itself only what has the focus, so that a page says the rest.
    """
    texts = [
        (label.accessibleName() or label.text()).strip()
        for label in holder.findChildren(TextLabel)
        if label.isVisibleTo(holder) and _is_read(label, holder)
    ]
    return " ".join(text if text.endswith(_ENDS) else f"{text}." for text in texts if text)


def _is_read(label: QWidget, holder: QWidget) -> bool:
    widget: QWidget | None = label
    while widget is not None and widget is not holder:
        if widget.property(_SPEAKS_ITSELF):
            return False
        widget = widget.parentWidget()
    return True
