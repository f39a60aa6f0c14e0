"""The site's trainees. A real site has them in its database, and checks a password."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Account:
    """A trainee. `id` is the site's own: the verifier's roster has it in its column 아이디."""

    id: str
    name: str
    phone: str


def read_accounts(file: Path) -> dict[str, Account]:
    """The accounts by their id, from the columns 아이디, 이름 and 전화번호."""
    with file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.DictReader(opened))
    accounts = [Account(line["아이디"], line["이름"], line["전화번호"]) for line in lines]
    return {account.id: account for account in accounts}
