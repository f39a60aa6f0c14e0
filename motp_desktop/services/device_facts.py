"""What there is to say of this PC: facts, without a word for people."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from motp_protocol.fields import Lock

Registration: TypeAlias = Literal[
    "none",
    "unconfirmed",
    "resetting",
    "active",
    "pin-locked",
    "code-locked",
    "suspended",
    "revoked",
    "ended",
    "unreadable",
]
"""What is here. `ended` is a vault that cannot be opened any more, `unreadable` one that cannot
be now; `reason` of the status says why."""


@dataclass(frozen=True, slots=True)
class StatusSign:
    """A signed status, fit for a QR code. It is of use to the helpdesk alone, for ten minutes."""

    token: str = field(repr=False)
    expires_at_ms: int


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Facts, without a word for people; nothing here is secret.

    Times are RFC 3339. `skew_seconds` is this PC's clock less the verifier's as last learnt, None
    where it never was. `key_store` names the keychain in use, or is empty where `key_store_fault`
    says why there is none. `reason` is a code for the helpdesk.
    """

    registration: Registration
    reason: str = ""
    short_code: str = ""
    registration_id: str = ""
    name_masked: str = ""
    phone_masked: str = ""
    locks: tuple[Lock, ...] = ()
    last_contact: str | None = None
    skew_seconds: int | None = None
    verifier: str = ""
    app_version: str = ""
    platform: str = ""
    key_store: str = ""
    key_store_fault: str = ""
