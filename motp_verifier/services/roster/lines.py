"""What the lines of a roster file are found to be."""

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from motp_verifier.services.roster.columns import Column


class LineFault(Enum):
    """Why a line is refused."""

    NAME_MISSING = "name-missing"
    NAME_INVALID = "name-invalid"
    PHONE_MISSING = "phone-missing"
    PHONE_INVALID = "phone-invalid"
    PHONE_LOST_ZERO = "phone-lost-zero"
    ID_INVALID = "id-invalid"
    LINE_BREAK = "line-break"
    TOO_MANY_CELLS = "too-many-cells"
    PERSON_TWICE = "person-twice"
    ID_TWICE = "id-twice"
    ID_TAKEN = "id-taken"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A line that can be imported. `id` is the institution's own id for the trainee."""

    line: int
    name: str = field(repr=False)
    phone: str = field(repr=False)
    id: str | None = field(repr=False)

    @property
    def person(self) -> tuple[str, str]:
        """What makes a trainee: the normalised name and number."""
        return self.name, self.phone


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that cannot be imported. `masked` shows the cell without giving it away.

    `other_line` is the line that this one contradicts.
    """

    line: int
    column: Column | None
    fault: LineFault
    masked: str = ""
    other_line: int | None = None


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line that says again what `first_line` said; it does no harm."""

    line: int
    first_line: int


@dataclass(frozen=True, slots=True)
class ParsedRoster:
    """All lines of a file, each in exactly one of the three, in their order."""

    lines: tuple[RosterLine, ...]
    refused: tuple[RefusedLine, ...]
    repeated: tuple[RepeatedLine, ...]


LineResult: TypeAlias = RosterLine | RefusedLine
