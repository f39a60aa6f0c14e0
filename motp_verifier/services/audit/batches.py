"""Whether the rows under a head are those that were sealed, and if not, which is the first."""

from motp_verifier.services.audit.findings import Fault, Finding
from motp_verifier.services.audit.leaf import leaf_of
from motp_verifier.services.audit.leaves import LeafList
from motp_verifier.services.audit.merkle import root_of
from motp_verifier.store.audit import AuditRow
from motp_verifier.store.audit_heads import HeadRow


def is_whole(head: HeadRow, rows: list[AuditRow]) -> bool:
    """Whether these rows hash to the head's root."""
    return len(rows) == head.size and root_of([leaf_of(row) for row in rows]) == head.root


def first_difference(head: HeadRow, rows: list[AuditRow], packed: bytes | None) -> Finding:
    """Where rows that are not whole differ first, by what they hashed to when sealed."""
    sealed = LeafList(packed or b"")
    if len(sealed) != head.size or root_of([leaf for _, leaf in sealed]) != head.root:
        return Finding(Fault.ROWS_CHANGED, head.number)
    found = iter(rows)
    row = next(found, None)
    for row_id, leaf in sealed:
        if row is not None and row.id < row_id:
            return Finding(Fault.ROW_INSERTED, head.number, row.id)
        if row is None or row.id > row_id:
            return Finding(Fault.ROW_REMOVED, head.number, row_id)
        if leaf_of(row) != leaf:
            return Finding(Fault.ROW_CHANGED, head.number, row_id)
        row = next(found, None)
    return Finding(Fault.ROW_INSERTED, head.number, None if row is None else row.id)
