"""A roster file as text, read into lines that can be imported and lines that cannot.

Pure: bytes in, values out. Nothing here raises for what a file holds.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from motp_verifier.services.roster.columns import Columns, MissingColumns, find_columns
from motp_verifier.services.roster.lines import ParsedRoster, RefusedLine, RosterLine
from motp_verifier.services.roster.reading import collect, read_line
from motp_verifier.services.roster.text import FileFault, UnreadableRoster, decode_text

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def parse_roster(data: bytes) -> ParsedRoster | UnreadableRoster:
    """The roster in a CSV file: UTF-8 or CP949; comma, semicolon or tab.

    The first line that is not blank is the header; its names choose the separator and
    the columns. Line numbers are those of a text editor, where a record begins.
    """
    text = decode_text(data)
    if isinstance(text, UnreadableRoster):
        return text
    missing: MissingColumns | None = None
    for delimiter in DELIMITERS:
        columns = _columns(text, delimiter)
        if isinstance(columns, Columns):
            return _parse_lines(text, delimiter, columns)
        if missing is None or len(columns.missing) < len(missing.missing):
            missing = columns
    return missing.as_fault() if missing is not None else UnreadableRoster(FileFault.EMPTY)


def _columns(text: str, delimiter: str) -> Columns | MissingColumns:
    try:
        header = next((r for r in _records(text, delimiter) if not r.is_blank), None)
    except _QuotingError:
        header = None
    return find_columns(header.cells if header is not None else ())


def _parse_lines(text: str, delimiter: str, columns: Columns) -> ParsedRoster | UnreadableRoster:
    results: list[RosterLine | RefusedLine] = []
    seen_header = False
    try:
        for record in _records(text, delimiter):
            if record.is_blank:
                continue
            if seen_header:
                results.append(read_line(record.line, record.cells, columns))
            seen_header = True
    except _QuotingError as error:
        return UnreadableRoster(FileFault.QUOTING, error.line)
    if not results:
        return UnreadableRoster(FileFault.NO_LINES)
    return collect(results)


class _QuotingError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _QuotingError(line) from error
        yield _Record(line, tuple(cells))
