"""A real verifier process with a roster, and what a test may read and age behind its back."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner
from sqlalchemy import Connection, Update, func, select, update

from demo.stack import Site, VerifierProcess
from motp_protocol.person import normalise_phone
from motp_verifier.cli import main
from motp_verifier.sealing import load_or_create
from motp_verifier.services.seeds import open_seed
from motp_verifier.services.vaults import share_value
from motp_verifier.store import tables
from motp_verifier.store.opening import maintaining
from tests.support.databases import database_of

T = TypeVar("T")

_SEATS = 400
INSTITUTION = "hanbit"
_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster, unless a test says otherwise."""

    name: str
    phone: str

    @property
    def e164(self) -> str:
        return normalise_phone(self.phone)


class LiveVerifier:
    """`motp-verifier serve` on loopback. Each test takes people of its own from the roster."""

    def __init__(self, process: VerifierProcess, api_key: str, url: str = "") -> None:
        """`url` is that of a PostgreSQL database, empty for the SQLite file."""
        self.process = process
        self.url = url
        self.data_dir = process.data_dir
        self.api_key = api_key
        self._seats = count()

    @property
    def origin(self) -> str:
        return self.process.origin

    @property
    def database(self) -> Path:
        return self.data_dir / "motp.sqlite3"

    def log(self) -> str:
        """All that the process has said."""
        return self.process.log.read_text("utf-8")

    def new_person(self) -> Person:
        """Somebody who has no registration yet."""
        return _person(next(self._seats))

    def check(self, person: Person, code: str) -> str:
        """What a training site is told of this code."""
        return Site(self.origin, self.api_key).check(code, name=person.name, phone=person.phone)

    def messages_to(self, person: Person) -> list[str]:
        """The text messages to somebody, the oldest first."""
        outbox = self.data_dir / "outbox.jsonl"
        lines = outbox.read_text("utf-8").splitlines() if outbox.exists() else []
        messages = map(json.loads, lines)
        return [str(each["text"]) for each in messages if each["to"] == person.e164]

    def wait_for_message(self, person: Person, *, number: int) -> str:
        """The message of this number, counted from 1: notices leave after the answer."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while len(found := self.messages_to(person)) < number:
            assert time.monotonic() < deadline, found
            time.sleep(0.01)
        return found[number - 1]

    def identity_code(self, person: Person) -> str:
        """The code in the newest message to somebody."""
        text = self.messages_to(person)[-1]
        digits = "".join(each if each.isdigit() else " " for each in text)
        return next(each for each in digits.split() if len(each) == 6)

    def seed(self, registration_id: str) -> bytes:
        """The seed of a registration, opened as the verifier does."""
        sealed = self.row(tables.registration, registration_id)["seed_sealed"]
        keys = load_or_create(self.data_dir / "master.key")
        return open_seed(keys, sealed, registration_id)

    def share(self, registration_id: str, share_id: int) -> bytes:
        """A share that may still be presented, opened as the verifier does."""
        keys = load_or_create(self.data_dir / "master.key")
        return self._do(lambda c: share_value(c, keys, registration_id, share_id))

    def is_active(self, registration_id: str) -> bool:
        """Whether a registration is in use, so that there is a seed."""
        return bool(self.row(tables.registration, registration_id)["state"] == "active")

    def agreed_long_ago(self, registration_id: str) -> None:
        """As if a registration's consent had been to an older document than the one in force."""
        consent = tables.consent
        ours = consent.c.registration_id == registration_id
        self._execute(update(consent).where(ours).values(version="2001-01", recorded_at=1))

    def purge(self) -> None:
        """What the verifier does once a day."""
        _run("purge", folder=self.data_dir, url=self.url)

    def withdrawals(self) -> int:
        """How many consents were taken back."""
        query = select(func.count()).where(tables.consent.c.withdrawn_at.is_not(None))
        return self._do(lambda connection: int(connection.execute(query).scalar_one()))

    def row(self, table: Any, row_id: str) -> dict[str, Any]:
        """A row of the database."""

        statement = select(table).filter_by(id=row_id)
        return self._do(lambda connection: dict(connection.execute(statement).mappings().one()))

    def change(self, table: Any, row_id: str, **values: Any) -> None:
        """Change a row of the database, as an operator might."""
        self._execute(update(table).filter_by(id=row_id).values(values))

    def do(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in the database, as another process might."""
        return self._do(work)

    def age_enrolments(self, seconds: int) -> None:
        """Make every identity code so much older, and every enrolment too."""
        columns = tables.enrolment.c
        names = ("expires_at", "code_expires_at", "code_sent_at")
        aged = {name: columns[name] - seconds * 1000 for name in names}
        self._execute(update(tables.enrolment).values(aged))

    def age_name_proofs(self, seconds: int) -> None:
        """Make every name proof so much older."""
        columns = tables.name_proof.c
        names = ("ends_at", "code_expires_at", "code_sent_at")
        aged = {name: columns[name] - seconds * 1000 for name in names}
        self._execute(update(tables.name_proof).values(aged))

    def _execute(self, statement: Update) -> None:
        self._do(lambda connection: connection.execute(statement).rowcount)

    def _do(self, work: Callable[[Connection], T]) -> T:
        with maintaining(database_of(self.data_dir, self.url)) as connection:
            return work(connection)


@contextmanager
def live_verifier(folder: Path, *arguments: str) -> Iterator[LiveVerifier]:
    """A running verifier with one institution and its roster."""
    api_key = prepare(folder)
    with VerifierProcess(folder, *arguments) as process:
        yield LiveVerifier(process, api_key)


def prepare(folder: Path, url: str = "", *, roster: Path | None = None) -> str:
    """Make a verifier's data with an institution and its roster; the institution's API key.

    `url` is that of a PostgreSQL database, empty for a SQLite file in the folder. Without a
    roster of one's own there are seats for those of `new_person`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = roster or _roster(folder / "roster.csv")
    added = _run(
        "institution", "add", "--id", INSTITUTION, "--name", "한빛훈련원", folder=folder, url=url
    )
    _run("roster", "import", "--institution", INSTITUTION, str(file), folder=folder, url=url)
    if roster is None:
        file.unlink()
    return next(word for word in added.split() if word.startswith("motp_"))


def _roster(file: Path) -> Path:
    people = [_person(seat) for seat in range(_SEATS)]
    lines = ["이름,전화번호", *(f"{person.name},{person.phone}" for person in people)]
    file.write_text("\n".join(lines), "utf-8")
    return file


def _person(seat: int) -> Person:
    return Person(f"훈련생{chr(ord('가') + seat)}", f"010-{2100 + seat}-{7600 + seat}")


def _run(*arguments: str, folder: Path, url: str) -> str:
    environment = {"MOTP_VERIFIER_DATABASE_URL": url} if url else {}
    result = CliRunner(env=environment).invoke(main, [*arguments, "--data-dir", str(folder)])
    assert result.exit_code == 0, result.output
    return result.output
