"""What may be done for a trainee, and why not: by role, and by how things stand.

The verifier decides; this spares staff what it would refuse.
"""

from typing import Literal, TypeAlias

from motp_protocol.helpdesk import (
    KioskAction,
    StaffAction,
    StaffKiosk,
    StaffRegistration,
    StaffRole,
    TraineePage,
)

Obstacle: TypeAlias = Literal[
    "role",
    "no-pin-lock",
    "lifted-before",
    "no-code-lock",
    "is-suspended",
    "not-suspended",
    "is-revoked",
    "no-registration",
    "pin-locked",
    "no-institution",
]

KioskObstacle: TypeAlias = Literal["role", "not-in-use", "is-locked", "not-locked"]

ACTIONS: tuple[StaffAction, ...] = (
    "lift-code-lock",
    "lift-pin-lock",
    "suspend",
    "resume",
    "revoke",
)


def action_obstacle(
    action: StaffAction, role: StaffRole, registration: StaffRegistration
) -> Obstacle | None:
    """What stands in the way of this, or None."""
    if role == "auditor":
        return "role"
    if registration.state == "revoked":
        return "is-revoked"
    match action:
        case "lift-pin-lock":
            return _pin_lock_obstacle(registration)
        case "lift-code-lock":
            return None if "code" in registration.locks else "no-code-lock"
        case "suspend":
            return "is-suspended" if registration.state == "suspended" else None
        case "resume":
            return None if registration.state == "suspended" else "not-suspended"
        case "revoke":
            return None


def kiosk_obstacle(action: KioskAction, role: StaffRole, kiosk: StaffKiosk) -> KioskObstacle | None:
    """What stands in the way of locking or unlocking a kiosk, or None."""
    if role == "auditor":
        return "role"
    if kiosk.state not in {"active", "locked"}:
        return "not-in-use"
    is_locked = kiosk.state == "locked"
    if action == "lock":
        return "is-locked" if is_locked else None
    return None if is_locked else "not-locked"


def bypass_obstacle(role: StaffRole, page: TraineePage) -> Obstacle | None:
    """What stands in the way of a code in place of the app's, or None."""
    if role == "auditor":
        return "role"
    if not page.institutions:
        return "no-institution"
    current = current_registration(page)
    if current is None:
        return "no-registration"
    if current.state == "suspended":
        return "is-suspended"
    return "pin-locked" if "pin" in current.locks else None


def current_registration(page: TraineePage) -> StaffRegistration | None:
    """The one that is not over; a trainee has one at most."""
    return next((each for each in page.registrations if each.state != "revoked"), None)


def may_audit(role: StaffRole) -> bool:
    """Whether this role looks at the audit, and takes it away in a file."""
    return role != "helpdesk"


def _pin_lock_obstacle(registration: StaffRegistration) -> Obstacle | None:
    if "pin" not in registration.locks:
        return "no-pin-lock"
    return "lifted-before" if registration.pin_lock_lifted else None
