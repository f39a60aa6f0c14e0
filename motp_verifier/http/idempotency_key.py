"""The header field Idempotency-Key (draft-ietf-httpapi-idempotency-key-header)."""

import re
from typing import Any

from litestar import Request

from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError

MAX_LENGTH = 128
KEY_FORM = f'one text of 1 to {MAX_LENGTH} printable ASCII characters, in "quotes"'

# The draft has a string of RFC 8941 §3.3.3, in quotes. Many clients leave the quotes out,
# so a text without them is taken too, if it has none of the characters that need them.
_QUOTED = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
_BARE = re.compile(r"[A-Za-z0-9._:~+/=@-]+")
_ESCAPED = re.compile(r'\\(["\\])')


def read_idempotency_key(request: Request[Any, Any, Any]) -> str | None:
    """The key of a request, or None where it has none. Raises ProblemError for a bad one."""
    sent = request.headers.getall("idempotency-key", [])
    if not sent:
        return None
    key = read_key(sent[0]) if len(sent) == 1 else None
    if key is None:
        raise ProblemError(
            ProblemType.MALFORMED_REQUEST,
            f"Idempotency-Key is {KEY_FORM}",
        )
    return key


def read_key(value: str) -> str | None:
    """The key that a field value means, or None for none."""
    value = value.strip(" \t")
    if quoted := _QUOTED.fullmatch(value):
        key = _ESCAPED.sub(r"\1", quoted[1])
    elif _BARE.fullmatch(value):
        key = value
    else:
        return None
    return key if 0 < len(key) <= MAX_LENGTH else None
