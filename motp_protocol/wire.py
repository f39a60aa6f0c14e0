"""Messages as JSON."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def encode(message: msgspec.Struct) -> bytes:
    """A message as UTF-8 JSON."""
    return msgspec.json.encode(message)


def decode(data: bytes, kind: type[T]) -> T:
    """A message of this kind; ValueError, naming the member, for anything else.

    Deep nesting, wrong types, bad UTF-8 and missing members all end here.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
