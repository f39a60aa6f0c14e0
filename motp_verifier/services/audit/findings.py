"""What a check of the audit can find."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is not as it was sealed."""

    ROW_CHANGED = "row-changed"
    ROW_REMOVED = "row-removed"
    ROW_INSERTED = "row-inserted"
    ROWS_CHANGED = "rows-changed"  # and what would name the row was changed as well
    HEAD_MISSING = "head-missing"
    HEAD_CHANGED = "head-changed"  # the table says something else than the signed head
    HEAD_UNREADABLE = "head-unreadable"
    HEAD_REPLACED = "head-replaced"  # the list has another head of this number
    HEADS_CUT_OFF = "heads-cut-off"  # the list goes on where the database ends
    CHAIN_BROKEN = "chain-broken"
    KEY_UNKNOWN = "key-unknown"
    SIGNATURE_WRONG = "signature-wrong"
    FOREIGN_HEAD = "foreign-head"  # whoever made it had another master key
    DROPPED_UNRECORDED = "dropped-unrecorded"  # no audit row says that retention took it


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at a head's number and, where it can be told, at a row's."""

    fault: Fault
    head: int
    row: int | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was checked, and what was found; nothing found is no findings.

    `dropped` heads have no rows any more, because of retention. `unsealed` rows are newer
    than the last head; `compared` heads were in the list as well.
    """

    heads: int
    rows: int
    dropped: int
    unsealed: int
    compared: int
    findings: tuple[Finding, ...]
