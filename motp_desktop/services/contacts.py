"""When the verifier last answered for this registration, and what it said."""

from typing import Protocol

import msgspec

from motp_protocol.fields import Lock, RegistrationState, RevocationReason, Timestamp


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of the verifier, as far as it lasts. `at` is the verifier's time.

    `registration` is the short code of the one that it was about. `skew_seconds` is this PC's
    clock less the verifier's. `auto_lock_seconds` is the policy's.
    No personal data: it lies on disk as it is.
    """

    registration: str
    at: Timestamp
    state: RegistrationState
    reason: RevocationReason | None = None
    locks: tuple[Lock, ...] = ()
    skew_seconds: float = 0.0
    auto_lock_seconds: int | None = None


class ContactBook(Protocol):
    """Where the last contact is kept. It may be lost without harm: no method raises."""

    def note(self, contact: Contact) -> None:
        """Keep it in place of the one before."""

    def last(self) -> Contact | None:
        """The last one, or None where none is known."""

    def forget(self) -> None:
        """The registration is gone, and what was said of it with it."""
