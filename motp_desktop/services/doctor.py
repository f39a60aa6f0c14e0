"""Looks for what may keep the app from working on this PC."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from motp_desktop.services.ports import (
    KeyStore,
    KeyStoreError,
    NoAnswer,
    Ok,
    Refused,
    StorageError,
    VerifierApi,
)
from motp_desktop.services.verifier_clock import VerifierClock

Verdict: TypeAlias = Literal["ok", "warn", "bad"]
Part: TypeAlias = Literal[
    "data-folder", "key-store", "network", "certificate", "clock", "libraries", "font"
]

LITTLE_SPACE = 50 * 1024 * 1024
SKEW_SECONDS = 5
PROBE = "doctor-probe"
KEY_STORE_SECONDS = 15.0
PROTOCOL = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part. `code` says what, `detail` is a fact beside it, not a secret."""

    part: Part
    verdict: Verdict
    code: str
    detail: str = ""


class ProbedFolder(Protocol):
    """The data folder, for trying it out."""

    def probe(self) -> int:
        """Write and delete a file; the bytes that are free. Raises StorageError."""


Within: TypeAlias = Callable[[Callable[[], Finding], float], Finding | None]
"""Does something for so many seconds at most; None where it was not done by then."""


class Doctor:
    """Implements `use_cases.Doctor`."""

    def __init__(
        self,
        *,
        folder: ProbedFolder,
        key_store: KeyStore,
        api: VerifierApi,
        verifier_clock: VerifierClock,
        is_plain: bool,
        within: Within,
    ) -> None:
        """`is_plain`: the verifier is on this PC, so that there is no certificate."""
        self._folder = folder
        self._key_store = key_store
        self._api = api
        self._verifier_clock = verifier_clock
        self._is_plain = is_plain
        self._within = within

    def examine(self) -> list[Finding]:
        """Try each part out; takes seconds where something does not answer."""
        return [self._try_folder(), self._try_key_store(), *self._try_verifier()]

    def _try_folder(self) -> Finding:
        try:
            free = self._folder.probe()
        except StorageError as error:
            return Finding("data-folder", "bad", f"storage-{error.fault.value}")
        if free < LITTLE_SPACE:
            return Finding("data-folder", "warn", "little-space", f"{free // 1024} KiB")
        return Finding("data-folder", "ok", "writable")

    def _try_key_store(self) -> Finding:
        # A locked keychain waits for as long as its prompt is not answered.
        found = self._within(self._key_store_finding, KEY_STORE_SECONDS)
        return found or Finding("key-store", "bad", "key-store-waits")

    def _key_store_finding(self) -> Finding:
        try:
            self._key_store.save(PROBE, b"probe")
            is_kept = self._key_store.load(PROBE) == b"probe"
            self._key_store.delete(PROBE)
            name = self._key_store.description
        except KeyStoreError as error:
            return Finding("key-store", "bad", f"key-store-{error.fault.value}")
        if not is_kept:
            return Finding("key-store", "bad", "key-store-failed", name)
        if name == "key file":
            return Finding("key-store", "warn", "key-file")
        return Finding("key-store", "ok", "kept", name)

    def _try_verifier(self) -> list[Finding]:
        answer = self._api.service()
        match answer:
            case NoAnswer(reason):
                if reason.startswith("tls"):
                    return [Finding("certificate", "bad", reason)]
                return [Finding("network", "bad", reason)]
            case Refused(problem):
                return [Finding("network", "bad", "refused", str(problem.status))]
            case Ok(service) if service.protocol != PROTOCOL:
                return [Finding("network", "bad", "other-protocol", str(service.protocol))]
            case Ok():
                certificate = "not-needed" if self._is_plain else "trusted"
                return [
                    Finding("network", "ok", "answers"),
                    Finding("certificate", "ok", certificate),
                    self._clock_finding(),
                ]

    def _clock_finding(self) -> Finding:
        skew = round(self._verifier_clock.skew_ms() / 1000)
        if abs(skew) < SKEW_SECONDS:
            return Finding("clock", "ok", "right", f"{skew:+d} s")
        return Finding("clock", "warn", "fast" if skew > 0 else "slow", f"{skew:+d} s")
