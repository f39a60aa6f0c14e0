"""How long the verifier takes to find people for staff: by number, its end, or name."""

import json
import random
import secrets
import time
from base64 import b32decode
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

from click.testing import CliRunner

from bench.people import PROFILE, name, phone
from bench.verifier import Verifier
from motp_protocol.code import code_for_step, step_at
from motp_verifier.cli import main

_PATIENCE_SECONDS = 60
_KINDS: dict[str, Callable[[int], str]] = {
    "a whole number": phone,
    "four last digits": lambda number: phone(number)[-4:],
    "a name": name,
}


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """One way of searching: how many are found at the median, and the wait in milliseconds."""

    database: str
    by: str
    found: int
    p50: float
    p99: float


def measure_searches(verifier: Verifier, searches: int) -> list[SearchFigures]:
    """So many searches of each kind, one after the other, for people taken at random."""
    with _Staff(verifier) as staff:
        return [_measure(verifier, staff, by, typed, searches) for by, typed in _KINDS.items()]


def _measure(
    verifier: Verifier, staff: "_Staff", by: str, typed: Callable[[int], str], searches: int
) -> SearchFigures:
    taken: list[float] = []
    found: list[int] = []
    for _ in range(searches):
        number = random.randrange(verifier.data.size)  # noqa: S311 - no secret
        before = time.perf_counter()
        answer = staff.ask("GET", f"trainees?q={quote(typed(number))}")
        taken.append((time.perf_counter() - before) * 1000)
        found.append(answer["count"])
    if min(found) < 1:
        raise RuntimeError(f"somebody was not found by {by}")
    taken.sort()
    found.sort()
    middle, late = len(taken) // 2, min(len(taken) * 99 // 100, len(taken) - 1)
    return SearchFigures(verifier.data.database, by, found[middle], taken[middle], taken[late])


class _Staff:
    """A new account that is signed in, and its connection."""

    def __init__(self, verifier: Verifier) -> None:
        authority = verifier.origin.partition("://")[2]
        self._connection = HTTPConnection(authority, timeout=_PATIENCE_SECONDS)
        self._token = ""
        account = f"bench-{secrets.token_hex(6)}"
        words = ["staff", "add", "--name", account, "--role", "helpdesk"]
        made = CliRunner().invoke(main, [*words, "--config", str(verifier.data.config_file())])
        if made.exit_code:
            raise RuntimeError(f"no account could be made: {made.output}")
        first = made.output.splitlines()[-1]
        setup = self.ask("POST", "sessions", {"name": account, "password": first})
        seed = b32decode(setup["secret"] + "=" * (-len(setup["secret"]) % 8))
        step = step_at(time.time_ns() // 1_000_000, PROFILE)
        choice = {
            "totp": code_for_step(seed, step, PROFILE),
            "new_password": secrets.token_urlsafe(24),
        }
        self._token = self.ask("POST", f"setups/{setup['setup_token']}", choice)["token"]

    def __enter__(self) -> "_Staff":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """A request of the helpdesk's interface. Raises RuntimeError where it is refused."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        content = None if body is None else json.dumps(body)
        self._connection.request(method, f"/v1/helpdesk/{path}", content, headers)
        with self._connection.getresponse() as answer:
            said = json.loads(answer.read())
            if answer.status >= 300:
                raise RuntimeError(f"{method} {path.partition('?')[0]}: {answer.status}, {said}")
        return said
