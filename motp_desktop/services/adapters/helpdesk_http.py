"""The verifier's helpdesk interface over HTTP (docs/protocol.md, "Helpdesk")."""

import logging
import re
from http import HTTPStatus
from typing import TypeVar

from msgspec import Struct

from motp_desktop.services.adapters.answers import Expected, expect, learn_time, tell_apart
from motp_desktop.services.adapters.helpdesk_download import Download
from motp_desktop.services.adapters.helpdesk_requests import (
    StaffRequests,
    audit_query,
    export_query,
    people_query,
)
from motp_desktop.services.adapters.http_exchange import Exchange
from motp_desktop.services.helpdesk.ports import AuditQuery, PeopleQuery
from motp_desktop.services.ports import Answer, Clock, NoAnswer, Ok, Refused
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol import helpdesk as m
from motp_protocol import wire

T = TypeVar("T")

_log = logging.getLogger(__name__)
_ID = re.compile(
    r"(?<=/trainees/)[^/]+|(?<=/registrations/)[^/]+|(?<=/setups/)[^/]+|(?<=/kiosks/)[^/]+"
)


class HelpdeskHttp:
    """Implements `helpdesk.ports.HelpdeskApi`."""

    def __init__(
        self,
        *,
        requests: StaffRequests,
        exchange: Exchange,
        download: Download,
        clock: Clock,
        verifier_clock: VerifierClock,
    ) -> None:
        self._requests = requests
        self._exchange = exchange
        self._download = download
        self._clock = clock
        self._verifier_clock = verifier_clock
        self._setup_token = ""

    def sign_in(self, request: m.StaffSignIn) -> Answer[m.StaffSession | m.StaffSetup]:
        """`POST /v1/helpdesk/sessions`."""
        self._requests.forget()
        expected: Expected[m.StaffSession | m.StaffSetup] = Expected(
            {
                HTTPStatus.CREATED: lambda body: wire.decode(body, m.StaffSession),
                HTTPStatus.ACCEPTED: lambda body: wire.decode(body, m.StaffSetup),
            }
        )
        answer = self._send("POST", "/sessions", expected, request)
        match answer:
            case Ok(m.StaffSession() as session):
                return self._begin(session)
            case Ok(m.StaffSetup() as setup):
                self._setup_token = setup.setup_token
        return answer

    def set_up(self, request: m.StaffSetupAnswer) -> Answer[m.StaffSession]:
        """`POST /v1/helpdesk/setups/{setup_token}`."""
        path = f"/setups/{self._setup_token}"
        answer = self._send("POST", path, expect(m.StaffSession, HTTPStatus.CREATED), request)
        if not isinstance(answer, Ok):
            return answer
        self._setup_token = ""
        return self._begin(answer.value)

    def session(self) -> Answer[m.StaffSession]:
        """`GET /v1/helpdesk/sessions/current`."""
        return self._send("GET", "/sessions/current", expect(m.StaffSession))

    def sign_out(self) -> Answer[None]:
        """`DELETE /v1/helpdesk/sessions/current`."""
        nothing: Expected[None] = Expected({HTTPStatus.NO_CONTENT: lambda _: None})
        try:
            if not self._requests.has_session:
                return Ok(None)
            return self._send("DELETE", "/sessions/current", nothing)
        finally:
            self._requests.forget()

    def trainees(self, query: PeopleQuery) -> Answer[m.FoundTrainees]:
        """`GET /v1/helpdesk/trainees`."""
        return self._send("GET", "/trainees", expect(m.FoundTrainees), query=people_query(query))

    def trainee(self, trainee_id: str) -> Answer[m.TraineePage]:
        """`GET /v1/helpdesk/trainees/{id}`."""
        return self._send("GET", f"/trainees/{trainee_id}", expect(m.TraineePage))

    def person(self, trainee_id: str, request: m.WithReason) -> Answer[m.PersonShown]:
        """`POST /v1/helpdesk/trainees/{id}/person`."""
        return self._send("POST", f"/trainees/{trainee_id}/person", expect(m.PersonShown), request)

    def act(self, registration_id: str, request: m.ActionRequest) -> Answer[m.StaffRegistration]:
        """`POST /v1/helpdesk/registrations/{id}/actions`."""
        path = f"/registrations/{registration_id}/actions"
        return self._send("POST", path, expect(m.StaffRegistration), request)

    def bypass(self, trainee_id: str, request: m.BypassRequest) -> Answer[m.BypassCode]:
        """`POST /v1/helpdesk/trainees/{id}/bypass`."""
        path = f"/trainees/{trainee_id}/bypass"
        return self._send("POST", path, expect(m.BypassCode, HTTPStatus.CREATED), request)

    def read_status(self, request: m.StatusTokenRequest) -> Answer[m.StatusTokenRead]:
        """`POST /v1/helpdesk/status-token`."""
        return self._send("POST", "/status-token", expect(m.StatusTokenRead), request)

    def audit(self, query: AuditQuery) -> Answer[m.AuditLines]:
        """`GET /v1/helpdesk/audit`."""
        return self._send("GET", "/audit", expect(m.AuditLines), query=audit_query(query))

    def export_audit(self, query: AuditQuery, reason: str, path: str) -> Answer[None]:
        """`GET /v1/helpdesk/audit/export`. Raises StorageError."""
        filters = export_query(query, reason)
        request = self._requests.make("GET", "/audit/export", query=filters, accept="text/csv")
        answer = self._download.fetch(request, path)
        _log_call("GET", "/audit/export", answer)
        return answer

    def board(self) -> Answer[m.Board]:
        """`GET /v1/helpdesk/board`."""
        return self._send("GET", "/board", expect(m.Board))

    def kiosks(self) -> Answer[m.StaffKiosks]:
        """`GET /v1/helpdesk/kiosks`."""
        return self._send("GET", "/kiosks", expect(m.StaffKiosks))

    def act_on_kiosk(self, kiosk_id: str, request: m.KioskActionRequest) -> Answer[m.StaffKiosk]:
        """`POST /v1/helpdesk/kiosks/{id}/actions`."""
        return self._send("POST", f"/kiosks/{kiosk_id}/actions", expect(m.StaffKiosk), request)

    def _begin(self, session: m.StaffSession) -> Answer[m.StaffSession]:
        if session.token is None:
            return NoAnswer("bad-answer")
        self._requests.begin(session.token)
        bare = m.StaffSession(name=session.name, role=session.role, expires_at=session.expires_at)
        return Ok(bare)

    def _send(
        self,
        method: str,
        path: str,
        expected: Expected[T],
        message: Struct | None = None,
        query: str = "",
    ) -> Answer[T]:
        sent = self._clock.elapsed_ms()
        answer = self._exchange.send(self._requests.make(method, path, message, query))
        received = self._clock.elapsed_ms()
        told_apart = self._learnt(tell_apart(expected, answer), sent, received)
        _log_call(method, path, told_apart)
        return told_apart

    def _learnt(self, answer: Answer[T], sent: int, received: int) -> Answer[T]:
        if isinstance(answer, Ok) and isinstance(
            answer.value, m.TraineePage | m.Board | m.StaffKiosks
        ):
            try:
                learn_time(self._verifier_clock, answer.value.time, sent, received)
            except ValueError:
                return NoAnswer("bad-answer")
        return answer


def _log_call(method: str, path: str, answer: Answer[T]) -> None:
    """Which request came to what. Ids and what was searched for are left out."""
    where = _ID.sub("…", path)
    match answer:
        case Ok():
            _log.info("%s helpdesk%s: done", method, where)
        case Refused(problem):
            known = problem.known_type
            slug = "unknown" if known is None else known.slug
            _log.info("%s helpdesk%s: refused, %s", method, where, slug)
        case NoAnswer(reason):
            _log.info("%s helpdesk%s: no answer, %s", method, where, reason)
