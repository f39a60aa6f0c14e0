"""A stand-in for PortOne V2 that keeps the documented contract of identity verification.

Scheme of the `Authorization` field, required members and their form, the states READY,
VERIFIED and FAILED, the types of errors with their statuses. The carrier behind it knows
some people, and every code is `CODE` until it is sent again.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SECRET = "a-secret-of-the-test-store"
STORE = "store-0000"
CHANNEL = "channel-key-0000"
CODE = "314159"
CI = "CI-OF-THE-PERSON"
DI = "DI-OF-THE-PERSON"
OPERATORS = {"SKT", "KT", "LGU", "SKT_MVNO", "KT_MVNO", "LGU_MVNO"}
STATUSES = {
    "INVALID_REQUEST": 400,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "CHANNEL_NOT_FOUND": 404,
    "IDENTITY_VERIFICATION_NOT_FOUND": 404,
    "IDENTITY_VERIFICATION_NOT_SENT": 404,
    "IDENTITY_VERIFICATION_ALREADY_VERIFIED": 409,
    "IDENTITY_VERIFICATION_ALREADY_SENT": 409,
    "MAX_TRANSACTION_COUNT_REACHED": 429,
    "PG_PROVIDER": 502,
}
_PATH = re.compile(r"/identity-verifications/([^/]+)(?:/(send|resend|confirm))?")

Reply = tuple[int, bytes]


@dataclass
class Contract:
    """Someone that a carrier knows: who pays for which number, and born when."""

    name: str
    phone: str
    operator: str
    birth_and_sex: str


@dataclass
class PortOne:
    """The store's verifications, and what it was asked.

    `tamper` may give another answer than the contract has, `lose` closes the connection in
    the place of so many answers after the work was done.
    """

    contracts: list[Contract] = field(default_factory=list)
    verifications: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    tells_phone: bool = True
    channel_type: str = "LIVE"
    called: str | None = None
    code: str = CODE
    lose: int = 0
    tamper: Callable[[str, Reply], Reply] = lambda _step, reply: reply
    origin: str = ""

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> Reply:
        """What the contract says to this request."""
        url = urlsplit(handler.path)
        found = _PATH.fullmatch(url.path)
        if found is None:
            return _error("IDENTITY_VERIFICATION_NOT_FOUND")
        step = found[2] or "get"
        if (step == "get") != (handler.command == "GET"):
            return _error("INVALID_REQUEST")
        if handler.headers["Authorization"] != f"PortOne {SECRET}":
            return _error("UNAUTHORIZED")
        told: dict[str, Any]
        if step in {"send", "confirm"}:
            if not handler.headers["Content-Type"].startswith("application/json"):
                return _error("INVALID_REQUEST")
            told = json.loads(body)
        else:
            told = {key: values[0] for key, values in parse_qs(url.query).items()}
        reference = unquote(found[1])
        self.requests.append((step, reference, told))
        if told.get("storeId") != STORE:
            return _error("FORBIDDEN")
        return self.tamper(step, getattr(self, f"_{step}")(reference, told))

    def _send(self, reference: str, told: dict[str, Any]) -> Reply:
        customer = told.get("customer")
        if not isinstance(customer, dict) or not _well_formed(told, customer):
            return _error("INVALID_REQUEST")
        if told["channelKey"] != CHANNEL:
            return _error("CHANNEL_NOT_FOUND")
        if reference in self.verifications:
            verified = self.verifications[reference]["status"] == "VERIFIED"
            return _error(f"IDENTITY_VERIFICATION_ALREADY_{'VERIFIED' if verified else 'SENT'}")
        wanted = Contract(
            customer["name"],
            customer["phoneNumber"],
            told["operator"],
            customer["identityNumber"],
        )
        if wanted not in self.contracts:
            return _error("PG_PROVIDER", pgCode="4021", pgMessage=f"{customer['name']} unknown")
        self.verifications[reference] = {
            "status": "READY",
            "id": reference,
            "requestedCustomer": {"name": wanted.name, "phoneNumber": wanted.phone},
            "_contract": wanted,
        }
        return 200, b"{}"

    def _resend(self, reference: str, _told: dict[str, Any]) -> Reply:
        if reference not in self.verifications:
            return _error("IDENTITY_VERIFICATION_NOT_SENT")
        if self.verifications[reference]["status"] == "VERIFIED":
            return _error("IDENTITY_VERIFICATION_ALREADY_VERIFIED")
        return 200, b"{}"

    def _confirm(self, reference: str, told: dict[str, Any]) -> Reply:
        found = self.verifications.get(reference)
        if found is None:
            return _error("IDENTITY_VERIFICATION_NOT_SENT")
        if found["status"] == "VERIFIED":
            return _error("IDENTITY_VERIFICATION_ALREADY_VERIFIED")
        if told.get("otp") != self.code:
            found["status"] = "FAILED"
            return _error("PG_PROVIDER", pgCode="4031", pgMessage=f"{told.get('otp')} is wrong")
        found["status"] = "VERIFIED"
        return 200, _json({"identityVerification": self._shown(found)})

    def _get(self, reference: str, _told: dict[str, Any]) -> Reply:
        found = self.verifications.get(reference)
        if found is None:
            return _error("IDENTITY_VERIFICATION_NOT_FOUND")
        return 200, _json(self._shown(found))

    def _shown(self, found: dict[str, Any]) -> dict[str, Any]:
        contract = found["_contract"]
        shown = {key: value for key, value in found.items() if not key.startswith("_")}
        shown |= {
            "channel": {"type": self.channel_type, "key": CHANNEL, "pgProvider": "DANAL"},
            "requestedAt": "2026-11-25T09:00:00Z",
            "updatedAt": "2026-11-25T09:01:00Z",
            "statusChangedAt": "2026-11-25T09:01:00Z",
        }
        if found["status"] == "VERIFIED":
            del shown["requestedCustomer"]
            customer = {
                "name": self.called or contract.name,
                "birthDate": "1990-03-01",
                "gender": "MALE",
                "isForeigner": False,
                "ci": CI,
                "di": DI,
            }
            if self.tells_phone:
                customer |= {"phoneNumber": contract.phone, "operator": contract.operator}
            shown |= {
                "verifiedCustomer": customer,
                "verifiedAt": "2026-11-25T09:01:00Z",
                "pgTxId": "tx",
                "pgRawResponse": "{}",
                "version": "V2",
            }
        return shown


def _well_formed(told: dict[str, Any], customer: dict[str, Any]) -> bool:
    known = {"storeId", "channelKey", "customer", "customData", "bypass", "operator", "method"}
    return (
        told.keys() <= known
        and isinstance(told.get("channelKey"), str)
        and told.get("operator") in OPERATORS
        and told.get("method") == "SMS"
        and customer.keys() <= {"id", "name", "phoneNumber", "identityNumber", "ipAddress"}
        and bool(customer.get("name"))
        and re.fullmatch(r"01\d{8,9}", str(customer.get("phoneNumber"))) is not None
        and re.fullmatch(r"\d{7}", str(customer.get("identityNumber"))) is not None
        and bool(customer.get("ipAddress"))
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _error(kind: str, **more: str) -> Reply:
    return STATUSES[kind], _json({"type": kind, "message": f"no: {kind}"} | more)


@contextmanager
def serving(portone: PortOne) -> Iterator[str]:
    """The stand-in on a free port; its origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, content = portone.answer(self, body)
            if portone.lose:
                portone.lose -= 1
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    portone.origin = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield portone.origin
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
