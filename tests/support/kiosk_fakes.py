"""A kiosk without a window: the real use cases on a real disk, over a verifier in memory.

    pc = KioskPc(tmp_path)
    pc.enrol()
    pc.kiosk.refresh()

`restart` is a new process over the same disk, keychain and verifier; `crash_at` makes the
process die when a step is reached.
"""

import hashlib
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.kiosk_services import KioskServices, kiosk_over
from motp_desktop.services.adapters.chosen_key_store import ChosenKeyStore
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.key_file import KeyFile
from motp_desktop.services.kiosk.api import PublishedKeys
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.outcomes import KioskAdded, NoProfile
from motp_desktop.services.kiosk.use_cases import Kiosk, Visit, Visits
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    Proven,
)
from motp_desktop.services.ports import (
    Answer,
    NoAnswer,
    Ok,
    Refused,
    StepListener,
    VerifierApi,
    no_listener,
)
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.encoding import b64url_decode, b64url_encode, format_time
from motp_protocol.jwk import thumbprint
from motp_protocol.kiosks import (
    CONFIG_TYPE,
    KioskClaims,
    KioskConfig,
    KioskEnrolled,
    KioskEnrolment,
    KioskExit,
    KioskReport,
    KioskReported,
)
from motp_protocol.problems import ProblemType
from tests.support.desktop_fakes import CHEAP_ARGON2, PIN, Crash
from tests.support.memory_ports import MemoryKeyStore, TickingClock
from tests.support.memory_verifier import CODE, ORIGIN, MemoryVerifier, Mishap, refusal

T = TypeVar("T")

KIOSK_CODE = "7Q2M-XK4T9A"
PLAIN_CODE = "7Q2MXK4T9A"
EXIT_PIN = "730518"
PHONE = "010-1234-5678"
NAME = "홍길동"
EXIT_TRIES = 5
OFFLINE = NoAnswer("offline")


def sign(claims: KioskClaims, key: Ed25519PrivateKey, **header: str) -> str:
    """A configuration as the verifier signs it; `header` changes members of its header."""
    kid = thumbprint(key.public_key().public_bytes_raw())
    members = {"alg": "EdDSA", "kid": kid, "typ": CONFIG_TYPE} | header
    signed = f"{b64url_encode(msgspec.json.encode(members))}.{b64url_encode(claims.encode())}"
    return f"{signed}.{b64url_encode(key.sign(signed.encode()))}"


class MemoryKioskApi:
    """Implements `KioskApi` for one kiosk. `script` holds what becomes of the calls to come.

    `answer-lost` handles the request and loses the answer; `request-lost` loses both.
    """

    def __init__(self, clock: TickingClock, origin: str = ORIGIN) -> None:
        self.clock = clock
        self.signer = Ed25519PrivateKey.generate()
        self.published = [self.signer]
        self.codes = {PLAIN_CODE}
        self.enrolled: dict[str, KioskEnrolment] = {}
        self.key: bytes | None = None
        self.exit_hash = b""
        self.wrong_exits = 0
        self.reports: list[KioskReport] = []
        self.calls: list[str] = []
        self.script: deque[Mishap | None] = deque()
        self.is_revoked = False
        self.claims = KioskClaims(
            iss=origin,
            sub="kiosk-1",
            iat=1_800_000_000,
            version=1,
            state="active",
            label="1층 로비",
            institution_id="hanbit",
            institution_name="한빛훈련원",
        )

    def change(self, **members: object) -> None:
        """What an operator does: the version grows by one."""
        changed = {"version": self.claims.version + 1} | members
        self.claims = msgspec.structs.replace(self.claims, **changed)

    def enrol(self, key: Ed25519PrivateKey, request: KioskEnrolment) -> Answer[KioskEnrolled]:
        def handle() -> Answer[KioskEnrolled]:
            if request.code not in self.codes:
                return refusal(ProblemType.KIOSK_CODE_WRONG)
            if self.enrolled.setdefault(request.code, request) != request:
                return refusal(ProblemType.KIOSK_CODE_WRONG)
            self.key = key.public_key().public_bytes_raw()
            assert b64url_decode(request.public_key) == self.key
            self.exit_hash = hashlib.sha256(b64url_decode(request.exit_auth)).digest()
            return Ok(KioskEnrolled(kiosk_id=self.claims.sub, config=self.token()))

        return self._run("enrol", handle)

    def config(self, key: Ed25519PrivateKey, kiosk_id: str) -> Answer[KioskConfig]:
        return self._run("config", lambda: Ok(KioskConfig(config=self.token())), key)

    def report(
        self, key: Ed25519PrivateKey, kiosk_id: str, report: KioskReport
    ) -> Answer[KioskReported]:
        def handle() -> Answer[KioskReported]:
            self.reports.append(report)
            return Ok(
                KioskReported(
                    time=format_time(self.clock.now_ms()),
                    state=self.claims.state,
                    config_version=self.claims.version,
                )
            )

        return self._run("report", handle, key)

    def exit(self, key: Ed25519PrivateKey, kiosk_id: str, request: KioskExit) -> Answer[None]:
        def handle() -> Answer[None]:
            if self.wrong_exits >= EXIT_TRIES:
                return refusal(ProblemType.REGISTRATION_LOCKED, retry_after=899)
            if hashlib.sha256(b64url_decode(request.exit_auth)).digest() == self.exit_hash:
                self.wrong_exits = 0
                return Ok(None)
            self.wrong_exits += 1
            left = EXIT_TRIES - self.wrong_exits
            return refusal(ProblemType.PIN_WRONG, attempts_left=left)

        return self._run("exit", handle, key)

    def published_keys(self) -> Answer[PublishedKeys]:
        keys = [key.public_key().public_bytes_raw() for key in self.published]
        return self._run("published_keys", lambda: Ok({thumbprint(each): each for each in keys}))

    def token(self) -> str:
        """The configuration, signed."""
        return sign(self.claims, self.signer)

    def _run(
        self, name: str, handle: Callable[[], Answer[T]], key: Ed25519PrivateKey | None = None
    ) -> Answer[T]:
        self.calls.append(name)
        mishap = self.script.popleft() if self.script else None
        if isinstance(mishap, NoAnswer | Refused):
            return mishap
        if mishap == "request-lost":
            return OFFLINE
        is_known = key is None or key.public_key().public_bytes_raw() == self.key
        if not is_known or self.is_revoked:
            return refusal(ProblemType.BAD_SIGNATURE)
        answer = handle()
        return OFFLINE if mishap == "answer-lost" else answer


class KioskPc:
    """One shared PC: what lasts across restarts, and the use cases of the process that runs."""

    def __init__(self, folder: Path, api: MemoryKioskApi | None = None) -> None:
        self.folder = folder
        self.clock = api.clock if api is not None else TickingClock()
        self.api = api or MemoryKioskApi(self.clock)
        self.verifier = MemoryVerifier(self.clock)
        self.key_store = MemoryKeyStore()
        self.origin = ORIGIN
        self.steps: list[str] = []
        self.crash_at: str | None = None
        self.on_step: StepListener = no_listener
        self.services: KioskServices
        self.restart()

    def restart(self) -> None:
        """Start a new process over what the last one left behind."""
        self.steps = []
        self.verifier_clock = VerifierClock(self.clock)
        self.verifier.teach(self.verifier_clock)
        self.services = kiosk_over(
            self.folder,
            apis=lambda origin: self.api,
            witnessed_api=self._trainee_s,
            key_stores=ChosenKeyStore(self.key_store, KeyFile(DataFolder(self.folder))),
            verifier_origin=self.origin,
            clock=self.clock,
            verifier_clock=self.verifier_clock,
            argon2=CHEAP_ARGON2,
            on_step=self._reach,
        )

    @property
    def kiosk(self) -> Kiosk:
        return self.services.kiosk

    @property
    def visits(self) -> Visits:
        return self.services.visits

    @property
    def visit(self) -> Visit:
        """The visit that goes on."""
        current = self.visits.current
        assert current is not None
        return current

    def enrol(self) -> KioskAdded:
        """A kiosk in service."""
        added = self.kiosk.enrol(KIOSK_CODE, EXIT_PIN)
        assert isinstance(added, KioskAdded), added
        return added

    def meet(self, phone: str = PHONE) -> None:
        """Somebody new types their number."""
        assert self.visits.arrive(phone) == NoProfile()

    def send_code(self, phone: str = PHONE) -> None:
        """The visitor asks for an identity code."""
        consent = self.visit.enrolment.load_consent("ko")
        assert isinstance(consent, ConsentReady)
        form = EnrolmentForm(NAME, phone, PIN)
        assert isinstance(self.visit.enrolment.start(form, consent, "ko"), CodeSent)

    def register(self, phone: str = PHONE) -> None:
        """The visitor registers here, which leaves the codes closed."""
        self.send_code(phone)
        assert isinstance(self.visit.enrolment.prove(CODE), Proven)
        assert isinstance(self.visit.enrolment.confirm(replace=True), Enrolled)

    def profiles(self) -> list[str]:
        """What there is of profiles on disk, in whatever state."""
        path = self.folder / "profiles"
        return sorted(each.name for each in path.iterdir()) if path.exists() else []

    def _trainee_s(self, kiosk: OpenKiosk) -> VerifierApi:
        return self.verifier

    def _reach(self, step: str) -> None:
        self.steps.append(step)
        self.on_step(step)
        if step == self.crash_at:
            self.crash_at = None
            raise Crash(step)
