"""The six-digit code: TOTP (RFC 6238) over HOTP (RFC 4226), made by pyotp."""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pyotp

OtpAlgorithm: TypeAlias = Literal["SHA1", "SHA256", "SHA512"]

WINDOW_STEPS = 1
"""Steps before and after the present one whose code is taken (RFC 6238 §5.2, §6)."""

EARLIER_STEPS = 20
"""So far back a wrong code is told from an old one: ten minutes with a step of 30 s."""

_DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
_SEED_SIZES = {"SHA1": 20, "SHA256": 32, "SHA512": 64}


@dataclass(frozen=True, slots=True)
class OtpProfile:
    """How a registration's codes are made; fixed when it is enrolled.

    `period` is the time step X in seconds (RFC 6238 §4.1).
    """

    algorithm: OtpAlgorithm = "SHA1"
    digits: int = 6
    period: int = 30

    @property
    def seed_size(self) -> int:
        """Bytes of shared secret: the length of the hash's output (RFC 4226 §4, R6)."""
        return _SEED_SIZES[self.algorithm]


def step_at(milliseconds: int, profile: OtpProfile) -> int:
    """The number of the time step in which a moment since 1970 lies (RFC 6238 §4.2)."""
    return milliseconds // (profile.period * 1000)


def milliseconds_left(milliseconds: int, profile: OtpProfile) -> int:
    """How long the code of this moment stays the present one: 1 to period x 1000."""
    length = profile.period * 1000
    return length - milliseconds % length


def code_for_step(seed: bytes, step: int, profile: OtpProfile) -> str:
    """The code of one time step, with its leading zeros."""
    otp = pyotp.HOTP(
        b32encode(seed).decode("ascii"), digits=profile.digits, digest=_DIGESTS[profile.algorithm]
    )
    return otp.at(step)


def matching_step(seed: bytes, code: str, milliseconds: int, profile: OtpProfile) -> int | None:
    """The step within the window whose code this is, the newest first, or None.

    Every step is computed and compared in constant time, whichever one matches.
    """
    present = step_at(milliseconds, profile)
    presented = code.encode("utf-8", "surrogatepass")
    found: int | None = None
    for step in range(max(0, present - WINDOW_STEPS), present + WINDOW_STEPS + 1):
        if hmac.compare_digest(_code_bytes(seed, step, profile), presented):
            found = step
    return found


def is_earlier_code(seed: bytes, code: str, milliseconds: int, profile: OtpProfile) -> bool:
    """Whether this is the code of one of the `EARLIER_STEPS` before the window."""
    presented = code.encode("utf-8", "surrogatepass")
    newest = step_at(milliseconds, profile) - WINDOW_STEPS
    found = False
    for step in range(max(0, newest - EARLIER_STEPS), newest):
        found |= hmac.compare_digest(_code_bytes(seed, step, profile), presented)
    return found


def _code_bytes(seed: bytes, step: int, profile: OtpProfile) -> bytes:
    """What `code_for_step` gives, by RFC 4226 §5.3 and in a quarter of the time."""
    digest = hmac.digest(seed, step.to_bytes(8, "big"), profile.algorithm)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return b"%0*d" % (profile.digits, number % 10**profile.digits)
