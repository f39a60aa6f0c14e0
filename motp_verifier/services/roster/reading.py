"""The lines of a roster, read one by one and then put together."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from motp_protocol.person import normalise_name, normalise_phone
from motp_verifier.services.roster.columns import Column, Columns
from motp_verifier.services.roster.lines import (
    LineFault,
    LineResult,
    ParsedRoster,
    RefusedLine,
    RepeatedLine,
    RosterLine,
)
from motp_verifier.services.roster.masking import mask_cell

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LOST_ZERO = re.compile(r"1[016-9]\d{7,8}")


def read_line(line: int, cells: Sequence[str], columns: Columns) -> LineResult:
    """One line's person and id, normalised as the whole protocol does."""
    if any(cell.strip() for cell in cells[columns.width :]):
        return RefusedLine(line, None, LineFault.TOO_MANY_CELLS)
    name, phone = _cell(cells, columns.name), _cell(cells, columns.phone)
    identifier = _cell(cells, columns.id) if columns.id is not None else ""
    fault = _name_fault(name) or _phone_fault(phone) or _id_fault(identifier)
    if fault is not None:
        column, kind, masked = fault
        return RefusedLine(line, column, kind, masked)
    return RosterLine(line, normalise_name(name), normalise_phone(phone), identifier or None)


def collect(results: Iterable[LineResult]) -> ParsedRoster:
    """The lines together: repeats set aside, contradictions refused.

    One person with two ids, or one id for two persons, contradict: the later line is
    refused, as nothing says which is meant.
    """
    lines: list[RosterLine] = []
    refused: list[RefusedLine] = []
    repeated: list[RepeatedLine] = []
    by_person: dict[tuple[str, str], RosterLine] = {}
    by_id: dict[str, RosterLine] = {}
    for result in results:
        if isinstance(result, RefusedLine):
            refused.append(result)
            continue
        same_person = by_person.get(result.person)
        same_id = by_id.get(result.id) if result.id is not None else None
        if same_person is not None and result.id in (None, same_person.id):
            repeated.append(RepeatedLine(result.line, same_person.line))
        elif same_person is not None:
            refused.append(_contradiction(result, LineFault.PERSON_TWICE, same_person))
        elif same_id is not None:
            refused.append(_contradiction(result, LineFault.ID_TWICE, same_id))
        else:
            lines.append(result)
            by_person[result.person] = result
            if result.id is not None:
                by_id[result.id] = result
    return ParsedRoster(tuple(lines), tuple(refused), tuple(repeated))


_Fault: TypeAlias = tuple[Column, LineFault, str]


def _cell(cells: Sequence[str], position: int) -> str:
    return cells[position].strip() if position < len(cells) else ""


def _name_fault(name: str) -> _Fault | None:
    if not name:
        return Column.NAME, LineFault.NAME_MISSING, ""
    if "\n" in name or "\r" in name:
        return Column.NAME, LineFault.LINE_BREAK, ""
    try:
        normalise_name(name)
    except ValueError:
        return Column.NAME, LineFault.NAME_INVALID, mask_cell(name, Column.NAME)
    return None


def _phone_fault(phone: str) -> _Fault | None:
    if not phone:
        return Column.PHONE, LineFault.PHONE_MISSING, ""
    if "\n" in phone or "\r" in phone:
        return Column.PHONE, LineFault.LINE_BREAK, ""
    try:
        normalise_phone(phone)
    except ValueError:
        lost = _LOST_ZERO.fullmatch(re.sub(r"[\s-]", "", phone))
        fault = LineFault.PHONE_LOST_ZERO if lost else LineFault.PHONE_INVALID
        return Column.PHONE, fault, mask_cell(phone, Column.PHONE)
    return None


def _id_fault(identifier: str) -> _Fault | None:
    if not identifier or _ID.fullmatch(identifier):
        return None
    return Column.ID, LineFault.ID_INVALID, mask_cell(identifier, Column.ID)


def _contradiction(line: RosterLine, fault: LineFault, other: RosterLine) -> RefusedLine:
    column = Column.ID if fault is LineFault.ID_TWICE else Column.NAME
    value = line.id or "" if fault is LineFault.ID_TWICE else line.name
    return RefusedLine(line.line, column, fault, mask_cell(value, column), other.line)
