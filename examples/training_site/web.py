"""HTTP, as little as the site needs of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

_LONGEST_FORM = 16 * 1024
_MOST_FIELDS = 40
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `form` has the fields of a POST's body."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str] = field(repr=False)
    cookies: str = field(repr=False)
    address: str


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    body: bytes
    status: HTTPStatus = HTTPStatus.OK
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def see(path: str, *headers: tuple[str, str]) -> Response:
    """Go there by GET (RFC 9110 §15.4.4)."""
    return Response(b"", HTTPStatus.SEE_OTHER, headers=(("Location", path), *headers))


def make_server(port: int, answer: Callable[[Request], Response]) -> ThreadingHTTPServer:
    """A server on loopback. Put a proxy with TLS in front of a real one."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not (length.isascii() and length.isdigit() and int(length) <= _LONGEST_FORM):
                self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return
            try:
                text = self.rfile.read(int(length)).decode("utf-8")
                form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
            except ValueError:
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            self._answer(form)

        def _answer(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            request = Request(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query)),
                form,
                self.headers.get("Cookie", ""),
                self.client_address[0],
            )
            response = answer(request)
            self.send_response(response.status)
            self.send_header("Content-Type", response.media_type)
            self.send_header("Content-Length", str(len(response.body)))
            for name, value in response.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
