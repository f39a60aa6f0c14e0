"""Which cell of a roster line is which, by the names in its header."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from motp_verifier.services.roster.text import FileFault, UnreadableRoster


class Column(Enum):
    """A column that is read; others are passed over."""

    NAME = "name"
    PHONE = "phone"
    ID = "id"


_NAMES = {
    Column.NAME: ("이름", "성명", "훈련생명", "훈련생이름", "훈련생성명", "name", "fullname"),
    Column.PHONE: (
        *("전화번호", "휴대폰", "휴대폰번호", "휴대전화", "휴대전화번호", "핸드폰", "핸드폰번호"),
        *("연락처", "phone", "phonenumber", "mobile", "mobilenumber"),
    ),
    Column.ID: ("훈련생id", "훈련생아이디", "아이디", "id", "traineeid"),
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names}
_REQUIRED = (Column.NAME, Column.PHONE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, and how many cells a line has at most."""

    name: int
    phone: int
    id: int | None
    width: int


@dataclass(frozen=True, slots=True)
class MissingColumns:
    """A header that does not name what is needed, or names it twice."""

    missing: tuple[Column, ...]
    repeated: tuple[Column, ...] = ()

    def as_fault(self) -> UnreadableRoster:
        """The same, of the whole file."""
        if self.missing:
            names = tuple(column.value for column in self.missing)
            return UnreadableRoster(FileFault.MISSING_COLUMNS, 1, names)
        names = tuple(column.value for column in self.repeated)
        return UnreadableRoster(FileFault.REPEATED_COLUMN, 1, names)


def find_columns(header: Sequence[str]) -> Columns | MissingColumns:
    """The columns that a header names, in Korean or English, whatever its blanks and case."""
    found: dict[Column, list[int]] = {column: [] for column in Column}
    for position, cell in enumerate(header):
        column = _BY_NAME.get(_folded(cell))
        if column is not None:
            found[column].append(position)
    missing = tuple(column for column in _REQUIRED if not found[column])
    repeated = tuple(column for column in Column if len(found[column]) > 1)
    if missing or repeated:
        return MissingColumns(missing, repeated)
    identifier = found[Column.ID][0] if found[Column.ID] else None
    return Columns(found[Column.NAME][0], found[Column.PHONE][0], identifier, len(header))


def _folded(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(character for character in text if character.isalnum())
