"""Exports as files: JSON Lines that anybody can check, and CSV for a spreadsheet."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from motp_protocol.encoding import b64url_encode, format_time
from motp_verifier.services.audit.exporting import ExportBatch
from motp_verifier.services.audit.leaf import entry_of, source_hash
from motp_verifier.services.audit.portable import (
    EXPORT_TYPE,
    ExportBegins,
    ExportClaims,
    ExportEnds,
    Filters,
    HeadLine,
    RowLine,
    encode_path,
)
from motp_verifier.services.audit.proving import PlacedRow
from motp_verifier.services.days import seoul_time

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Korean for something else
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "id",
    "time",
    "event",
    "subject",
    "institution",
    "registration",
    "actor",
    "source",
    "reason",
    "detail",
    "head",
    "leaf",
)


class ExportFile(Protocol):
    """Turns batches into the bytes of a file, in this order."""

    def begin(self) -> bytes:
        """What stands before all rows."""
        ...

    def batch(self, batch: ExportBatch) -> bytes:
        """The rows of one head."""
        ...

    def end(self) -> bytes:
        """What stands after all rows."""
        ...


@dataclass(frozen=True, slots=True)
class ExportTerms:
    """Who exports what, and when (milliseconds since 1970); with `addresses`, those of clients."""

    issuer: str
    now: int
    filters: Filters
    addresses: bool


class JsonLines:
    """The form in which every row is proven, and the whole is signed."""

    def __init__(self, terms: ExportTerms, sign: Callable[[str, bytes], str]) -> None:
        """`sign` makes a JWS of this type over a payload."""
        self._terms = terms
        self._sign = sign
        self._content = hashlib.sha256()
        self._rows = self._heads = 0
        self._encode = msgspec.json.Encoder().encode_lines

    def begin(self) -> bytes:
        """See `ExportFile`."""
        terms = self._terms
        return self._keep(
            ExportBegins(
                issuer=terms.issuer, exported_at=format_time(terms.now), filters=terms.filters
            )
        )

    def batch(self, batch: ExportBatch) -> bytes:
        """See `ExportFile`."""
        self._heads += 1
        self._rows += len(batch.rows)
        head = HeadLine(rows=len(batch.rows), head=batch.head.token)
        return self._keep(head, *(self._row(placed) for placed in batch.rows))

    def end(self) -> bytes:
        """See `ExportFile`."""
        claims = ExportClaims(
            iss=self._terms.issuer,
            iat=self._terms.now // 1000,
            filters=self._terms.filters,
            rows=self._rows,
            heads=self._heads,
            sha256=b64url_encode(self._content.digest()),
        )
        statement = self._sign(EXPORT_TYPE, msgspec.json.encode(claims))
        return self._keep(ExportEnds(rows=self._rows, heads=self._heads, statement=statement))

    def _row(self, placed: PlacedRow) -> RowLine:
        row = placed.row
        told = self._terms.addresses and row.source is not None and row.source_salt is not None
        return RowLine(
            entry=entry_of(row),
            index=placed.index,
            path=None if placed.path is None else encode_path(placed.path),
            address=row.source if told else None,
            salt=b64url_encode(row.source_salt) if told and row.source_salt else None,
        )

    def _keep(self, *lines: ExportBegins | HeadLine | RowLine | ExportEnds) -> bytes:
        data = self._encode(lines)
        self._content.update(data)
        return data


class Csv:
    """The form for a spreadsheet (RFC 4180). `head` and `leaf` say where each row is sealed.

    Hashes are hex: base64url may begin like a formula.
    """

    def __init__(self, terms: ExportTerms) -> None:
        self._addresses = terms.addresses

    def begin(self) -> bytes:
        """See `ExportFile`."""
        columns = (*_COLUMNS, "address") if self._addresses else _COLUMNS
        return (BYTE_ORDER_MARK + csv_lines([list(columns)])).encode()

    def batch(self, batch: ExportBatch) -> bytes:
        """See `ExportFile`."""
        return csv_lines([self._cells(batch, placed) for placed in batch.rows]).encode()

    def end(self) -> bytes:
        """See `ExportFile`."""
        return b""

    def _cells(self, batch: ExportBatch, placed: PlacedRow) -> list[str]:
        row, entry = placed.row, entry_of(placed.row)
        source = source_hash(row)
        cells = [
            str(entry.id),
            seoul_time(entry.at),
            entry.kind,
            None if row.subject is None else row.subject.hex(),
            entry.institution_id,
            entry.registration_id,
            entry.actor,
            None if source is None else source.hex(),
            entry.reason,
            entry.detail,
            str(batch.head.number),
            entry.leaf().hex(),
        ]
        if self._addresses:
            cells.append(row.source)
        return [cell(each) for each in cells]


def cell(text: str | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if text is None:
        return ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(rows: list[list[str]]) -> str:
    """Rows as lines of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
