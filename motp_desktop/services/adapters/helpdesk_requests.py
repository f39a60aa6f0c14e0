"""The requests of `/v1/helpdesk`: their headers and their queries.

The session's token is kept here and in the headers of requests: nowhere else.
"""

from datetime import date, datetime, time, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from msgspec import Struct

from motp_desktop.services.adapters.answers import JSON
from motp_desktop.services.adapters.http_exchange import HttpRequest
from motp_desktop.services.helpdesk.ports import AuditQuery, PeopleQuery
from motp_desktop.services.korea import KOREA
from motp_protocol import wire
from motp_protocol.encoding import format_time
from motp_protocol.problems import CONTENT_TYPE

T = TypeVar("T")

ROOT = "/v1/helpdesk"


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
