"""Signing in and out."""

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import HelpdeskApi
from motp_desktop.services.helpdesk.refusals import (
    setup_refusal,
    sign_in_refusal,
    value_or_trouble,
)
from motp_desktop.services.ports import NoAnswer, Ok, Refused
from motp_protocol.encoding import parse_time
from motp_protocol.helpdesk import StaffSession, StaffSetup, StaffSetupAnswer, StaffSignIn


class Entrance:
    """All methods may block for seconds."""

    def __init__(self, api: HelpdeskApi) -> None:
        self._api = api

    def sign_in(self, name: str, password: str, totp: str) -> o.SignInOutcome:
        """With an empty `totp` where none was ever set, which leads to a setup."""
        request = StaffSignIn(name=name, password=password, totp=totp or None)
        answer = self._api.sign_in(request)
        match answer:
            case Ok(value):
                return _told(value)
            case Refused(problem):
                return sign_in_refusal(problem)
            case NoAnswer():
                return answer

    def finish_setup(self, totp: str, new_password: str) -> o.SetupOutcome:
        """Answer the setup that the last sign-in led to."""
        match self._api.set_up(StaffSetupAnswer(totp=totp, new_password=new_password)):
            case Ok(session):
                return _signed_in(session)
            case Refused(problem):
                return setup_refusal(problem)
            case NoAnswer() as silence:
                return silence

    def look(self) -> o.SignedIn | o.StaffTrouble:
        """Whether the session still holds."""
        found = value_or_trouble(self._api.session())
        return _signed_in(found) if isinstance(found, StaffSession) else found

    def sign_out(self) -> None:
        """End the session; where the verifier cannot be told, it is forgotten here all the same."""
        self._api.sign_out()


def _told(value: StaffSession | StaffSetup) -> o.SignedIn | o.SetupNeeded:
    if isinstance(value, StaffSetup):
        return o.SetupNeeded(value.otpauth, value.secret)
    return _signed_in(value)


def _signed_in(session: StaffSession) -> o.SignedIn:
    return o.SignedIn(session.name, session.role, parse_time(session.expires_at))
