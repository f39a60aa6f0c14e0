"""The one place where use cases meet their adapters."""

import platform
import secrets
import socket
from dataclasses import dataclass

from motp_desktop.config import Settings
from motp_desktop.services import use_cases
from motp_desktop.services.adapters.chosen_key_store import ChosenKeyStore
from motp_desktop.services.adapters.contact_file import ContactFile
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.http_exchange import Exchange, HttpExchange
from motp_desktop.services.adapters.installation_file import InstallationFile
from motp_desktop.services.adapters.key_file import KeyFile
from motp_desktop.services.adapters.keychain import Keychain
from motp_desktop.services.adapters.links import Links
from motp_desktop.services.adapters.log_file import LogFile
from motp_desktop.services.adapters.origins import normalise_origin
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.adapters.private_file import write_private
from motp_desktop.services.adapters.probes import FolderProbe, within
from motp_desktop.services.adapters.session_entries import session_entries
from motp_desktop.services.adapters.setting_values import read_proxy
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.adapters.vault_files import VaultFiles
from motp_desktop.services.adapters.verifier_http import VerifierHttp
from motp_desktop.services.adapters.verifier_probe import HttpVerifierProbe
from motp_desktop.services.approvals import Approvals
from motp_desktop.services.codes import Codes
from motp_desktop.services.confirmation import Confirmation
from motp_desktop.services.consent_renewal import ConsentRenewal
from motp_desktop.services.device_secret import DeviceSecret
from motp_desktop.services.device_status import StatusDesk
from motp_desktop.services.doctor import Doctor
from motp_desktop.services.enrolment import Enrolment
from motp_desktop.services.name_proof import NameProof
from motp_desktop.services.opening import Opening
from motp_desktop.services.pin_entry import PinEntries
from motp_desktop.services.ports import (
    Clock,
    DeviceDescription,
    KeyStore,
    StepListener,
    no_listener,
)
from motp_desktop.services.records import Records
from motp_desktop.services.report import Diagnostics
from motp_desktop.services.reset import Reset
from motp_desktop.services.session import Session
from motp_desktop.services.session_start import SessionStart
from motp_desktop.services.settings_desk import SettingsDesk
from motp_desktop.services.sync import Sync
from motp_desktop.services.unlock import Unlock
from motp_desktop.services.vault_keeper import VaultKeeper
from motp_desktop.services.verifier_clock import VerifierClock
from motp_desktop.version import installed_version
from motp_protocol.keys import Argon2Parameters

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, ready to run, and the clock that times what they tell."""

    opening: use_cases.Opening
    enrolment: use_cases.Enrolment
    unlock: use_cases.Unlock
    codes: use_cases.Codes
    sync: use_cases.Sync
    records: use_cases.Records
    name_proof: use_cases.NameProof
    consent_renewal: use_cases.ConsentRenewal
    reset: use_cases.Reset
    links: use_cases.Links
    approvals: use_cases.Approvals
    session_start: use_cases.SessionStart
    status_desk: use_cases.StatusDesk
    doctor: use_cases.Doctor
    diagnostics: use_cases.Diagnostics
    settings_desk: use_cases.SettingsDesk
    key_store: KeyStore
    clock: Clock


def build_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    on_step: StepListener = no_listener,
    argon2: Argon2Parameters | None = None,
    key_store: KeyStore | None = None,
    exchange: Exchange | None = None,
) -> Services:
    """The use cases over the real adapters; touches neither disk, keychain nor network yet.

    `key_store` stands in for the keychain, `argon2` for the cost of a PIN and `exchange` for
    the network, in tests.
    """
    clock = clock or SystemClock()
    entropy = secrets.token_bytes
    device = describe_device()
    verifier_clock = VerifierClock(clock)
    folder = DataFolder(settings.data_dir)
    vaults = VaultFiles(folder)
    key_stores = ChosenKeyStore(key_store or Keychain(), KeyFile(folder))
    device_secret = DeviceSecret(key_stores, InstallationFile(folder, entropy), entropy)
    keeper = VaultKeeper(
        vaults=vaults,
        device_secret=device_secret,
        verifier_clock=verifier_clock,
        verifier_origin=settings.verifier_origin,
        entropy=entropy,
    )
    contacts = ContactFile(folder)
    exchange = exchange or HttpExchange(proxy=settings.proxy)
    api = VerifierHttp(
        origin=settings.verifier_origin,
        exchange=exchange,
        clock=clock,
        verifier_clock=verifier_clock,
        entropy=entropy,
        app_version=device.app_version,
        contacts=contacts,
    )
    session = Session()
    entries = session_entries()
    sync = Sync(api=api, keeper=keeper, clock=clock, verifier_clock=verifier_clock, device=device)
    status_desk = StatusDesk(
        keeper=keeper,
        key_store=key_stores,
        contacts=contacts,
        verifier_clock=verifier_clock,
        verifier_origin=settings.verifier_origin,
        device=device,
        entropy=entropy,
    )
    doctor = Doctor(
        folder=FolderProbe(folder, settings.data_dir),
        key_store=key_stores,
        api=api,
        verifier_clock=verifier_clock,
        is_plain=settings.verifier_origin.startswith("http:"),
        within=within,
    )
    return Services(
        opening=Opening(keeper=keeper, vaults=vaults, key_stores=key_stores),
        enrolment=Enrolment(
            api=api,
            keeper=keeper,
            device_secret=device_secret,
            confirmation=Confirmation(api=api, keeper=keeper, vaults=vaults, on_step=on_step),
            verifier_clock=verifier_clock,
            verifier_origin=settings.verifier_origin,
            entropy=entropy,
            device=device,
            argon2=argon2 or Argon2Parameters(),
            on_step=on_step,
        ),
        unlock=Unlock(
            api=api,
            entries=PinEntries(keeper=keeper, verifier_clock=verifier_clock, entropy=entropy),
            session=session,
            clock=clock,
            device=device,
            on_step=on_step,
        ),
        codes=Codes(session, verifier_clock),
        sync=sync,
        records=Records(api=api, keeper=keeper),
        name_proof=NameProof(api=api, keeper=keeper, verifier_clock=verifier_clock, sync=sync),
        consent_renewal=ConsentRenewal(api=api, keeper=keeper, verifier_clock=verifier_clock),
        reset=Reset(
            api=api,
            keeper=keeper,
            vaults=vaults,
            device_secret=device_secret,
            session=session,
            on_step=on_step,
        ),
        status_desk=status_desk,
        doctor=doctor,
        diagnostics=Diagnostics(
            desk=status_desk,
            doctor=doctor,
            log=LogFile(settings.data_dir),
            write=write_private,
            clock=clock,
        ),
        settings_desk=SettingsDesk(
            store=Preferences(folder),
            resolve=lambda choices: settings.with_choices(choices).values(),
            managed=settings.managed,
            given=settings.given,
            faults=settings.faults,
            probe=HttpVerifierProbe(exchange),
            read_origin=normalise_origin,
            read_proxy=read_proxy,
        ),
        links=Links(settings.verifier_origin),
        approvals=Approvals(
            api=api,
            keeper=keeper,
            session=session,
            verifier_clock=verifier_clock,
            verifier_origin=settings.verifier_origin,
        ),
        session_start=SessionStart(entries.autostart, entries.link_handler),
        key_store=key_stores,
        clock=clock,
    )


def describe_device() -> DeviceDescription:
    """What this PC says of itself to the verifier."""
    system = platform.system() or "PC"
    return DeviceDescription(
        platform=_short(f"{system} {platform.release()}"),
        label=_short(f"{system} · {socket.gethostname()}"),
        app_version=_short(installed_version() or "0"),
    )


def _short(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:_LONGEST].strip()
