"""What is written down of each answer: a line in the log, and what it says of the registration."""

import logging
import re
from typing import TypeVar

from motp_desktop.services.contacts import Contact, ContactBook
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_protocol.messages import Confirmed, Status, Unlocked
from motp_protocol.problems import Problem, ProblemType
from motp_protocol.status_token import short_code

T = TypeVar("T")

_log = logging.getLogger(__name__)
_REGISTRATION = re.compile(r"\A/v1/registrations/(?P<id>[A-Za-z0-9_-]{1,64})")
_ID = re.compile(
    r"(?<=/registrations/)[^/]+|(?<=/enrolments/)[^/]+|(?<=/approvals/)[^/]+|(?<=/kiosks/)[^/]+"
)


def log_call(method: str, path: str, answer: Answer[T]) -> None:
    """Which request came to what. Ids and tickets are left out."""
    where = _ID.sub("…", path)
    match answer:
        case Ok():
            _log.info("%s %s: done", method, where)
        case Refused(problem):
            _log.info("%s %s: refused, %s", method, where, _slug(problem))
        case NoAnswer(reason):
            _log.info("%s %s: no answer, %s", method, where, reason)


def note_contact(
    contacts: ContactBook, path: str, answer: Answer[T], moment: str, skew_seconds: float
) -> None:
    """Note what an answer says of the registration it is about, if it says anything.

    `moment` is the verifier's time of it, `skew_seconds` this PC's clock less that.
    """
    match answer:
        case Ok(Status() as status):
            _note_status(contacts, _registration_in(path), status, skew_seconds)
        case Ok(Unlocked(status=status)):
            _note_status(contacts, _registration_in(path), status, skew_seconds)
        case Ok(Confirmed(registration_id=registration_id, status=status)):
            _note_status(contacts, registration_id, status, skew_seconds)
        case Ok(None) if _registration_in(path) is not None:
            contacts.forget()
        case Refused(problem):
            _note_refusal(contacts, _registration_in(path), problem, moment)
        case _:
            pass


def _note_status(
    contacts: ContactBook, registration_id: str | None, status: Status, skew_seconds: float
) -> None:
    if registration_id is not None:
        contacts.note(
            Contact(
                registration=short_code(registration_id),
                at=status.time,
                state=status.state,
                reason=status.reason,
                locks=tuple(status.locks),
                skew_seconds=skew_seconds,
                auto_lock_seconds=status.policy.auto_lock_seconds,
            )
        )


def _note_refusal(
    contacts: ContactBook, registration_id: str | None, problem: Problem, moment: str
) -> None:
    if registration_id is None:
        return
    registration = short_code(registration_id)
    match problem.known_type:
        case ProblemType.REGISTRATION_REVOKED:
            contact = Contact(
                registration=registration, at=moment, state="revoked", reason=problem.reason
            )
        case ProblemType.DEVICE_CLONED:
            contact = Contact(
                registration=registration, at=moment, state="revoked", reason="cloned"
            )
        case ProblemType.REGISTRATION_SUSPENDED:
            contact = Contact(registration=registration, at=moment, state="suspended")
        case ProblemType.REGISTRATION_LOCKED:
            contact = Contact(registration=registration, at=moment, state="active", locks=("pin",))
        case _:
            return
    contacts.note(contact)


def _registration_in(path: str) -> str | None:
    found = _REGISTRATION.match(path)
    return None if found is None else found["id"]


def _slug(problem: Problem) -> str:
    known = problem.known_type
    return "unknown" if known is None else known.slug  # an unknown one is somebody else's text
