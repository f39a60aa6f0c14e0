"""Many ask at once, and a code is accepted once all the same: on every store, by any process."""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pytest

from demo.stack import VerifierProcess
from motp_verifier.sealing import load_or_create
from motp_verifier.store import tables
from tests.support.databases import Cluster, fresh_database
from tests.unit.verifier.site_world import World

SCHOOL = "school"
TRAINEES = 300
AT_ONCE = 24


@dataclass(frozen=True)
class Try:
    """A code of a trainee's, perhaps under an idempotency key."""

    trainee: str
    code: str
    key: str | None = None


class Site:
    """Verifiers that run over one database, and a look into it."""

    def __init__(self, origins: list[str], world: World) -> None:
        self._addresses = [urlsplit(each) for each in origins]
        self.world = world

    def new_trainees(self, first: int, count: int) -> dict[str, Any]:
        names = [f"t{number}" for number in range(first, first + count)]
        self.world.add_to_roster(
            SCHOOL, *(f"홍길동,010-1234-{int(each[1:]):04d},{each}" for each in names)
        )
        return {each: self.world.register(SCHOOL, each) for each in names}

    def now(self) -> None:
        """Let codes be those of this moment, and of as long after it as may be."""
        self.world.now = time.time_ns() // 1_000_000

    def ask(self, tries: list[Try]) -> list[Any]:
        """The answers to tries that are sent at once, as far as connections allow.

        Where there are several verifiers each connection is to the next of them.
        """
        left = deque(enumerate(tries))
        answers: dict[int, Any] = {}

        async def ask_on(address: SplitResult) -> None:
            # A client of its own, for the usual ones take longer than the verifier.
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            while left:
                number, each = left.popleft()
                writer.write(self._request(each))
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split()[0])
                body = await reader.readexactly(length)
                assert head.startswith(b"HTTP/1.1 200 "), body
                answers[number] = json.loads(body)
            writer.close()

        async def run() -> None:
            addresses = islice(cycle(self._addresses), AT_ONCE)
            await asyncio.gather(*(ask_on(each) for each in addresses))

        asyncio.run(run())
        return [answers[number] for number in range(len(tries))]

    def _request(self, each: Try) -> bytes:
        body = json.dumps(
            {
                "trainee": {"id": each.trainee},
                "course": "C-1",
                "class": "1",
                "session": 1,
                "occasion": "lesson",
                "code": each.code,
            }
        )
        lines = [
            "POST /v1/verifications HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self.world.api_keys[SCHOOL]}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        ]
        if each.key is not None:
            lines.append(f"Idempotency-Key: {each.key}")
        return "\r\n".join([*lines, "", body]).encode()


@pytest.fixture(
    scope="module",
    params=[
        "sqlite",
        "sqlite with 2 processes",
        "postgresql",
        "postgresql with 3 processes",
    ],
)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("races")
    if request.param == "sqlite":
        with VerifierProcess(folder / "data") as verifier:
            yield from opened([verifier], "")
        return
    if request.param == "sqlite with 2 processes":
        with VerifierProcess(folder / "data") as one, VerifierProcess(folder / "data") as other:
            yield from opened([one, other], "")
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with fresh_database(cluster) as url:
        config = folder / "config.toml"
        config.write_text(f'database_url = "{url}"\ndatabase_connections = 4\n', "utf-8")
        workers = "3" if "3" in request.param else "1"
        arguments = ("--config", str(config), "--workers", workers)
        with VerifierProcess(folder / "data", *arguments) as verifier:
            yield from opened([verifier], url)


def opened(verifiers: list[VerifierProcess], url: str) -> Iterator[Site]:
    folder = verifiers[0].data_dir
    keys = load_or_create(folder / "master.key")
    world = World(folder, keys, now=time.time_ns() // 1_000_000, database_url=url)
    world.add_institution(SCHOOL)
    yield Site([each.origin for each in verifiers], world)
    world.close()


def test_of_four_equal_codes_at_once_exactly_one_is_accepted_for_each_of_300_trainees(
    site: Site,
) -> None:
    devices = site.new_trainees(0, TRAINEES)
    site.now()
    tries = [
        Try(trainee, site.world.right_code(device))
        for trainee, device in devices.items()
        for _ in range(4)
    ]
    said: dict[str, Counter[str]] = {trainee: Counter() for trainee in devices}
    for each, answer in zip(tries, site.ask(tries), strict=True):
        said[each.trainee][answer["reason"] or answer["result"]] += 1
    assert Counter(str(sorted(each.items())) for each in said.values()) == {
        "[('accepted', 1), ('code-used', 3)]": TRAINEES
    }
    rows = site.world.rows(tables.verification)
    assert sum(row["result"] == "accepted" for row in rows) == TRAINEES
    assert len({(row["registration_id"], row["step"]) for row in rows if row["step"]}) == TRAINEES


def test_fifty_wrong_codes_at_once_are_counted_exactly(site: Site) -> None:
    ((trainee, device),) = site.new_trainees(1000, 1).items()
    site.now()
    answers = site.ask([Try(trainee, site.world.wrong_code(device))] * 50)
    said = Counter((each["reason"], each["attempts_left"]) for each in answers)
    assert said == Counter({("locked", 0): 45, **{("code-wrong", left): 1 for left in range(5)}})
    (run,) = (r for r in site.world.rows(tables.code_run) if r["registration_id"] == device.id)
    failures = [
        row for row in site.world.rows(tables.code_failure) if row["registration_id"] == device.id
    ]
    assert (run["run"], run["locked_at"] is not None, len(failures)) == (5, True, 5)
    site.now()
    # By whichever process: two connections are to two of them.
    after = site.ask([Try(trainee, site.world.right_code(device))] * 2)
    assert [each["reason"] for each in after] == ["locked"] * 2


def test_repeats_under_one_key_are_one_check_however_many_come_at_once(site: Site) -> None:
    devices = site.new_trainees(2000, 60)
    site.now()
    tries = [
        Try(trainee, site.world.right_code(device), key)
        for trainee, device in devices.items()
        for key in (f"{trainee}-a", f"{trainee}-a", f"{trainee}-b", None)
    ]
    answers = list(zip(tries, site.ask(tries), strict=True))
    for trainee in devices:
        of_one = [(each.key, answer) for each, answer in answers if each.trainee == trainee]
        checks = {answer["verification_id"]: answer["result"] for _, answer in of_one}
        assert sorted(checks.values()) == ["accepted", "rejected", "rejected"]
        first, again = (answer for key, answer in of_one if key == f"{trainee}-a")
        assert first == again
