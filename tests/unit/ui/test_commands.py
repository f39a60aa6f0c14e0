"""`motp-desktop status`, `doctor` and `reset` as a helpdesk or a script runs them."""

import contextlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motp_desktop.bootstrap import Services, build_services
from motp_desktop.cli import main
from motp_desktop.commands import look_within
from motp_desktop.config import Settings
from motp_desktop.services.outcomes import Enrolled, EnrolmentForm, NotRegistered, Registered
from motp_protocol.status_token import short_code
from tests.support.desktop_fakes import CHEAP_ARGON2, PIN
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.memory_ports import MemoryKeyStore
from tests.support.secret_hunt import SecretHunt

pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier")) as verifier:
        yield verifier


class Here:
    """A PC with a data folder and a key file, on which commands are run."""

    def __init__(self, origin: str, folder: Path) -> None:
        self.origin = origin
        self.folder = folder

    def services(self) -> Services:
        """A fresh start of the app."""
        return build_services(Settings(self.origin, self.folder), argon2=CHEAP_ARGON2)

    def enrol(self, verifier: LiveVerifier, person: Person) -> None:
        services = self.services()
        assert isinstance(services.opening.use_key_file(), NotRegistered)
        consent = services.enrolment.load_consent("ko")
        services.enrolment.start(EnrolmentForm(person.name, person.phone, PIN), consent, "ko")  # type: ignore[arg-type]
        services.enrolment.prove(verifier.identity_code(person))
        assert isinstance(services.enrolment.confirm(replace=True), Enrolled)

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """One command, in a process of its own."""
        where = ("--data-dir", str(self.folder), "--verifier", self.origin)
        return subprocess.run(
            [sys.executable, "-m", "motp_desktop", *arguments, *where],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"},
        )

    def status(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """What the command tells, in this process: it needs no Qt."""
        where = ["--data-dir", str(self.folder), "--verifier", self.origin]
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = main(["status", "--json", *arguments, *where])
        return code, json.loads(said.getvalue())


def test_a_registration_from_its_status_over_a_report_to_its_reset(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    here, person = Here(verifier.origin, tmp_path / "data"), verifier.new_person()
    assert here.status()[0] == 4
    here.enrol(verifier, person)

    code, status = here.status("--ask")
    assert (code, status["registration"]) == (0, "active")
    assert status["short_code"] == short_code(status["registration_id"])
    assert status["key_store"] == "key file"
    assert status["last_contact"] is not None

    report = tmp_path / "report.txt"
    done = here.run("doctor", "--report", str(report), "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert "[ok  ] way to the verifier" in done.stdout
    assert "[warn] keychain" in done.stdout
    assert_no_secrets(here, verifier, person, {"report": report.read_bytes()})
    assert "GET /v1/service: done" in report.read_text("utf-8")
    assert report.stat().st_mode & 0o077 == 0

    done = here.run("reset", typed="no\n")
    assert done.returncode == 6, done.stderr
    assert isinstance(here.services().opening.look(), Registered)
    done = here.run("reset", typed="초기화\n")
    assert done.returncode == 0, done.stderr
    assert not verifier.is_active(status["registration_id"])
    assert here.status()[0] == 4


def assert_no_secrets(
    here: Here, verifier: LiveVerifier, person: Person, places: dict[str, bytes]
) -> None:
    """Neither what was written nor any log holds anything of the trainee's or the device's."""
    for path in (here.folder / "logs").iterdir():
        places[path.name] = path.read_bytes()
    assert "motp-desktop.log" in places
    hunt = SecretHunt()
    hunt.add_text("name", person.name)
    hunt.add_phone("phone number", person.phone)
    hunt.add_text("PIN", PIN)
    hunt.add_text("identity code", verifier.identity_code(person))
    vault_id = here.status()[1]["registration_id"]
    hunt.add_bytes("seed", verifier.seed(vault_id))
    keys = json.loads((here.folder / "keys.json").read_text())
    for secret in keys.values():
        hunt.add_text("device secret", secret)
    assert hunt.found_in(places) == []
    assert hunt.found_in(places | {"planted": person.name.encode()}) == [("name", "planted")]


def test_a_reset_waits_until_the_app_is_closed(verifier: LiveVerifier, tmp_path: Path) -> None:
    here = Here(verifier.origin, tmp_path / "data")
    here.enrol(verifier, verifier.new_person())
    claim = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from motp_desktop.ui.single_instance import SingleInstance\n"
        "app = QCoreApplication([]); one = SingleInstance(Path(sys.argv[1])); one.claim()\n"
        "print('claimed', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", claim, str(here.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"claimed\n"
        done = here.run("reset", "--yes", "--lang", "en")
        assert (done.returncode, "is open" in done.stdout) == (1, True)
        running.communicate(timeout=10)
    assert here.status()[1]["registration"] == "active"


def test_a_pc_without_anything_is_told_what_to_do(tmp_path: Path) -> None:
    here = Here("http://127.0.0.1:1", tmp_path / "data")
    done = here.run("doctor", "--json")
    assert done.returncode == 1
    findings = {each["part"]: each for each in json.loads(done.stdout)["findings"]}
    assert findings["key-store"]["code"] == "key-store-none-found"
    assert findings["network"]["code"] == "offline"
    assert "인터넷 연결" in findings["network"]["advice"]
    assert findings["font"]["verdict"] == "ok"
    assert done.stderr == ""


def test_a_keychain_that_never_answers_holds_up_no_script(tmp_path: Path) -> None:
    never = threading.Event()

    class Waiting(MemoryKeyStore):
        def load(self, name: str) -> bytes | None:
            never.wait()
            return super().load(name)

    here = Here("http://127.0.0.1:1", tmp_path)
    here.services().opening.look()
    (tmp_path / "installation-id").write_text("0" * 32)
    (tmp_path / "active.vault").write_bytes(b"motp-vault-1\n")
    services = build_services(Settings(here.origin, tmp_path), key_store=Waiting())
    try:
        status = look_within(services, seconds=0.1)
    finally:
        never.set()
    assert (status.registration, status.reason) == ("unreadable", "key-store-waits")


def test_a_command_that_needs_no_window_loads_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom motp_desktop.cli import main\n"
        "main(['status', '--data-dir', sys.argv[1]])\n"
        "print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


# The last one, for it stops the verifier of all.
def test_a_reset_that_the_verifier_cannot_be_told_of_says_so(
    verifier: LiveVerifier, tmp_path: Path
) -> None:
    here = Here(verifier.origin, tmp_path / "data")
    here.enrol(verifier, verifier.new_person())
    verifier.process.stop()
    done = here.run("reset", "--yes", "--lang", "en")
    assert done.returncode == 7
    assert "--here-only" in done.stdout
    assert here.status()[1]["registration"] == "resetting"
    done = here.run("reset", "--yes", "--here-only")
    assert done.returncode == 7
    assert here.status()[0] == 4
