"""Looks for secrets in bytes, however they may be spelled there."""

import base64
import re
import unicodedata
from collections.abc import Mapping

_TEXT_ENCODINGS = ("utf-8", "utf-16-le", "cp949")
_CODE = re.compile(r"[0-9]{4,8}")
_LEAST_INSIDE = 9
"""Bytes that a text has at least for its base64 inside something longer to be told from chance."""


class SecretHunt:
    """Secrets by what they are, and the bytes by which each would give itself away."""

    def __init__(self) -> None:
        self._spellings: dict[bytes, str] = {}
        self._short: dict[re.Pattern[bytes], str] = {}

    def add_bytes(self, what: str, secret: bytes) -> None:
        """A key or a seed: raw, hex, base64 of both alphabets, base32, and inside a longer text."""
        standard = base64.b64encode(secret).rstrip(b"=")
        urlsafe = base64.urlsafe_b64encode(secret).rstrip(b"=")
        b32 = base64.b32encode(secret).rstrip(b"=")
        hexed = secret.hex().encode()
        for spelling in (secret, hexed, hexed.upper(), standard, urlsafe, b32, b32.lower()):
            self._spellings[spelling] = what
        for spelling in _inside_base64(secret):
            self._spellings[spelling] = what
        self._spellings[repr(secret)[2:-1].encode()] = what

    def add_text(self, what: str, text: str) -> None:
        """A name, a PIN or a code: composed or not, in any encoding, escaped, hex, base64.

        So few digits as a code has are by chance in many a longer number, hash or id: plain,
        they count where neither letters nor digits are beside them.
        """
        if _CODE.fullmatch(text):
            plain = text.encode()
            self._short[re.compile(rb"(?<![0-9A-Za-z])" + plain + rb"(?![0-9A-Za-z])")] = what
            self._spellings[base64.b64encode(plain).rstrip(b"=")[:-1]] = what
            self._spellings[plain.hex().encode()] = what
            self._spellings[text.encode("utf-16-le")] = what
            return
        for form in ("NFC", "NFD"):
            spelled = unicodedata.normalize(form, text)
            for encoding in _TEXT_ENCODINGS:
                if form == "NFC" or encoding != "cp949":
                    self._spellings[spelled.encode(encoding)] = what
            plain = spelled.encode()
            self._spellings[spelled.encode("unicode_escape")] = what
            self._spellings[base64.b64encode(plain).rstrip(b"=")[:-1]] = what
            self._spellings[plain.hex().encode()] = what
            self._spellings[plain.hex().upper().encode()] = what
            if len(plain) >= _LEAST_INSIDE:
                for spelling in _inside_base64(plain):
                    self._spellings[spelling] = what

    def add_phone(self, what: str, phone: str) -> None:
        """A number: what lies between prefix and end gives it away in every spelling."""
        _, middle, last = phone.split("-")
        for separator in ("", "-", " ", ".", "%20", "%2D"):
            self.add_text(what, f"{middle}{separator}{last}")
        # Among digits eight could be chance, in base64 and hex eleven are none.
        self.add_text(what, phone.replace("-", ""))
        self.add_text(what, f"+82{phone.replace('-', '')[1:]}")

    def found_in(self, places: Mapping[str, bytes]) -> list[tuple[str, str]]:
        """Which secret lies where."""
        return sorted(
            {
                (what, place)
                for place, data in places.items()
                for spelling, what in self._spellings.items()
                if spelling in data
            }
            | {
                (what, place)
                for place, data in places.items()
                for pattern, what in self._short.items()
                if pattern.search(data)
            }
        )


def _inside_base64(secret: bytes) -> list[bytes]:
    """What stays of the base64 of a secret when other bytes stand before and behind it."""
    spellings = []
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + secret).rstrip(b"=")
        # The first letters are shared with the byte before, the last with the one behind.
        middle = encoded[(0, 2, 3)[before] : -1]
        spellings += [middle, middle.translate(bytes.maketrans(b"+/", b"-_"))]
    return spellings
