"""Why staff do something: kept in the audit for years, so that no number may be in it."""

import re
import unicodedata
from typing import Literal, TypeAlias

SHORTEST, LONGEST = 2, 200

ReasonFault: TypeAlias = Literal["missing", "too-long", "number"]

# As `motp_verifier.services.audit.reasons` knows a Korean mobile number.
_NUMBER = re.compile(r"(?:\+?82[\s().-]*|0)1[016789][\s().-]*\d{3,4}[\s().-]*\d{4}")


def clean_reason(text: str) -> str:
    """A reason as it is sent: one line, without blanks around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def reason_fault(text: str) -> ReasonFault | None:
    """What is wrong with a reason, or None."""
    reason = clean_reason(text)
    if len(reason) < SHORTEST:
        return "missing"
    if len(reason) > LONGEST:
        return "too-long"
    return "number" if _NUMBER.search(unicodedata.normalize("NFKC", reason)) else None
