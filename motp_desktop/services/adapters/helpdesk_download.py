"""A file that the verifier makes, written while it comes: whole at the end, or not there."""

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from motp_desktop.services.adapters.answers import read_problem
from motp_desktop.services.adapters.http_exchange import (
    HttpAnswer,
    HttpRequest,
    Limits,
    content_type_of,
    stream,
)
from motp_desktop.services.adapters.whole_file import WholeFile
from motp_desktop.services.ports import Answer, NoAnswer, Ok, Refused
from motp_desktop.services.settings import ProxyChoice

if TYPE_CHECKING:
    import requests

_CHUNK = 64 * 1024
_LARGEST_PROBLEM = 64 * 1024
_CSV = "text/csv"


class Download:
    """Has no deadline, for the file may be large: only silence ends it."""

    def __init__(self, proxy: ProxyChoice | None = None, limits: Limits | None = None) -> None:
        self._proxy = proxy or ProxyChoice()
        self._limits = limits or Limits(read=30.0)

    def fetch(self, request: HttpRequest, path: str) -> Answer[None]:
        """Put the CSV that is answered into a file that only this user can read.

        What was at `path` before stays there until the new file is whole. Raises StorageError.
        """
        target = Path(path)
        return stream(request, self._limits, self._proxy, lambda answer: _keep(answer, target))


def _keep(response: "requests.Response", target: Path) -> Answer[None]:
    if response.status_code != HTTPStatus.OK:
        return _refused(response)
    if content_type_of(response) != _CSV:
        return NoAnswer("bad-answer")
    with WholeFile(target) as file:
        while chunk := response.raw.read(_CHUNK, decode_content=False):
            file.write(chunk)
        file.keep()
    return Ok(None)


def _refused(response: "requests.Response") -> Answer[None]:
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NoAnswer("failing")
    body = response.raw.read(_LARGEST_PROBLEM, decode_content=False)
    answer = HttpAnswer(response.status_code, content_type_of(response), body)
    return Refused(read_problem(answer))
