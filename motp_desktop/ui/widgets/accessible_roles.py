"""Roles for assistive technology that Qt does not know by itself.

Qt tells a widget's role by its class. A scroll area that takes the focus has none there, and a
screen reader would fall silent on it; an icon beside words would be a picture without a name.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES = {
    "DocumentView": QAccessible.Role.Document,
    "IconLabel": QAccessible.Role.Client,
    "Plot": QAccessible.Role.Chart,
}
_installed: list[bool] = []


def install_roles() -> None:
    """Tell these roles from now on; again is of no effect."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface)


def _interface(class_name: str, widget: QObject) -> QAccessibleWidget | None:
    """Called by Qt for each class of a widget, from its own to its bases; None: Qt's answer."""
    role = _ROLES.get(class_name)
    if role is None or not isinstance(widget, QWidget):
        return None
    return QAccessibleWidget(widget, role)
