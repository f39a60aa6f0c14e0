"""What the verifier has for a kiosk itself (docs/protocol.md, "Kiosks")."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.ports import Answer
from motp_protocol.kiosks import (
    KioskConfig,
    KioskEnrolled,
    KioskEnrolment,
    KioskExit,
    KioskReport,
    KioskReported,
)

PublishedKeys: TypeAlias = Mapping[str, bytes]
"""Raw Ed25519 public keys by their thumbprints."""


class KioskApi(Protocol):
    """One verifier's. Every call is bounded in time; see `ports.VerifierApi`."""

    def enrol(self, key: Ed25519PrivateKey, request: KioskEnrolment) -> Answer[KioskEnrolled]: ...

    def config(self, key: Ed25519PrivateKey, kiosk_id: str) -> Answer[KioskConfig]: ...

    def report(
        self, key: Ed25519PrivateKey, kiosk_id: str, report: KioskReport
    ) -> Answer[KioskReported]: ...

    def exit(self, key: Ed25519PrivateKey, kiosk_id: str, request: KioskExit) -> Answer[None]: ...

    def published_keys(self) -> Answer[PublishedKeys]:
        """The keys by which the verifier signs, as it publishes them."""


KioskApis: TypeAlias = Callable[[str], KioskApi]
"""The interface of the verifier at an origin."""
