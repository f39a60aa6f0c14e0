"""What serves the helpdesk, put together for `motp_verifier.app`."""

from collections.abc import Callable

from motp_verifier.config import Config
from motp_verifier.http.helpdesk.acting import acting_router
from motp_verifier.http.helpdesk.guard import StaffGuard
from motp_verifier.http.helpdesk.kiosks import staff_kiosk_router
from motp_verifier.http.helpdesk.looking_back import audit_router, watching_router
from motp_verifier.http.helpdesk.people import people_router
from motp_verifier.http.helpdesk.signing_in import session_router
from motp_verifier.http.router import Router
from motp_verifier.runtime import Runtime
from motp_verifier.services.consents import Consents
from motp_verifier.services.helpdesk.access import Access
from motp_verifier.services.helpdesk.actions import Actions
from motp_verifier.services.helpdesk.audit_reading import AuditReading
from motp_verifier.services.helpdesk.boards import Boards
from motp_verifier.services.helpdesk.bypassing import Bypassing
from motp_verifier.services.helpdesk.following import StaffFollowing
from motp_verifier.services.helpdesk.kiosks import StaffKioskDesk
from motp_verifier.services.helpdesk.pages import PersonPages
from motp_verifier.services.helpdesk.searching import Searching
from motp_verifier.services.helpdesk.status_tokens import StatusTokens
from motp_verifier.services.staff.limits import StaffLimits
from motp_verifier.services.staff.passwords import Passwords
from motp_verifier.services.staff.sessions import Sessions
from motp_verifier.services.staff.setup import SettingUp
from motp_verifier.services.staff.signing_in import SigningIn


def helpdesk_routers(
    config: Config,
    runtime: Runtime,
    documents: Consents,
    is_draining: Callable[[], bool],
    *,
    passwords: Passwords,
) -> list[Router]:
    """Everything behind `/v1/helpdesk`. Raises ConfigError."""
    store, keys, now = runtime.store, runtime.keys, runtime.now
    limits = StaffLimits(keys, config.staff_sign_ins, config.staff_requests)
    sessions = Sessions(store, now)
    access = Access(store, limits, now)
    guard = StaffGuard(sessions, config.addresses())
    return [
        session_router(
            guard,
            SigningIn(store, keys, passwords, limits, now, issuer=config.name),
            SettingUp(store, keys, passwords, now),
            sessions,
        ),
        people_router(
            guard,
            Searching(store, keys, access, now),
            PersonPages(store, keys, access, documents, now, config.app_oldest),
        ),
        acting_router(guard, Actions(access, now, runtime.metrics), Bypassing(keys, access, now)),
        staff_kiosk_router(guard, StaffKioskDesk(store, access, now)),
        audit_router(guard, AuditReading(store, access, sessions, now)),
        watching_router(
            guard,
            StatusTokens(store, access, now),
            Boards(store, now),
            StaffFollowing(store, now, is_draining),
        ),
    ]
