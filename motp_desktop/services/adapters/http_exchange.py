"""One HTTP request and its answer, bounded in time and size whatever the other side does.

requests is imported at first use; that takes about 90 ms.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, RemoteDisconnected
from typing import TYPE_CHECKING, Protocol, TypeVar

from motp_desktop.services.adapters.proxies import proxies_for
from motp_desktop.services.adapters.system_trust import system_trust, tls_fault
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.settings import ProxyChoice

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

MAX_BODY = 256 * 1024
_CHUNK = 64 * 1024
# As http.client words a tunnel that a proxy refused (RFC 9110 §15.5.8).
_LOGIN_WANTED = "407 "

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
    """What came back, whole; `content_type` has no parameters and is in lower case.

    `certificate` is the server's, in DER, where the connection was secure.
    """

    status: int
    content_type: str
    body: bytes = field(repr=False)
    certificate: bytes | None = field(default=None, repr=False, compare=False)


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

    def __init__(self, limits: Limits | None = None, proxy: ProxyChoice | None = None) -> None:
        self._limits = limits or Limits()
        self._proxy = proxy or ProxyChoice()

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """The answer, or why there is none that can be read.

        The work is done on a thread that is left behind at the deadline: a name server or a
        server that drips its header cannot be hurried in any other way.
        """
        outcome: queue.SimpleQueue[HttpAnswer | NoAnswer] = queue.SimpleQueue()
        deadline = time.monotonic() + self._limits.total
        worker = threading.Thread(
            target=lambda: outcome.put(_exchange(request, self._limits, self._proxy, deadline)),
            name="http-exchange",
            daemon=True,
        )
        worker.start()
        try:
            return outcome.get(timeout=self._limits.total)
        except queue.Empty:
            return NoAnswer("timeout")


def _exchange(
    request: HttpRequest, limits: Limits, proxy: ProxyChoice, deadline: float
) -> HttpAnswer | NoAnswer:
    seen: list[bytes] = []
    return stream(
        request,
        limits,
        proxy,
        lambda response: _read(response, deadline, seen[-1] if seen else None),
        seen,
    )


def stream(
    request: HttpRequest,
    limits: Limits,
    proxy: ProxyChoice,
    take: "Callable[[requests.Response], T]",
    seen: list[bytes] | None = None,
) -> T | NoAnswer:
    """What `take` makes of the answer while it comes, on this thread and without a deadline.

    What `take` raises of the network's is told as no answer; `limits.total` is not looked at.
    The server's certificate, in DER, is added to `seen`.
    """
    import requests  # noqa: PLC0415 - slow, see the module's docstring
    from urllib3.exceptions import HTTPError, ReadTimeoutError  # noqa: PLC0415

    try:
        with requests.Session() as session:
            _prepare(session, [] if seen is None else seen)
            with session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                proxies=proxies_for(proxy, request.url),
                timeout=(limits.connect, limits.read),
                allow_redirects=False,
                stream=True,
            ) as response:
                return take(response)
    except (requests.Timeout, ReadTimeoutError):
        return NoAnswer("timeout")
    except requests.exceptions.SSLError as error:
        return tls_fault(error)
    except requests.exceptions.ProxyError as error:
        return NoAnswer("proxy-login" if _LOGIN_WANTED in str(error) else "proxy")
    except requests.ConnectionError as error:
        return NoAnswer("bad-answer" if _is_garbage(error) else "offline")
    except (requests.RequestException, HTTPError, ValueError):
        return NoAnswer("bad-answer")
    except OSError:
        return NoAnswer("offline")


def _prepare(session: "requests.Session", seen: list[bytes]) -> None:
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - slow

    # Repeating a request is the use case's affair: each needs a nonce of its own.
    session.mount("http://", HTTPAdapter(max_retries=0))
    session.mount("https://", system_trust(seen))
    # What comes from the environment is the proxy alone: no .netrc with a password, no bundle
    # of certificates that a variable names.
    session.trust_env = False


def _read(
    response: "requests.Response", deadline: float, certificate: bytes | None
) -> HttpAnswer | NoAnswer:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return NoAnswer("bad-answer")
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_BODY:
            return NoAnswer("bad-answer")
        if time.monotonic() > deadline:
            return NoAnswer("timeout")
    return HttpAnswer(response.status_code, content_type_of(response), bytes(body), certificate)


def content_type_of(response: "requests.Response") -> str:
    """Without parameters, in lower case."""
    content_type: str = response.headers.get("Content-Type", "")
    return content_type.partition(";")[0].strip().lower()


def _is_garbage(error: Exception) -> bool:
    """Whether something answered, but not in HTTP."""
    causes = [error, *error.args]
    causes += [inner for cause in error.args for inner in getattr(cause, "args", ())]
    return any(
        isinstance(cause, HTTPException) and not isinstance(cause, RemoteDisconnected)
        for cause in causes
    )
