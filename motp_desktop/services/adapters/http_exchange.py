"""One HTTP request and its answer, bounded in time and size whatever the other side does.

requests is imported at first use; that takes about 90 ms.
"""

import logging
import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, RemoteDisconnected
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from motp_desktop.services.adapters.origins import is_loopback
from motp_desktop.services.ports import NoAnswer

if TYPE_CHECKING:
    import requests

MAX_BODY = 256 * 1024
_CHUNK = 64 * 1024

# It would log what a bad server sent, with the request's address and a traceback.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is sent."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back, whole; `content_type` has no parameters and is in lower case."""

    status: int
    content_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, between two pieces of the answer, and for everything together."""

    connect: float = 5.0
    read: float = 10.0
    total: float = 15.0


class Exchange(Protocol):
    """A way to carry a request to a verifier and its answer back."""

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """The answer, or why there is none that can be read."""


class HttpExchange:
    """Sends requests, each over a connection of its own, following no redirects."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """The answer, or why there is none that can be read.

        The work is done on a thread that is left behind at the deadline: a name server or a
        server that drips its header cannot be hurried in any other way.
        """
        outcome: queue.SimpleQueue[HttpAnswer | NoAnswer] = queue.SimpleQueue()
        deadline = time.monotonic() + self._limits.total
        worker = threading.Thread(
            target=lambda: outcome.put(_exchange(request, self._limits, deadline)),
            name="http-exchange",
            daemon=True,
        )
        worker.start()
        try:
            return outcome.get(timeout=self._limits.total)
        except queue.Empty:
            return NoAnswer("timeout")


def _exchange(request: HttpRequest, limits: Limits, deadline: float) -> HttpAnswer | NoAnswer:
    import requests  # noqa: PLC0415 - slow, see the module's docstring
    from urllib3.exceptions import HTTPError, ReadTimeoutError  # noqa: PLC0415

    try:
        with requests.Session() as session:
            _prepare(session, request.url)
            with session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                stream=True,
            ) as response:
                return _read(response, deadline)
    except (requests.Timeout, ReadTimeoutError):
        return NoAnswer("timeout")
    except requests.exceptions.SSLError:
        return NoAnswer("tls")
    except requests.ConnectionError as error:
        return NoAnswer("bad-answer" if _is_garbage(error) else "offline")
    except (requests.RequestException, HTTPError, ValueError):
        return NoAnswer("bad-answer")
    except OSError:
        return NoAnswer("offline")


def _prepare(session: "requests.Session", url: str) -> None:
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - slow

    # Repeating a request is the use case's affair: each needs a nonce of its own.
    session.mount("http://", HTTPAdapter(max_retries=0))
    session.mount("https://", HTTPAdapter(max_retries=0))
    # A proxy from the environment is no way to this PC itself.
    session.trust_env = not is_loopback(urlsplit(url).hostname or "")
    # Keeps a .netrc file from adding a password to requests.
    session.auth = lambda prepared: prepared


def _read(response: "requests.Response", deadline: float) -> HttpAnswer | NoAnswer:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return NoAnswer("bad-answer")
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_BODY:
            return NoAnswer("bad-answer")
        if time.monotonic() > deadline:
            return NoAnswer("timeout")
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return HttpAnswer(response.status_code, content_type, bytes(body))


def _is_garbage(error: Exception) -> bool:
    """Whether something answered, but not in HTTP."""
    causes = [error, *error.args]
    causes += [inner for cause in error.args for inner in getattr(cause, "args", ())]
    return any(
        isinstance(cause, HTTPException) and not isinstance(cause, RemoteDisconnected)
        for cause in causes
    )
