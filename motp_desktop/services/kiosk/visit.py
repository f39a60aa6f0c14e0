"""One trainee at the kiosk: the app's own use cases over the profile of a number."""

import contextlib
from dataclasses import dataclass
from typing import NoReturn

from motp_desktop.services import use_cases
from motp_desktop.services.codes import Codes
from motp_desktop.services.confirmation import Confirmation
from motp_desktop.services.enrolment import Enrolment
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.profiles import Profile
from motp_desktop.services.opening import Opening
from motp_desktop.services.outcomes import (
    ConsentReady,
    Ended,
    EnrolmentForm,
    InvalidForm,
    PinChangeOutcome,
    PinRight,
    Started,
    UnlockOutcome,
)
from motp_desktop.services.pin_entry import PinEntries
from motp_desktop.services.ports import (
    Clock,
    DeviceDescription,
    Entropy,
    KeyStoreError,
    KeyStoreFault,
    Slot,
    StepListener,
    StorageError,
    VerifierApi,
)
from motp_desktop.services.session import Session
from motp_desktop.services.sync import Sync
from motp_desktop.services.unlock import Unlock
from motp_desktop.services.vault_keeper import VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.fields import Language
from motp_protocol.keys import Argon2Parameters
from motp_protocol.person import normalise_phone

# The verifier said so of this registration: no PIN opens it ever again. One that it does not
# know (`unknown`) may be another verifier's, for a while.
_OVER = frozenset(
    {"replaced", "reset", "withdrawn", "staff", "cloned", "share-unknown", "vault-damaged"}
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all visits have in common."""

    clock: Clock
    verifier_clock: VerifierClock
    device: DeviceDescription
    argon2: Argon2Parameters
    entropy: Entropy
    on_step: StepListener


class Visit:
    """Implements `use_cases.Visit`."""

    def __init__(
        self,
        kiosk: OpenKiosk,
        profile: Profile,
        e164: str,
        *,
        api: VerifierApi,
        around: Surroundings,
    ) -> None:
        """`profile` is that of the number `e164`. `api` countersigns by the kiosk's key."""
        self.profile = profile
        self._session = Session()
        origin = kiosk.identity.verifier_origin
        keeper = VaultKeeper(
            vaults=profile.vaults,
            device_secret=profile,
            verifier_clock=around.verifier_clock,
            verifier_origin=origin,
            entropy=around.entropy,
        )
        confirmation = Confirmation(
            api=api, keeper=keeper, vaults=profile.vaults, on_step=around.on_step
        )
        self._enrolment = _VisitorsEnrolment(
            Enrolment(
                api=api,
                keeper=keeper,
                device_secret=profile,
                confirmation=confirmation,
                verifier_clock=around.verifier_clock,
                verifier_origin=origin,
                entropy=around.entropy,
                device=around.device,
                argon2=around.argon2,
                on_step=around.on_step,
                kind="kiosk",
            ),
            e164,
        )
        entries = PinEntries(
            keeper=keeper, verifier_clock=around.verifier_clock, entropy=around.entropy
        )
        self._unlock = _VisitorsUnlock(
            Unlock(
                api=api,
                entries=entries,
                session=self._session,
                clock=around.clock,
                device=around.device,
                on_step=around.on_step,
            ),
            profile,
        )
        self._codes = Codes(self._session, around.verifier_clock)
        self._sync = Sync(
            api=api,
            keeper=keeper,
            clock=around.clock,
            verifier_clock=around.verifier_clock,
            device=around.device,
        )
        self._opening = Opening(keeper=keeper, vaults=profile.vaults, key_stores=_NoChoice())

    @property
    def enrolment(self) -> use_cases.Enrolment:
        """Makes the profile a registration of kind `kiosk`."""
        return self._enrolment

    @property
    def unlock(self) -> use_cases.Unlock:
        """From PIN to codes."""
        return self._unlock

    @property
    def codes(self) -> use_cases.Codes:
        """Codes while unlocked."""
        return self._codes

    @property
    def opening(self) -> use_cases.Opening:
        """What there is of this number."""
        return self._opening

    @property
    def sync(self) -> use_cases.Sync:
        """What the verifier says of the registration now."""
        return self._sync

    def forget(self) -> None:
        """Drop the seed; what is being unlocked just now does not open any more."""
        self._session.close()


class _VisitorsEnrolment:
    """Implements `use_cases.Enrolment`, but of nobody else's number: the profile is this one's."""

    def __init__(self, enrolment: Enrolment, e164: str) -> None:
        self._e164 = e164
        self.load_consent = enrolment.load_consent
        self.resend = enrolment.resend
        self.prove = enrolment.prove
        self.confirm = enrolment.confirm
        self.abandon = enrolment.abandon
        self._start = enrolment.start

    def start(self, form: EnrolmentForm, consent: ConsentReady, lang: Language) -> Started:
        if _e164(form.phone) != self._e164:
            return InvalidForm(phone=True)
        return self._start(form, consent, lang)


class _VisitorsUnlock:
    """Implements `use_cases.Unlock`: notes the day of use, and clears away what is over."""

    def __init__(self, unlock: Unlock, profile: Profile) -> None:
        self._unlock = unlock
        self._profile = profile

    def unlock(self, pin: str) -> UnlockOutcome:
        outcome = self._unlock.unlock(pin)
        # What cannot be noted is noted, or cleared away, another day.
        with contextlib.suppress(StorageError):
            match outcome:
                case PinRight():
                    self._profile.touch()
                case Ended(reason) if reason in _OVER:
                    self._profile.vaults.delete(Slot.ACTIVE)
        return outcome

    def change_pin(self, pin: str, new_pin: str) -> PinChangeOutcome:
        return self._unlock.change_pin(pin, new_pin)


class _NoChoice:
    """Implements `ports.KeyStoreChoice`: no trainee decides where the kiosk keeps its secret."""

    def choose_key_file(self) -> NoReturn:
        raise KeyStoreError(KeyStoreFault.FAILED)


def _e164(phone: str) -> str | None:
    try:
        return normalise_phone(phone)
    except ValueError:
        return None
