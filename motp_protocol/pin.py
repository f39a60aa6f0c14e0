"""Which PINs are taken.

Four to eight ASCII digits. The obvious ones are refused, as NIST SP 800-63B-4 §3.1.1.2
asks of any secret that a person chooses: those that a guesser tries first.
"""

from enum import Enum
from itertools import pairwise

from motp_protocol.person import normalise_phone, split_phone

MIN_LENGTH = 4
MAX_LENGTH = 8
RECOMMENDED_LENGTH = 6

# Keypad columns and pairs that head every published list of used PINs.
_FREQUENT = frozenset(
    {"1004", "2580", "0852", "1122", "2468", "1357", "159357", "147258", "789456", "456123"}
)


class PinFault(Enum):
    """Why a PIN is refused."""

    NOT_DIGITS = "not-digits"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    TOO_COMMON = "too-common"
    FROM_PHONE = "from-phone"


def pin_fault(
    pin: str, phone: str = "", *, minimum: int = MIN_LENGTH, maximum: int = MAX_LENGTH
) -> PinFault | None:
    """Why `pin` may not be used, or None where it may.

    `phone` is the trainee's own number in any spelling, or empty; a PIN that is a run
    of its digits is refused. `minimum` and `maximum` are the verifier's policy.
    """
    if not (pin.isascii() and pin.isdigit()):
        return PinFault.NOT_DIGITS if pin else PinFault.TOO_SHORT
    if len(pin) < minimum:
        return PinFault.TOO_SHORT
    if len(pin) > maximum:
        return PinFault.TOO_LONG
    if _is_common(pin):
        return PinFault.TOO_COMMON
    if pin in _phone_digits(phone):
        return PinFault.FROM_PHONE
    return None


def _phone_digits(phone: str) -> str:
    """The number's digits as they are dialled at home and from abroad, with a gap between."""
    try:
        e164 = normalise_phone(phone)
    except ValueError:
        return "".join(character for character in phone if character.isdigit())
    return f"{''.join(split_phone(e164))} {e164}"


def _is_common(pin: str) -> bool:
    digits = [int(character) for character in pin]
    steps = {(b - a) % 10 for a, b in pairwise(digits)}
    is_repetition = any(
        pin == pin[:size] * (len(pin) // size)
        for size in range(1, len(pin) // 2 + 1)
        if len(pin) % size == 0
    )
    is_run = len(steps) == 1 and steps <= {0, 1, 9}
    return is_repetition or is_run or pin in _FREQUENT or _is_year(pin)


def _is_year(pin: str) -> bool:
    return len(pin) == MIN_LENGTH and pin[:2] in {"19", "20"}
