"""Forms as bytes: `application/x-www-form-urlencoded` (WHATWG URL §5.1), read strictly.

The framework's own reader keeps broken percent-encoding, and puts a question mark in the
place of what it cannot decode: a name would become somebody else's.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

MEDIA_TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 100

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105 - RFC 9110 §5.6.2, not a password
_PARAMETER = re.compile(rf"[ \t]*;[ \t]*(?:({_TOKEN})=(?:({_TOKEN})|\"([^\"\\]*)\"))?")
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
# The labels of the WHATWG Encoding Standard §4.2, which means by EUC-KR what Windows does.
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    **dict.fromkeys(
        ("euc-kr", "cseuckr", "csksc56011987", "iso-ir-149", "korean", "ks_c_5601-1987",
         "ks_c_5601-1989", "ksc5601", "ksc_5601", "windows-949", "cp949"),
        "cp949",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """The fields that were asked for, each at most once; those missing are not there."""

    fields: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrongContentType:
    """Not a form, or one in an encoding that is not known."""


@dataclass(frozen=True, slots=True)
class BrokenForm:
    """A form of which some part cannot be read, or can be read in two ways."""


FormBody: TypeAlias = Form | WrongContentType | BrokenForm


def codec_of(content_types: Sequence[str]) -> str | None:
    """The codec of a form by its `Content-Type` fields: UTF-8 where none is named."""
    if len(content_types) != 1:
        return None
    media_type, semicolon, rest = content_types[0].partition(";")
    if media_type.strip(" \t").lower() != MEDIA_TYPE:
        return None
    parameters, position, charset = semicolon + rest, 0, ""
    while position < len(parameters.rstrip(" \t")):
        found = _PARAMETER.match(parameters, position)
        if found is None:
            return None
        if (found[1] or "").lower() == "charset":
            if charset:
                return None
            charset = (found[2] or found[3] or "").strip(" ").lower() or "?"
        position = found.end()
    return _CODECS.get(charset or "utf-8")


def read_form(content_types: Sequence[str], body: bytes, names: Collection[str]) -> FormBody:
    """Read the fields of these names. Others are ignored, but must be readable too."""
    codec = codec_of(content_types)
    if codec is None:
        return WrongContentType()
    parts = [each for each in body.split(b"&") if each]
    if len(parts) > MAX_FIELDS:
        return BrokenForm()
    fields: dict[str, str] = {}
    try:
        for part in parts:
            name, _, value = (_decoded(each, codec) for each in part.partition(b"="))
            if name in fields:
                return BrokenForm()
            if name in names:
                fields[name] = value
    except ValueError:
        return BrokenForm()
    return Form(fields)


def _decoded(text: bytes, codec: str) -> str:
    if _BROKEN.search(text):
        raise ValueError("a percent sign without two hexadecimal digits")
    spaced = text.replace(b"+", b" ")
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), spaced).decode(codec)
