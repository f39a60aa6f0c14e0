"""The requests of `/v1/helpdesk`: their headers, their queries, and how answers are told apart.

The session's token is kept here and in the headers of requests: nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from http import HTTPStatus
from typing import Generic, TypeVar
from urllib.parse import urlencode

from msgspec import Struct

from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpRequest
from motp_desktop.services.helpdesk.ports import AuditQuery, PeopleQuery
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_protocol import wire
from motp_protocol.encoding import format_time
from motp_protocol.problems import CONTENT_TYPE, TYPE_PREFIX, Problem

T = TypeVar("T")

ROOT = "/v1/helpdesk"
JSON = "application/json"
KOREA = timezone(timedelta(hours=9))


class StaffRequests:
    """Makes requests in the name of whoever signed in. Any thread may."""

    def __init__(self, origin: str, app_version: str) -> None:
        self._origin = origin
        self._user_agent = f"motp-desktop/{app_version}"
        self._token = ""

    def __repr__(self) -> str:
        return f"StaffRequests({self._origin!r})"

    @property
    def has_session(self) -> bool:
        """Whether there is a token to show."""
        return bool(self._token)

    def begin(self, token: str) -> None:
        """Use this session from now on."""
        self._token = token

    def forget(self) -> None:
        """Leave nothing of the session."""
        self._token = ""

    def make(
        self,
        method: str,
        path: str,
        message: Struct | None = None,
        query: str = "",
        accept: str = JSON,
    ) -> HttpRequest:
        """A request to a path below `/v1/helpdesk`."""
        headers = {
            "Accept": f"{accept}, {CONTENT_TYPE}",
            "Accept-Encoding": "identity",
            "User-Agent": self._user_agent,
        }
        if message is not None:
            headers["Content-Type"] = JSON
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        target = f"{ROOT}{path}?{query}" if query else f"{ROOT}{path}"
        body = b"" if message is None else wire.encode(message)
        return HttpRequest(method, self._origin + target, headers, body)


@dataclass(frozen=True, slots=True)
class Expected(Generic[T]):
    """What a good answer looks like: for each status, how its body is read."""

    by_status: dict[HTTPStatus, Callable[[bytes], T]]


def expect(kind: type[T], status: HTTPStatus = HTTPStatus.OK) -> Expected[T]:
    """A message of this kind, under this status."""
    return Expected({status: lambda body: wire.decode(body, kind)})


def tell_apart(expected: Expected[T], answer: HttpAnswer | NoAnswer) -> Answer[T]:
    """The message, the refusal, or why it is neither."""
    if isinstance(answer, NoAnswer):
        return answer
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswer("failing")
    try:
        read = expected.by_status.get(HTTPStatus(answer.status))
        if read is None:
            return Refused(read_problem(answer))
        if answer.status != HTTPStatus.NO_CONTENT and answer.content_type != JSON:
            return NoAnswer("bad-answer")
        return Ok(read(answer.body))
    except ValueError:
        return NoAnswer("bad-answer")


def read_problem(answer: HttpAnswer) -> Problem:
    """A refusal of the verifier's; ValueError for anything else."""
    problem = wire.decode(answer.body, Problem)
    is_problem = answer.content_type == CONTENT_TYPE and problem.status == answer.status
    is_refusal = answer.status >= HTTPStatus.BAD_REQUEST
    if not (is_problem and is_refusal and problem.type.startswith(TYPE_PREFIX)):
        raise ValueError("not a problem of the protocol")
    return problem


def people_query(query: PeopleQuery) -> str:
    """As it stands in the address."""
    members = {"q": query.text, "sort": query.order, "limit": str(query.limit)}
    return urlencode(members | ({"cursor": query.cursor} if query.cursor else {}))


def audit_query(query: AuditQuery) -> str:
    """As it stands in the address; days are those of Korea."""
    page = {"limit": str(query.limit), "cursor": query.cursor or ""}
    return _without_empty(_filters(query) | page)


def export_query(query: AuditQuery, reason: str) -> str:
    """The same for all pages at once, with the reason why they are taken away."""
    return _without_empty(_filters(query) | {"reason": reason})


def next_day(day: str) -> str:
    """`2026-12-01` for `2026-11-30`."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _filters(query: AuditQuery) -> dict[str, str]:
    return {
        "since": query.since and _midnight(query.since),
        "before": query.until and _midnight(next_day(query.until)),
        "kind": query.kind,
        "actor": query.actor,
        "institution": query.institution,
        "registration": query.registration,
        "trainee": query.trainee,
    }


def _midnight(day: str) -> str:
    """The beginning of a day of Korea's, as the protocol writes times."""
    began = datetime.combine(date.fromisoformat(day), time(), KOREA)
    return format_time(round(began.timestamp() * 1000))


def _without_empty(members: dict[str, str]) -> str:
    return urlencode({name: value for name, value in members.items() if value})
