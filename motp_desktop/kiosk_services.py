"""The one place where the kiosk's use cases meet their adapters."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from motp_desktop.bootstrap import describe_device
from motp_desktop.config import Settings
from motp_desktop.services.adapters.chosen_key_store import ChosenKeyStore
from motp_desktop.services.adapters.countersigning import CountersigningExchange
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.folder_file import FolderFile
from motp_desktop.services.adapters.http_exchange import Exchange, HttpExchange
from motp_desktop.services.adapters.installation_file import InstallationFile
from motp_desktop.services.adapters.key_file import KeyFile
from motp_desktop.services.adapters.keychain import Keychain
from motp_desktop.services.adapters.kiosk_http import KioskHttp
from motp_desktop.services.adapters.profile_folders import ProfileFolders
from motp_desktop.services.adapters.signed_calls import SignedCalls
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.adapters.verifier_http import VerifierHttp
from motp_desktop.services.device_secret import DeviceSecret
from motp_desktop.services.kiosk import use_cases
from motp_desktop.services.kiosk.api import KioskApis
from motp_desktop.services.kiosk.enrolling import Enrolling
from motp_desktop.services.kiosk.exit_tries import ExitTries
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.keeper import KioskKeeper
from motp_desktop.services.kiosk.kiosk import Kiosk
from motp_desktop.services.kiosk.leaving import Leaving
from motp_desktop.services.kiosk.profiles import Profile, Profiles
from motp_desktop.services.kiosk.upkeep import Upkeep
from motp_desktop.services.kiosk.visit import Surroundings, Visit
from motp_desktop.services.kiosk.visits import Visits
from motp_desktop.services.ports import (
    Clock,
    KeyStore,
    KeyStoreChoice,
    StepListener,
    VerifierApi,
    no_listener,
)
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.keys import Argon2Parameters

FOLDER = "kiosk"
"""In the data folder, beside what a trainee's app on the same account would have."""

PROFILES = "profiles"
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class KioskServices:
    """The use cases, ready to run, and the clocks: opening hours are by the verifier's time."""

    kiosk: use_cases.Kiosk
    visits: use_cases.Visits
    clock: Clock
    key_store: KeyStore
    key_store_choice: KeyStoreChoice
    verifier_clock: VerifierClock


def build_kiosk(
    settings: Settings,
    *,
    clock: Clock | None = None,
    on_step: StepListener = no_listener,
    argon2: Argon2Parameters | None = None,
    key_store: KeyStore | None = None,
    exchange: Exchange | None = None,
) -> KioskServices:
    """Over the real adapters; touches neither disk, keychain nor network yet.

    `settings.verifier_origin` counts for an enrolment alone: an enrolled kiosk stays with the
    verifier that it was enrolled at. The other arguments are as those of `build_services`.
    """
    clock = clock or SystemClock()
    entropy = secrets.token_bytes
    version = describe_device().app_version
    verifier_clock = VerifierClock(clock)
    way = exchange or HttpExchange(proxy=settings.proxy)
    folder = settings.data_dir / FOLDER

    def api_of(origin: str) -> KioskHttp:
        return KioskHttp(
            SignedCalls(
                origin=origin,
                exchange=way,
                clock=clock,
                verifier_clock=verifier_clock,
                entropy=entropy,
                app_version=version,
            )
        )

    def witnessed_api(kiosk: OpenKiosk) -> VerifierHttp:
        return VerifierHttp(
            origin=kiosk.identity.verifier_origin,
            exchange=CountersigningExchange(way, kiosk.key, entropy),
            clock=clock,
            verifier_clock=verifier_clock,
            entropy=entropy,
            app_version=version,
        )

    return kiosk_over(
        folder,
        apis=api_of,
        witnessed_api=witnessed_api,
        key_stores=ChosenKeyStore(key_store or Keychain(), KeyFile(DataFolder(folder))),
        verifier_origin=settings.verifier_origin,
        clock=clock,
        verifier_clock=verifier_clock,
        argon2=argon2 or Argon2Parameters(),
        on_step=on_step,
    )


def kiosk_over(
    path: Path,
    *,
    apis: KioskApis,
    witnessed_api: Callable[[OpenKiosk], VerifierApi],
    key_stores: ChosenKeyStore,
    verifier_origin: str,
    clock: Clock,
    verifier_clock: VerifierClock,
    argon2: Argon2Parameters,
    on_step: StepListener,
) -> KioskServices:
    """Over a verifier, whichever it is, and the folder at `path`.

    `witnessed_api` is a trainee's interface, whose requests the kiosk countersigns.
    """
    entropy = secrets.token_bytes
    device = describe_device()
    folder = DataFolder(path)
    keeper = KioskKeeper(
        identity=FolderFile(folder, "kiosk.vault"),
        applicant=FolderFile(folder, "applicant.vault"),
        device_secret=DeviceSecret(key_stores, InstallationFile(folder, entropy), entropy),
        entropy=entropy,
    )
    profiles = Profiles(
        folders=ProfileFolders(path / PROFILES), verifier_clock=verifier_clock, entropy=entropy
    )

    def open_visit(kiosk: OpenKiosk, profile: Profile, e164: str) -> Visit:
        named = replace(device, label=kiosk.identity.claims.label[:_LONGEST] or device.label)
        around = Surroundings(clock, verifier_clock, named, argon2, entropy, on_step)
        return Visit(kiosk, profile, e164, api=witnessed_api(kiosk), around=around)

    visits = Visits(keeper=keeper, profiles=profiles, open_visit=open_visit)
    kiosk = Kiosk(
        enrolling=Enrolling(
            keeper=keeper,
            apis=apis,
            verifier_origin=verifier_origin,
            device=device,
            argon2=argon2,
            entropy=entropy,
            on_step=on_step,
            on_enrolled=visits.sweep,
        ),
        upkeep=Upkeep(
            keeper=keeper,
            apis=apis,
            clock=clock,
            device=device,
            users_today=profiles.users_today,
        ),
        leaving=Leaving(
            keeper=keeper,
            apis=apis,
            tries=ExitTries(FolderFile(folder, "exit-tries.vault"), verifier_clock, entropy),
            entropy=entropy,
        ),
    )
    return KioskServices(kiosk, visits, clock, key_stores, key_stores, verifier_clock)
