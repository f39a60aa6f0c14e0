"""What stands in a table: words, perhaps with an icon, in a tone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type, font_of, scaled
from motp_desktop.ui.theme import current_tokens
from motp_desktop.ui.widgets.text import Tone

_ICON = 18
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """`more` is the whole of it, where `text` is short; it is a tool tip."""

    text: str
    icon: str = ""
    tone: Tone = Tone.TEXT
    more: str = ""
    is_number: bool = False


Row = Sequence[Cell]


class RowsModel(QAbstractTableModel):
    """Rows that are handed in; asks for more of them when the last one comes into sight."""

    def __init__(self, headers: Sequence[str], more: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._headers = list(headers)
        self._rows: list[Row] = []
        self._more = more
        self._has_more = False

    def show_rows(self, rows: Sequence[Row], *, has_more: bool = False) -> None:
        """Show these. Where they go on from those before, the table stays where it is."""
        self._has_more = has_more
        known = len(self._rows)
        if known and len(rows) >= known and list(rows[:known]) == self._rows:
            if len(rows) > known:
                self.beginInsertRows(_NOWHERE, known, len(rows) - 1)
                self._rows = list(rows)
                self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many are there so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One for each header."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows and says."""
        cell = self._rows[index.row()][index.column()]
        tokens = current_tokens()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.more or cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                header = self._headers[index.column()]
                return f"{header}: {cell.more or cell.text}"
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(getattr(tokens, cell.tone.value))
            case Qt.ItemDataRole.DecorationRole if cell.icon:
                colour = str(getattr(tokens, cell.tone.value))
                return icons.icon(cell.icon, colour, scaled(_ICON))
            case Qt.ItemDataRole.TextAlignmentRole:
                across = (
                    Qt.AlignmentFlag.AlignRight if cell.is_number else Qt.AlignmentFlag.AlignLeft
                )
                return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.FontRole:
            # The header's own font gives way to the style sheet's.
            return font_of(Type.SMALL)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = bool(self._rows) and self._rows[0][section].is_number
            across = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more."""
        return self._has_more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """The last row is in sight."""
        if self._more is not None:
            self._more()
