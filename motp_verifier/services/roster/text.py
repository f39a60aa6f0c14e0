"""The bytes of a roster file as text, or why they are none."""

from dataclasses import dataclass
from enum import Enum

MAX_BYTES = 32 * 1024 * 1024
"""The largest roster file: some 500,000 trainees."""

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class FileFault(Enum):
    """Why a file as a whole is no roster."""

    EMPTY = "empty"
    NO_LINES = "no-lines"
    TOO_LARGE = "too-large"
    WORKBOOK = "workbook"
    UTF16 = "utf-16"
    ENCODING = "encoding"
    NUL = "nul"
    QUOTING = "quoting"
    MISSING_COLUMNS = "missing-columns"
    REPEATED_COLUMN = "repeated-column"


@dataclass(frozen=True, slots=True)
class UnreadableRoster:
    """A file that is no roster: why, from which line on, and which columns it is about."""

    fault: FileFault
    line: int | None = None
    columns: tuple[str, ...] = ()


def decode_text(data: bytes) -> str | UnreadableRoster:
    """The text of a file in UTF-8, with or without a byte order mark, or in CP949.

    A file that is UTF-8 but for some damage is refused rather than taken for CP949,
    as which nearly any bytes make some text.
    """
    fault = _fault_of_whole(data)
    if fault is not None:
        return fault
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data.startswith(_UTF8_BOM) or _is_damaged_utf8(data):
            return UnreadableRoster(FileFault.ENCODING, _line_at(error.object, error.start))
        try:
            text = data.decode("cp949")
        except UnicodeDecodeError as other:
            return UnreadableRoster(FileFault.ENCODING, _line_at(other.object, other.start))
    return text if text.strip() else UnreadableRoster(FileFault.EMPTY)


def _fault_of_whole(data: bytes) -> UnreadableRoster | None:
    if len(data) > MAX_BYTES:
        return UnreadableRoster(FileFault.TOO_LARGE)
    if data.startswith((_ZIP, _OLD_EXCEL)):
        return UnreadableRoster(FileFault.WORKBOOK)
    if data.startswith(_UTF16_BOMS):
        return UnreadableRoster(FileFault.UTF16)
    nul = data.find(b"\0")
    return UnreadableRoster(FileFault.NUL, _line_at(data, nul)) if nul >= 0 else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    syllables = sum("가" <= character <= "힣" for character in text)
    return syllables > text.count("\N{REPLACEMENT CHARACTER}")


def _line_at(data: bytes, offset: int) -> int:
    before = data[:offset]
    return before.count(b"\n") + before.replace(b"\r\n", b"\n").count(b"\r") + 1
