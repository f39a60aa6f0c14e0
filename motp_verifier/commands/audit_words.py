"""What the audit's checks find, in sentences."""

from motp_verifier.services.audit.checking import Doubt, Doubtful
from motp_verifier.services.audit.findings import Fault, Finding

FAULTS = {
    Fault.ROW_CHANGED: "was changed after it was sealed",
    Fault.ROW_REMOVED: "was removed after it was sealed",
    Fault.ROW_INSERTED: "was put in after its neighbours were sealed",
    Fault.ROWS_CHANGED: "rows were changed after they were sealed; which ones cannot be told",
    Fault.HEAD_MISSING: "the head is missing",
    Fault.HEAD_CHANGED: "the table says something else than the signed head",
    Fault.HEAD_UNREADABLE: "the head cannot be read",
    Fault.HEAD_REPLACED: "the list has another head of this number",
    Fault.HEADS_CUT_OFF: "the list goes on where the database ends",
    Fault.CHAIN_BROKEN: "the head does not follow the one before",
    Fault.KEY_UNKNOWN: "no key of this verifier signed the head",
    Fault.SIGNATURE_WRONG: "the signature is wrong",
    Fault.FOREIGN_HEAD: "whoever made the head had another master key",
    Fault.DROPPED_UNRECORDED: "rows are gone, and no audit row says that retention took them",
}
DOUBTS = {
    Doubt.UNREADABLE: "cannot be read",
    Doubt.MISPLACED: "does not belong here",
    Doubt.HEAD_UNREADABLE: "the head cannot be read",
    Doubt.KEY_UNKNOWN: "none of the keys signed it",
    Doubt.SIGNATURE_WRONG: "the signature is wrong",
    Doubt.HEAD_REPLACED: "the list has another head of this number",
    Doubt.CHAIN_BROKEN: "the head does not follow the one before",
    Doubt.ROW_NOT_SEALED: "what stands here was not sealed under the head",
    Doubt.ROWS_MISSING: "the head before says that another number of rows follows",
    Doubt.ADDRESS_WRONG: "the address is not the one that was sealed",
    Doubt.CUT_SHORT: "the file ends before its last line",
    Doubt.NOT_AS_STATED: "the verifier signed another export: lines were changed or taken out",
}


def fault_sentence(finding: Finding) -> str:
    """One fault of the database."""
    where = "" if finding.row is None else f", row {finding.row}"
    return f"head {finding.head}{where}: {FAULTS[finding.fault]} ({finding.fault})"


def doubt_sentence(found: Doubtful) -> str:
    """One doubt about a file."""
    return f"line {found.line}: {DOUBTS[found.doubt]} ({found.doubt})"


def many(number: int, thing: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
