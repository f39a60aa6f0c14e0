"""A verifier and the sample training site, each a process, and the people who use them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import requests

from demo.site import SiteProcess, policy
from demo.stack import INSTITUTION, TRAINEE_NAME, TRAINEE_PHONE, VerifierProcess
from examples.training_site.accounts import Account
from tests.support.live_verifier import LiveVerifier, Person, prepare
from tests.support.pc import Pc

_SEATS = 40


@dataclass(slots=True)
class Stand:
    """What runs. Each test takes people of its own."""

    verifier: LiveVerifier
    site: SiteProcess
    folder: Path
    _seats: Iterator[int] = field(default_factory=count)

    def newcomer(self) -> Account:
        """Somebody who has no registration yet."""
        return _account(next(self._seats))

    def enrolled(self) -> tuple[Account, Pc]:
        """Somebody with an unlocked app."""
        account = self.newcomer()
        pc = Pc(self.verifier.origin, self.folder / account.id)
        pc.enrol(self.verifier, person_of(account))
        return account, pc

    def popup(self, account: Account) -> str:
        """The address of a pop-up for somebody's entry into a course."""
        asked = {
            "trainee": {"id": account.id},
            "course": "safety",
            "class": "2026-1",
            "occasion": "entry",
            "return_origin": self.site.origin,
        }
        made = requests.post(
            f"{self.verifier.origin}/v1/popups",
            json=asked,
            headers={"Authorization": f"Bearer {self.verifier.api_key}"},
            timeout=10,
        )
        assert made.status_code == 201, made.text
        return str(made.json()["url"])

    def text_message(self, account: Account) -> str:
        """The code in the newest text message to somebody."""
        return self.verifier.identity_code(person_of(account))


def person_of(account: Account) -> Person:
    """The same person as the verifier knows them."""
    return Person(account.name, account.phone)


@contextmanager
def training_stand(folder: Path) -> Iterator[Stand]:
    """Everything up and running, with the first trainee of the demo and some more."""
    people = [HONG, *map(_account, range(_SEATS))]
    lines = ["아이디,이름,전화번호", *(f"{each.id},{each.name},{each.phone}" for each in people)]
    data = folder / "verifier"
    roster = folder / "roster.csv"
    roster.write_text("\n".join(lines), "utf-8")
    api_key = prepare(data, roster=roster)
    site = SiteProcess(folder / "site", roster, api_key, free_port())
    process = VerifierProcess(data, "--config", str(_settings(folder, site.origin)))
    with process, site:
        site.start(process.origin)
        yield Stand(LiveVerifier(process, api_key), site, folder)


HONG = Account("hong", TRAINEE_NAME, TRAINEE_PHONE)


def free_port() -> int:
    """A loopback port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _account(seat: int) -> Account:
    name = f"훈련생{chr(ord('가') + seat)}"
    return Account(f"seat-{seat}", name, f"010-{4100 + seat}-{8600 + seat}")


def _settings(folder: Path, site: str) -> Path:
    policies = folder / "policies"
    policies.mkdir()
    (policies / f"{INSTITUTION}.toml").write_text(policy(site), "utf-8")
    settings = folder / "verifier.toml"
    settings.write_text(f'policy_dir = "{policies.as_posix()}"\n', "utf-8")
    return settings
