"""Checking a proof or an export with the published keys alone: no database, no settings.

A file is read line by line, so that it may be of any size.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

import msgspec

from motp_protocol.encoding import b64url_decode, b64url_encode
from motp_verifier.services.audit.findings import Fault
from motp_verifier.services.audit.heads import Head, NotAHead, read_head
from motp_verifier.services.audit.leaf import hash_of_source
from motp_verifier.services.audit.merkle import TreeBuilder, root_by_path
from motp_verifier.services.audit.portable import (
    EXPORT_TYPE,
    ExportBegins,
    ExportClaims,
    ExportEnds,
    HeadLine,
    Line,
    Proof,
    RowLine,
    decode_path,
)
from motp_verifier.services.jws import NotSigned, read_signed

MAX_DOUBTS = 100
_LINE = msgspec.json.Decoder(Line)


class Doubt(StrEnum):
    """Why a file does not show what it says."""

    UNREADABLE = "unreadable"
    MISPLACED = "misplaced"  # a line where none of its kind belongs
    HEAD_UNREADABLE = "head-unreadable"
    KEY_UNKNOWN = "key-unknown"
    SIGNATURE_WRONG = "signature-wrong"
    HEAD_REPLACED = "head-replaced"  # a list that was kept has another head of this number
    CHAIN_BROKEN = "chain-broken"
    ROW_NOT_SEALED = "row-not-sealed"  # it is not under the head
    ROWS_MISSING = "rows-missing"  # others follow a head than it says
    ADDRESS_WRONG = "address-wrong"
    CUT_SHORT = "cut-short"
    NOT_AS_STATED = "not-as-stated"  # the signed statement at the end is of other lines


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt, and the number of the line that it is about."""

    doubt: Doubt
    line: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file shows; without doubts, all of it.

    `issuer` is the verifier by the word of the last head; it may have had another address
    before. That it is so follows from where the keys came from. `compared` heads were in the
    list that was kept. From row `first` to `last` nothing is missing where `unbroken`.
    """

    issuer: str
    rows: int
    heads: int
    first: int
    last: int
    unbroken: bool
    compared: int
    doubts: tuple[Doubtful, ...]


class FileCheck:
    """Checks one file. `known` are public keys by their ids, `kept` heads in their order."""

    def __init__(self, known: Mapping[str, bytes], kept: Iterator[Head]) -> None:
        self._known = known
        self._kept = kept
        self._kept_next = next(kept, None)
        self._doubts: list[Doubtful] = []
        self._line = 0
        self._issuer = self._stated_issuer = ""
        self._rows = self._heads = self._first = self._last = self._compared = 0
        self._unbroken = True
        self._head: Head | None = None
        self._expected = self._seen = 0  # rows after the present head
        self._last_row = self._last_index = -1
        self._tree: TreeBuilder | None = None

    def proof(self, proof: Proof) -> CheckedFile:
        """Check a proof. Raises NotAHead where the list that was kept holds something else."""
        self._line = 1
        self._take_head(proof.head, 1, whole=False)
        if self._head is not None:
            self._take_row(RowLine(entry=proof.entry, index=proof.index, path=proof.path))
        return self._report()

    def export(self, lines: Iterable[bytes]) -> CheckedFile:
        """Check an export by its lines. Raises NotAHead likewise."""
        content = hashlib.sha256()
        ended = False
        for line in lines:
            self._line += 1
            if len(self._doubts) >= MAX_DOUBTS:
                return self._report()
            if ended:
                self._doubt(Doubt.MISPLACED)
                break
            try:
                read = _LINE.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                self._doubt(Doubt.UNREADABLE)
                content.update(line)
                continue
            ended = isinstance(read, ExportEnds)
            self._take(read, content.digest())
            content.update(line)
        if not ended:
            self._doubt(Doubt.CUT_SHORT)
        return self._report()

    def _take(self, line: Line, content: bytes) -> None:
        if isinstance(line, ExportBegins) is not (self._line == 1):
            self._doubt(Doubt.MISPLACED)
        match line:
            case ExportBegins():
                self._stated_issuer = self._issuer = line.issuer
            case HeadLine():
                self._close_head()
                self._take_head(line.head, line.rows, whole=None)
            case RowLine():
                self._take_row(line)
            case ExportEnds():
                self._close_head()
                self._take_end(line, content)
            case never:
                assert_never(never)

    def _take_head(self, token: str, rows: int, *, whole: bool | None) -> None:
        previous, self._head = self._head, None
        self._expected, self._seen = rows, 0
        self._last_row = self._last_index = -1
        try:
            head = read_head(token)
        except NotAHead:
            self._unbroken = False
            self._doubt(Doubt.HEAD_UNREADABLE)
            return
        claims = head.claims
        match head.fault(self._known):
            case Fault.KEY_UNKNOWN:
                self._doubt(Doubt.KEY_UNKNOWN)
            case Fault.SIGNATURE_WRONG:
                self._doubt(Doubt.SIGNATURE_WRONG)
            case _:
                pass
        self._issuer = claims.iss
        self._follow(previous, head)
        self._compare(head)
        self._head = head
        self._heads += 1
        is_whole = rows == claims.size if whole is None else whole
        self._unbroken = self._unbroken and rows == claims.size
        self._tree = TreeBuilder() if is_whole else None

    def _follow(self, previous: Head | None, head: Head) -> None:
        if previous is None:
            return
        if head.claims.head <= previous.claims.head:
            self._doubt(Doubt.CHAIN_BROKEN)
        elif head.claims.head > previous.claims.head + 1:
            self._unbroken = False
        elif (
            head.claims.previous != b64url_encode(previous.hash)
            or head.claims.first != previous.claims.last + 1
        ):
            self._doubt(Doubt.CHAIN_BROKEN)

    def _compare(self, head: Head) -> None:
        while self._kept_next is not None and self._kept_next.claims.head < head.claims.head:
            self._kept_next = next(self._kept, None)
        if self._kept_next is not None and self._kept_next.claims.head == head.claims.head:
            self._compared += 1
            if self._kept_next.token != head.token:
                self._doubt(Doubt.HEAD_REPLACED)

    def _take_row(self, line: RowLine) -> None:
        if self._head is None:
            if not self._doubts:  # otherwise the head could not be read, which was said
                self._doubt(Doubt.MISPLACED)
            return
        self._seen += 1
        claims = self._head.claims
        entry = line.entry
        if entry.id <= self._last_row or not claims.first <= entry.id <= claims.last:
            self._doubt(Doubt.MISPLACED)
        self._last_row = entry.id
        self._first = self._first or entry.id
        self._last = entry.id
        self._rows += 1
        leaf = entry.leaf()
        if self._tree is not None:
            self._tree.add(leaf)
        elif not self._is_under(line, leaf, b64url_decode(claims.root), claims.size):
            self._doubt(Doubt.ROW_NOT_SEALED)
        if line.address is not None and not _is_address(line):
            self._doubt(Doubt.ADDRESS_WRONG)

    def _is_under(self, line: RowLine, leaf: bytes, root: bytes, size: int) -> bool:
        if line.index is None or line.path is None or line.index <= self._last_index:
            return False
        self._last_index = line.index
        try:
            return root_by_path(line.index, size, leaf, decode_path(line.path)) == root
        except ValueError:
            return False

    def _close_head(self) -> None:
        """What can be said of the present head once all of its lines were read."""
        if self._head is None:
            return
        if self._seen != self._expected:
            self._doubt(Doubt.ROWS_MISSING)
        elif self._tree is not None and self._tree.root() != b64url_decode(self._head.claims.root):
            self._doubt(Doubt.ROW_NOT_SEALED)

    def _take_end(self, line: ExportEnds, content: bytes) -> None:
        try:
            signed = read_signed(line.statement, EXPORT_TYPE)
            claims = msgspec.json.decode(signed.payload, type=ExportClaims)
        except (NotSigned, msgspec.DecodeError, UnicodeDecodeError):
            self._doubt(Doubt.UNREADABLE)
            return
        key = self._known.get(signed.kid)
        if key is None:
            self._doubt(Doubt.KEY_UNKNOWN)
        elif not signed.is_signed_by(key):
            self._doubt(Doubt.SIGNATURE_WRONG)
        counted = (self._rows, self._heads)
        if (
            claims.iss != self._stated_issuer
            or claims.sha256 != b64url_encode(content)
            or (line.rows, line.heads) != counted
            or (claims.rows, claims.heads) != counted
        ):
            self._doubt(Doubt.NOT_AS_STATED)

    def _doubt(self, doubt: Doubt) -> None:
        self._doubts.append(Doubtful(doubt, self._line))

    def _report(self) -> CheckedFile:
        return CheckedFile(
            issuer=self._issuer,
            rows=self._rows,
            heads=self._heads,
            first=self._first,
            last=self._last,
            unbroken=self._unbroken and not self._doubts,
            compared=self._compared,
            doubts=tuple(self._doubts),
        )


def _is_address(line: RowLine) -> bool:
    """Whether the entry's source is the hash of this address."""
    if line.address is None or line.salt is None:
        return False
    try:
        hashed = hash_of_source(b64url_decode(line.salt), line.address)
    except ValueError:
        return False
    return line.entry.source == b64url_encode(hashed)
