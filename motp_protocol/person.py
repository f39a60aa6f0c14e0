"""Names and mobile numbers as the protocol keeps them, and as it shows them."""

import re
import unicodedata

MAX_NAME_LENGTH = 60

# Mobile prefixes in Korea: 010, and the older 011 and 016-019 with 3 or 4 middle digits.
_MOBILE = re.compile(r"0(10\d{8}|1[16-9]\d{7,8})")
_SEPARATORS = re.compile(r"[\s().\-\u2010-\u2015\u2212]+")
_FORBIDDEN_IN_NAMES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def normalise_name(name: str) -> str:
    """A name in Unicode NFC, trimmed, with inner blanks folded to one.

    Raises ValueError where nothing is left, where it is longer than
    `MAX_NAME_LENGTH` characters, or where it has no letter or has control characters.
    """
    folded = " ".join(unicodedata.normalize("NFC", name).split())
    if not folded or len(folded) > MAX_NAME_LENGTH:
        raise ValueError("a name has 1 to 60 characters")
    if any(unicodedata.category(character) in _FORBIDDEN_IN_NAMES for character in folded):
        raise ValueError("a name has no control characters")
    if not any(character.isalpha() for character in folded):
        raise ValueError("a name has letters")
    return folded


def normalise_phone(number: str) -> str:
    """A Korean mobile number as E.164 (`+821012345678`).

    Takes `010-1234-5678`, `01012345678`, `+82 10-1234-5678` and other separators;
    raises ValueError for anything that is not a Korean mobile number.
    """
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", number))
    if compact.startswith("+82"):
        compact = "0" + compact[3:].removeprefix("0")
    elif compact.startswith("0082"):
        compact = "0" + compact[4:].removeprefix("0")
    if not (compact.isascii() and _MOBILE.fullmatch(compact)):
        raise ValueError("not a Korean mobile number")
    return "+82" + compact[1:]


def split_phone(e164: str) -> tuple[str, str, str]:
    """The three groups in which a Korean number is read: `("010", "1234", "5678")`."""
    national = "0" + e164.removeprefix("+82")
    return national[:3], national[3:-4], national[-4:]


def mask_phone(e164: str) -> str:
    """A number that shows only its prefix and last four digits: `010-****-5678`."""
    prefix, middle, last = split_phone(e164)
    return f"{prefix}-{'*' * len(middle)}-{last}"


def mask_name(name: str) -> str:
    """A name that shows only its first and last characters: `홍*동`, `이*`."""
    if not name[2:]:
        return name[:-1] + "*"
    inner = "".join(" " if character == " " else "*" for character in name[1:-1])
    return name[0] + inner + name[-1]
