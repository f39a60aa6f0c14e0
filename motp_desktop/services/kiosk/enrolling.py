"""Making this PC a kiosk. Cut off anywhere, it is gone on with by calling it again."""

from collections.abc import Callable
from typing import assert_never

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motp_desktop.services.kiosk.api import KioskApi, KioskApis
from motp_desktop.services.kiosk.exit_pin import ExitKeys, exit_keys, is_suitable
from motp_desktop.services.kiosk.identity import Applicant, Identity
from motp_desktop.services.kiosk.keeper import KioskKeeper
from motp_desktop.services.kiosk.outcomes import (
    EnrolKioskOutcome,
    ExitPinUnsuitable,
    KioskAdded,
    KioskCodeWrong,
)
from motp_desktop.services.kiosk.signed_config import read_config
from motp_desktop.services.outcomes import KeyStoreTrouble, StorageTrouble, UnexpectedRefusal
from motp_desktop.services.ports import (
    DeviceDescription,
    Entropy,
    KeyStoreError,
    NoAnswer,
    Ok,
    Refused,
    StepListener,
    StorageError,
)
from motp_desktop.services.refusals import other_refusal
from motp_protocol.encoding import b64url_encode
from motp_protocol.keys import KEY_SIZE, SALT_SIZE, Argon2Parameters
from motp_protocol.kiosks import KioskEnrolled, KioskEnrolment
from motp_protocol.problems import Problem, ProblemType

ENROL_STEPS = ("kiosk.1", "kiosk.2", "kiosk.3", "kiosk.4")
"""Applicant kept; request about to leave; answered; identity kept."""

CODE_LENGTH = 10
# Crockford's: what is misread or misheard is taken for what was meant.
_MEANT = str.maketrans("ILO", "110", " -\t")
_ALPHABET = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def normalise_code(text: str) -> str | None:
    """A code as somebody typed it, in its one spelling, or None where it is none."""
    code = text.strip().upper().translate(_MEANT)
    return code if len(code) == CODE_LENGTH and set(code) <= _ALPHABET else None


class Enrolling:
    """Implements `use_cases.Kiosk.enrol`."""

    def __init__(
        self,
        *,
        keeper: KioskKeeper,
        apis: KioskApis,
        verifier_origin: str,
        device: DeviceDescription,
        argon2: Argon2Parameters,
        entropy: Entropy,
        on_step: StepListener,
        on_enrolled: Callable[[], None],
    ) -> None:
        """`on_enrolled` is told when there is a new identity: what was an old one's is to go."""
        self._keeper = keeper
        self._apis = apis
        self._verifier_origin = verifier_origin
        self._device = device
        self._argon2 = argon2
        self._entropy = entropy
        self._on_step = on_step
        self._on_enrolled = on_enrolled

    def enrol(self, code: str, exit_pin: str) -> EnrolKioskOutcome:
        """See `use_cases.Kiosk`. The same code and PIN again, after a lost answer, go on."""
        if not is_suitable(exit_pin):
            return ExitPinUnsuitable()
        normal = normalise_code(code)
        if normal is None:
            return KioskCodeWrong()
        try:
            return self._enrol(normal, exit_pin)
        except KeyStoreError as error:
            return KeyStoreTrouble(error.fault)
        except StorageError as error:
            return StorageTrouble(error.fault)

    def _enrol(self, code: str, exit_pin: str) -> EnrolKioskOutcome:
        secret = self._keeper.secret_for_enrolment()
        applicant = self._applicant(code, secret)
        self._on_step("kiosk.1")
        keys = exit_keys(exit_pin, applicant.exit_salt, applicant.argon2, secret)
        key = Ed25519PrivateKey.from_private_bytes(applicant.signing_key)
        api = self._apis(self._verifier_origin)
        request = KioskEnrolment(
            code=code,
            public_key=b64url_encode(key.public_key().public_bytes_raw()),
            exit_auth=b64url_encode(keys.auth),
            platform=self._device.platform,
            app_version=self._device.app_version,
        )
        self._on_step("kiosk.2")
        match api.enrol(key, request):
            case NoAnswer() as none:
                return none
            case Refused(problem):
                return _refused(problem)
            case Ok(enrolled):
                self._on_step("kiosk.3")
                return self._keep(api, applicant, keys, enrolled, secret)
            case never:
                assert_never(never)

    def _applicant(self, code: str, secret: bytes) -> Applicant:
        waiting = self._keeper.load_applicant(secret)
        if (
            waiting is not None
            and waiting.code == code
            and waiting.verifier_origin == self._verifier_origin
        ):
            return waiting
        applicant = Applicant(
            code=code,
            verifier_origin=self._verifier_origin,
            signing_key=self._entropy(KEY_SIZE),
            exit_salt=self._entropy(SALT_SIZE),
            argon2=self._argon2,
        )
        self._keeper.save_applicant(applicant, secret)
        return applicant

    def _keep(
        self,
        api: KioskApi,
        applicant: Applicant,
        keys: ExitKeys,
        enrolled: KioskEnrolled,
        secret: bytes,
    ) -> EnrolKioskOutcome:
        match api.published_keys():
            case NoAnswer() as none:
                return none
            case Refused(problem):
                return other_refusal(problem)
            case Ok(published):
                pass
            case never:
                assert_never(never)
        try:
            claims = read_config(
                enrolled.config,
                published,
                issuer=applicant.verifier_origin,
                kiosk_id=enrolled.kiosk_id,
                least_version=0,
            )
        except ValueError:
            return UnexpectedRefusal("bad-config")
        identity = Identity(
            kiosk_id=enrolled.kiosk_id,
            verifier_origin=applicant.verifier_origin,
            signing_key=applicant.signing_key,
            exit_salt=applicant.exit_salt,
            exit_check=keys.check,
            argon2=applicant.argon2,
            keys=dict(published),
            claims=claims,
        )
        self._keeper.save(identity, secret)
        self._on_step("kiosk.4")
        self._on_enrolled()
        self._keeper.forget_applicant()
        return KioskAdded(claims)


def _refused(problem: Problem) -> EnrolKioskOutcome:
    if problem.known_type is ProblemType.KIOSK_CODE_WRONG:
        return KioskCodeWrong()
    return other_refusal(problem)
