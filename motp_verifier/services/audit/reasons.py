"""Why somebody looks: said before anything is shown, and kept as long as the audit is."""

import re
import unicodedata

MAX_LENGTH = 200
_NUMBER = re.compile(r"(?:\+?82[\s().-]*|0)1[016789][\s().-]*\d{3,4}[\s().-]*\d{4}")


class BadReason(ValueError):
    """The text is no reason that may be kept; the message says what is wrong."""


def read_reason(text: str) -> str:
    """A reason as it is kept. Raises BadReason.

    A telephone number is refused: an audit row cannot be changed for years, and a person
    must be forgettable at once.
    """
    reason = " ".join(unicodedata.normalize("NFC", text).split())
    if not reason or len(reason) > MAX_LENGTH:
        raise BadReason(f"give a reason of 1 to {MAX_LENGTH} characters")
    if not reason.isprintable():
        raise BadReason("a reason has no control characters")
    if _NUMBER.search(unicodedata.normalize("NFKC", reason)):
        raise BadReason("leave the telephone number out of the reason: it could not be erased")
    return reason
