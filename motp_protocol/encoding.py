"""How bytes, times and documents are written on the wire."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
"""JSON without floating-point numbers: the protocol has none in what it hashes."""

_MAX_INTEGER = 2**53 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}:\d{2}\.\d{3}Z", re.ASCII)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def b64url_encode(data: bytes) -> str:
    """Bytes as base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def b64url_decode(text: str, length: int | None = None) -> bytes:
    """The bytes of unpadded base64url text (RFC 4648 §5).

    Only the canonical spelling is taken (§3.5), so that two spellings of one value
    never pass for two values. Raises ValueError for anything else, and where the
    value is not `length` bytes long.
    """
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if b64url_encode(data) != text:
        raise ValueError("not canonical base64url")
    if length is not None and len(data) != length:
        raise ValueError(f"expected {length} bytes, found {len(data)}")
    return data


def format_time(milliseconds: int) -> str:
    """Milliseconds since 1970 as an RFC 3339 UTC time with exactly three decimals.

    Raises ValueError outside the years 1 to 9999.
    """
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_to_the_second(seconds)}.{rest:03d}Z"


@lru_cache(maxsize=256)
def _to_the_second(seconds: int) -> str:
    """Many times are of the same second: it is written once."""
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError as error:
        raise ValueError("a time is in the years 1 to 9999") from error
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def parse_time(text: str) -> int:
    """Milliseconds since 1970 of a time as `format_time` writes it; ValueError otherwise."""
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError("not an RFC 3339 UTC time with milliseconds")
    return (datetime.fromisoformat(text) - _EPOCH) // timedelta(milliseconds=1)


def canonical_json(value: JsonValue) -> bytes:
    """JSON in its canonical form (RFC 8785), for values without floating-point numbers.

    Raises ValueError for what has no such form: integers that JavaScript cannot hold,
    text that is not Unicode.
    """
    return _canonical(value).encode("utf-8")


def _canonical(value: JsonValue) -> str:
    if isinstance(value, Mapping):
        # RFC 8785 §3.2.3: members are sorted by their UTF-16 code units.
        members = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical(k)}:{_canonical(v)}" for k, v in members) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_canonical(item) for item in value) + "]"
    if isinstance(value, int) and abs(value) > _MAX_INTEGER:
        raise ValueError("no canonical form for an integer beyond 2**53 - 1")
    if value is None or isinstance(value, (bool, int, str)):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"no canonical form for {type(value).__name__}")
