"""Whether heads follow each other, are signed, and are those of an exported list."""

import hmac
from collections.abc import Iterator, Mapping

from motp_protocol.encoding import b64url_encode
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.audit.findings import Fault, Finding
from motp_verifier.services.audit.heads import Head, NotAHead, head_hash, read_head
from motp_verifier.services.audit.sealer import head_mac
from motp_verifier.store.audit_heads import HeadRow


class UnsortedHeads(ValueError):
    """The list of heads is not in the order of their numbers."""


class ChainCheck:
    """Takes heads in their order and tells what is wrong with each.

    `known` are public keys by their ids; `exported` are heads that were kept elsewhere, in
    the order of their numbers, with gaps or without.
    """

    def __init__(
        self, keys: MasterKeys, known: Mapping[str, bytes], exported: Iterator[Head]
    ) -> None:
        self._keys = keys
        self._known = known
        self._exported = exported
        self._next = next(exported, None)
        self._expected = 1
        self._previous: HeadRow | None = None
        self.compared = 0

    def check(self, row: HeadRow) -> Iterator[Finding]:
        """The faults of the next head. Raises UnsortedHeads."""
        if row.number != self._expected:
            yield Finding(Fault.HEAD_MISSING, self._expected)
        fault = self._fault(row)
        if fault is not None:
            yield Finding(fault, row.number)
        yield from self._compare(row)
        self._expected = row.number + 1
        self._previous = row

    def end(self) -> Iterator[Finding]:
        """What is wrong once there is no further head."""
        if self._next is not None:
            yield Finding(Fault.HEADS_CUT_OFF, self._next.claims.head)

    def _fault(self, row: HeadRow) -> Fault | None:
        try:
            head = read_head(row.token)
        except NotAHead:
            return Fault.HEAD_UNREADABLE
        if fault := head.fault(self._known):
            return fault
        if not hmac.compare_digest(row.mac, head_mac(self._keys, row.token)):
            return Fault.FOREIGN_HEAD
        if not _says(head, row):
            return Fault.HEAD_CHANGED
        follows = row.number == self._expected  # otherwise what it follows is missing
        if follows and not self._is_chained(head):
            return Fault.CHAIN_BROKEN
        return None

    def _is_chained(self, head: Head) -> bool:
        if self._previous is None:
            return head.claims.previous is None and head.claims.first == 1
        return (
            head.claims.previous == b64url_encode(head_hash(self._previous.token))
            and head.claims.first == self._previous.last_id + 1
        )

    def _compare(self, row: HeadRow) -> Iterator[Finding]:
        while self._next is not None and self._next.claims.head < row.number:
            yield Finding(Fault.HEAD_MISSING, self._next.claims.head)
            self._advance()
        if self._next is not None and self._next.claims.head == row.number:
            self.compared += 1
            if self._next.token != row.token:
                yield Finding(Fault.HEAD_REPLACED, row.number)
            self._advance()

    def _advance(self) -> None:
        last = self._next
        self._next = next(self._exported, None)
        if last is not None and self._next and self._next.claims.head <= last.claims.head:
            raise UnsortedHeads(f"head {self._next.claims.head} comes after {last.claims.head}")


def _says(head: Head, row: HeadRow) -> bool:
    claims = head.claims
    return (
        claims.head == row.number
        and claims.first == row.first_id
        and claims.last == row.last_id
        and claims.size == row.size
        and claims.root == b64url_encode(row.root)
        and claims.iat == row.at // 1000
    )
