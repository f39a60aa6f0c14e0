"""The load: sites that ask over many connections, and ask again where it is safe to."""

import asyncio
import json
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeAlias
from urllib.parse import urlsplit

from tests.chaos.history import (
    PATIENCE_SECONDS,
    Answered,
    Ask,
    Attempt,
    CutOff,
    History,
    Outcome,
    Refused,
)

SITES = 16

_PAUSE_SECONDS = 0.03
_ANSWER_SECONDS = 40.0

Connection: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NeverAnswered(Exception):
    """A request under a key was refused or cut off for too long."""


class Load:
    """Runs in a thread of its own for as long as the block lasts.

    At its end what is under a key is still asked until it is answered.
    """

    def __init__(
        self,
        origins: Sequence[str],
        api_key: str,
        next_asks: Callable[[], list[Ask]],
        history: History,
        *,
        sites: int = SITES,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`sites` are how many ask at once; `trust` is for origins that speak TLS."""
        self._trust = trust
        self._sites = sites
        self._addresses = [(each.hostname, each.port) for each in map(urlsplit, origins)]
        self._api_key = api_key
        self._next_asks = next_asks
        self._history = history
        self._idle: dict[int, list[Connection]] = defaultdict(list)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="load", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        self._thread.join()
        if error is None and self._history.error is not None:
            raise self._history.error

    def _run(self) -> None:
        try:
            asyncio.run(self._ask_all())
        except BaseException as error:
            self._history.fail(error)

    async def _ask_all(self) -> None:
        try:
            async with asyncio.TaskGroup() as sites:
                for number in range(self._sites):
                    sites.create_task(self._be_site(number))
        finally:
            for _, writer in (each for idle in self._idle.values() for each in idle):
                writer.close()

    async def _be_site(self, number: int) -> None:
        while not self._ends.is_set():
            asks = self._next_asks()
            await asyncio.gather(
                *(self._see_through(ask, number + each) for each, ask in enumerate(asks))
            )

    async def _see_through(self, ask: Ask, turn: int) -> None:
        """Ask until it is answered, or once where a second time would be another check."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            outcome = await self._try(ask, turn % len(self._addresses))
            if outcome is not None:
                self._history.add(Attempt(ask, outcome))
                if isinstance(outcome, Answered) or ask.key is None:
                    return
            elif ask.key is None and self._ends.is_set():
                return  # it was never sent
            if time.monotonic() > deadline:
                raise NeverAnswered(f"{ask}: {outcome}")
            turn += 1
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _try(self, ask: Ask, place: int) -> Outcome | None:
        """None where it did not even leave."""
        try:
            reader, writer = await self._connection(place)
        except OSError:
            return None
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                writer.write(self._request(ask))
                outcome, goes_on = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            writer.close()
            return CutOff()
        if goes_on:
            self._idle[place].append((reader, writer))
        else:
            writer.close()
        return outcome

    async def _connection(self, place: int) -> Connection:
        while self._idle[place]:
            reader, writer = self._idle[place].pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(*self._addresses[place], ssl=self._trust)

    def _request(self, ask: Ask) -> bytes:
        body = json.dumps(
            {
                "trainee": {"id": ask.trainee},
                "course": "C-1",
                "class": "1",
                "session": 1,
                "occasion": "lesson",
                "code": ask.code,
            }
        )
        lines = [
            "POST /v1/verifications HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self._api_key}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        ]
        if ask.key is not None:
            lines.append(f"Idempotency-Key: {ask.key}")
        return "\r\n".join([*lines, "", body]).encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[Outcome, bool]:
    """And whether its connection may be used again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in head)}
    body = await reader.readexactly(int(fields["content-length"]))
    status = int(head[0].split()[1])
    goes_on = fields.get("connection", "").lower() != "close"
    outcome = Answered(body) if status == 200 else Refused(status, fields.get("retry-after"))
    return outcome, goes_on
