"""The one place where the console's use cases meet their adapters."""

from dataclasses import dataclass

from motp_desktop.bootstrap import describe_device
from motp_desktop.config import Settings
from motp_desktop.services.adapters.helpdesk_download import Download
from motp_desktop.services.adapters.helpdesk_events import HelpdeskEvents
from motp_desktop.services.adapters.helpdesk_http import HelpdeskHttp
from motp_desktop.services.adapters.helpdesk_requests import StaffRequests
from motp_desktop.services.adapters.http_exchange import HttpExchange
from motp_desktop.services.adapters.qr_reader import ZxingReader
from motp_desktop.services.adapters.system_clock import SystemClock
from motp_desktop.services.adapters.whole_file import FileKeeper
from motp_desktop.services.helpdesk.entrance import Entrance
from motp_desktop.services.helpdesk.kiosks import StaffedKiosks
from motp_desktop.services.helpdesk.looking_back import LookingBack
from motp_desktop.services.helpdesk.people import People
from motp_desktop.services.helpdesk.ports import Files, HelpdeskApi, Notices, QrReader
from motp_desktop.services.helpdesk.status_check import StatusCheck
from motp_desktop.services.ports import Clock
from motp_desktop.services.verifier_clock import VerifierClock


@dataclass(frozen=True, slots=True)
class HelpdeskServices:
    """The use cases, ready to run, with the live events and the clocks."""

    entrance: Entrance
    people: People
    check: StatusCheck
    looking_back: LookingBack
    kiosks: StaffedKiosks
    notices: Notices
    clock: Clock
    verifier_clock: VerifierClock


def build_helpdesk(settings: Settings) -> HelpdeskServices:
    """Over the real adapters; touches neither disk nor network yet."""
    clock = SystemClock()
    verifier_clock = VerifierClock(clock)
    requests = StaffRequests(settings.verifier_origin, describe_device().app_version)
    api = HelpdeskHttp(
        requests=requests,
        exchange=HttpExchange(proxy=settings.proxy),
        download=Download(settings.proxy),
        clock=clock,
        verifier_clock=verifier_clock,
    )
    notices = HelpdeskEvents(requests, settings.proxy)
    return helpdesk_over(
        api,
        notices,
        ZxingReader(),
        files=FileKeeper(),
        clock=clock,
        verifier_clock=verifier_clock,
    )


def helpdesk_over(
    api: HelpdeskApi,
    notices: Notices,
    reader: QrReader,
    *,
    files: Files,
    clock: Clock,
    verifier_clock: VerifierClock,
) -> HelpdeskServices:
    """Over these adapters, whichever they are."""
    return HelpdeskServices(
        entrance=Entrance(api),
        people=People(api),
        check=StatusCheck(api, reader),
        looking_back=LookingBack(api, files),
        kiosks=StaffedKiosks(api),
        notices=notices,
        clock=clock,
        verifier_clock=verifier_clock,
    )
