"""The administrator's exit PIN: what is sent of it, and what it is asked for offline."""

import hmac
from dataclasses import dataclass, field

from motp_protocol.keys import Argon2Parameters, hkdf_expand, pin_keys, stretch_pin
from motp_protocol.pin import pin_fault

SHORTEST = 6
LONGEST = 12


@dataclass(frozen=True, slots=True)
class ExitKeys:
    """`auth` is sent, and the verifier keeps its SHA-256; `check` is kept sealed here."""

    auth: bytes = field(repr=False)
    check: bytes = field(repr=False)

    def opens(self, check: bytes) -> bool:
        """Whether this is the PIN that `check` was made of."""
        return hmac.compare_digest(self.check, check)


def is_suitable(pin: str) -> bool:
    """Six to twelve digits, and none of those that are tried first."""
    return pin_fault(pin, minimum=SHORTEST, maximum=LONGEST) is None


def exit_keys(pin: str, salt: bytes, cost: Argon2Parameters, device_secret: bytes) -> ExitKeys:
    """The keys of a typed PIN; takes as long as stretching one does.

    Characters that no PIN has make it a wrong one.
    """
    typed = pin.encode("ascii", "replace").decode("ascii")
    keys = pin_keys(stretch_pin(typed, salt, cost), device_secret)
    return ExitKeys(keys.pin_auth, hkdf_expand(keys.wrap, "motp/v1 kiosk exit check"))
