"""Fifty trainees in a row at one kiosk: it needs no more memory, and keeps nothing of them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.live_kiosk import EXIT_PIN, add_kiosk, kiosk_command
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.nursery import Nursery
from tests.support.pc import PIN
from tests.support.secret_hunt import SecretHunt

TRAINEES = 50
SETTLED = 5


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


def test_fifty_trainees_leave_neither_memory_nor_traces(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    people = [verifier.new_person() for _ in range(TRAINEES)]
    with Nursery() as nursery:
        child = nursery.start(
            "tests.support.kiosk_day:live",
            tmp_path / "kiosk.log",
            folder=str(tmp_path / "data"),
            verifier_folder=str(verifier.data_dir),
            origin=verifier.origin,
            kiosk_code=add_kiosk(verifier),
            people=[[each.name, each.phone] for each in people],
            told=str(tmp_path / "told.json"),
        )
        assert nursery.wait(child) == 0, (tmp_path / "kiosk.log").read_text("utf-8")
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))

    assert told["rss"][-1] <= 1.1 * told["rss"][SETTLED - 1], told["rss"]
    folder = tmp_path / "data" / "kiosk"
    assert len(list((folder / "profiles").iterdir())) == TRAINEES
    assert f"\t{TRAINEES}\t" in kiosk_command(verifier, "list")

    places = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    places |= {f"name of {path}": path.name.encode() for path in folder.rglob("*")}
    places["kiosk.log"] = (tmp_path / "kiosk.log").read_bytes()
    places |= {each: bytes.fromhex(told[each]) for each in ("environ", "cmdline")}
    places |= {}
    hunt = SecretHunt()
    for person in people:
        hunt.add_text("name", person.name)
        hunt.add_phone("number", person.phone)
    hunt.add_text("PIN", PIN)
    hunt.add_text("exit PIN", EXIT_PIN)
    assert hunt.found_in(places) == []
