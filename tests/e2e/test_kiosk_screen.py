"""A kiosk on a real screen: Xvfb, a session bus, a real keychain, a real verifier."""

import json
import os
import random
import select
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select as query

from motp_verifier.sealing import load_or_create
from motp_verifier.services.seeds import open_seed
from motp_verifier.store.tables import registration
from tests.support.graphical_session import GraphicalSession, missing_programs
from tests.support.live_kiosk import EXIT_PIN, add_kiosk
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.secret_hunt import SecretHunt

PIN = "482915"
TRAINEES = 50
SETTLED = 5
NEWCOMERS = 25
KILLS = 30
PATIENCE_SECONDS = 60

pytestmark = [
    pytest.mark.skipif(
        bool(missing_programs()) and "CI" not in os.environ,
        reason="needs the Debian packages dbus, gnome-keyring and xvfb",
    ),
    pytest.mark.timeout(300),  # it is people's time that passes here
]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveVerifier]:
    with live_verifier(tmp_path_factory.mktemp("verifier") / "data") as running:
        yield running


@pytest.fixture
def session(tmp_path: Path) -> Iterator[GraphicalSession]:
    with GraphicalSession(tmp_path / "home") as started:
        yield started


class KioskPlace:
    """A PC with an enrolled kiosk, its data in the person's home."""

    def __init__(self, session: GraphicalSession, verifier: LiveVerifier, *options: str) -> None:
        self.session, self.verifier = session, verifier
        self.data_dir = session.folder / "kiosk-data"
        enrol = subprocess.run(
            [*self.command("enrol"), "--code", add_kiosk(verifier), "--yes", *options],
            env=session.environment, input=f"{EXIT_PIN}\n{EXIT_PIN}\n".encode(),
            capture_output=True, check=False,
        )  # fmt: skip
        assert enrol.returncode == 0, enrol.stderr.decode()

    def command(self, *words: str) -> list[str]:
        """`motp-desktop kiosk …` over this PC's data."""
        app = [sys.executable, "-m", "motp_desktop", "--verifier", self.verifier.origin]
        return [*app, "--data-dir", str(self.data_dir), "kiosk", *words]

    @contextmanager
    def robot(self, visits: list[Person]) -> Iterator["RobotProcess"]:
        """A kiosk at which these people type one after the other; gone at the end."""
        job = self.session.folder.parent / "job.json"  # it has what the hunt looks for
        content = {
            "origin": self.verifier.origin, "data_dir": str(self.data_dir),
            "api_key": self.verifier.api_key, "pin": PIN,
            "outbox": str(self.verifier.data_dir / "outbox.jsonl"),
            "visits": [[each.name, each.phone] for each in visits],
        }  # fmt: skip
        job.write_text(json.dumps(content), "utf-8")
        robot = RobotProcess(self.session, job)
        try:
            yield robot
        finally:
            robot.kill()


class RobotProcess:
    """What it tells, line by line."""

    def __init__(self, session: GraphicalSession, job: Path) -> None:
        with session.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.kiosk_robot", str(job)],
                env=session.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                bufsize=0,  # what lies in a buffer, `select` does not see
            )  # fmt: skip
        self._log = session.log

    def hear(self, seconds: float = PATIENCE_SECONDS) -> dict[str, Any] | None:
        """The next line, or None where none comes in time."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        if not ready:
            return None
        line = self.process.stdout.readline()
        assert line, self._log.read_text("utf-8", "replace")[-4000:]
        told: dict[str, Any] = json.loads(line)
        return told

    def told(self) -> dict[str, Any]:
        """The next line, which has to come."""
        line = self.hear()
        assert line is not None, self._log.read_text("utf-8", "replace")[-4000:]
        return line

    def kill(self) -> None:
        """As a power cut would."""
        if self.process.returncode is None:
            self.process.kill()
            self.process.communicate(timeout=PATIENCE_SECONDS)

    def end(self) -> None:
        """Let it end by itself."""
        self.process.communicate(timeout=PATIENCE_SECONDS)
        assert self.process.returncode == 0, self._log.read_text("utf-8", "replace")


def test_fifty_trainees_in_a_row_are_served_in_seconds_and_leave_nothing(
    session: GraphicalSession, verifier: LiveVerifier
) -> None:
    before = set(_shared_memory())
    place = KioskPlace(session, verifier)
    people = [verifier.new_person() for _ in range(NEWCOMERS)]
    with place.robot([*people, *people]) as robot:
        assert robot.hear() == {"start": True}
        told = [robot.told() for _ in range(TRAINEES)]
        assert robot.hear() == {"end": True}, session.log.read_text("utf-8", "replace")[-4000:]
        # While it runs: what it tidies away at its end was there before.
        places = _files(session.folder) | {
            name: Path(name).read_bytes() for name in set(_shared_memory()) - before
        }
        for name in ("environ", "cmdline"):
            places[name] = Path(f"/proc/{robot.process.pid}/{name}").read_bytes()
        places["keychain"] = _keychain(session)
        robot.end()
    places |= {f"afterwards: {name}": data for name, data in _files(session.folder).items()}

    assert [each["verdict"] for each in told] == ["accepted"] * TRAINEES
    assert all("IdentityCode" in each["screens"] for each in told[:NEWCOMERS])
    assert all(each["screens"] == ["EnterPin"] for each in told[NEWCOMERS:])
    assert statistics.median(each["seconds"] for each in told) < 2, told
    memory = [each["rss_kib"] for each in told]
    assert memory[-1] <= 1.1 * memory[SETTLED - 1], memory

    hunt = SecretHunt()
    for person in people:
        hunt.add_text("name", person.name)
        hunt.add_phone("number", person.phone)
    for what, secret in (("PIN", PIN), ("exit PIN", EXIT_PIN)):
        hunt.add_text(what, secret)
    files = SecretHunt()  # large ones have six digits by chance
    for seed in _seeds(verifier):
        hunt.add_bytes("seed", seed)
        files.add_bytes("seed", seed)
    for each in told:
        for code in each["codes"]:
            hunt.add_text("code", code)
    assert len(places) > TRAINEES
    assert hunt.found_in(places) == []
    assert files.found_in(places) == []


def test_killed_thirty_times_it_comes_back_and_nobody_is_half_registered(
    session: GraphicalSession, verifier: LiveVerifier
) -> None:
    # In a file: gnome-keyring 42 itself dies where who asked it is killed meanwhile.
    place = KioskPlace(session, verifier, "--key-file")
    people = [verifier.new_person() for _ in range(4)]
    chance = random.Random(20261128)
    done = 0
    for number in range(KILLS):
        with place.robot([people[number % len(people)]]) as robot:
            assert robot.hear() == {"start": True}, f"start {number}"
            done += robot.hear(chance.uniform(0.02, 1.8)) is not None
    assert 0 < done < KILLS, "some visits end before the kill, and some do not"
    with place.robot(people) as robot:
        assert robot.hear() == {"start": True}
        told = [robot.told() for _ in people]
        robot.end()
    assert [each["verdict"] for each in told] == ["accepted"] * len(people)


_KEYCHAIN = """
import contextlib, secretstorage, sys
with contextlib.closing(secretstorage.dbus_init()) as bus:
    for collection in secretstorage.get_all_collections(bus):
        for item in collection.get_all_items():
            told = [item.get_label(), *map(str, item.get_attributes().items())]
            sys.stdout.buffer.write("\\n".join(told).encode() + b"\\n" + item.get_secret() + b"\\n")
"""


def _keychain(session: GraphicalSession) -> bytes:
    """What lies in the keychain, in clear."""
    done = subprocess.run(
        [sys.executable, "-c", _KEYCHAIN], env=session.environment, capture_output=True, check=True
    )
    assert b"motp" in done.stdout
    return done.stdout


def _files(folder: Path) -> dict[str, bytes]:
    """All files and their names."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    names = {f"name of {path}": path.name.encode() for path in folder.rglob("*")}
    return names | {str(path): path.read_bytes() for path in found}


ESCAPES = (
    "alt+F4", "alt+Tab", "alt+Escape", "alt+space", "alt+F1", "alt+F2", "alt+F10",
    "ctrl+alt+Right", "ctrl+alt+Left", "ctrl+alt+d", "ctrl+alt+t", "ctrl+alt+Delete",
    "ctrl+alt+BackSpace", "ctrl+shift+Escape", "ctrl+Escape", "ctrl+q", "ctrl+w", "ctrl+n",
    "ctrl+p", "super", "super+e", "super+d", "super+F2", "super+l", "F1", "F5", "F11", "F12",
    "Escape", "Menu", "Print", "XF86HomePage", "XF86Mail", "alt+shift+Tab", "ctrl+Tab",
)  # fmt: skip


_ANOTHER_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("behind")
label.resize(400, 300)
label.show()
app.exec()
"""


def test_no_key_or_gesture_leads_out_under_a_window_manager(
    session: GraphicalSession, verifier: LiveVerifier
) -> None:
    missing = [each for each in ("openbox", "xdotool") if shutil.which(each) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"needs {', '.join(missing)}")
    place = KioskPlace(session, verifier)
    session.start(["openbox"])
    session.start([sys.executable, "-c", _ANOTHER_WINDOW])
    kiosk = session.start(place.command())
    window = _xdo(session, "search", "--sync", "--onlyvisible", "--pid", str(kiosk.pid))
    window = window.split()[-1]
    _until_active(session, window)
    for each in ESCAPES:
        _xdo(session, "key", "--clearmodifiers", each)
        _assert_in_front(session, window, each)
    for button, at in (("3", (500, 400)), ("2", (500, 300)), ("3", (10, 10)), ("8", (500, 400))):
        _xdo(session, "mousemove", *map(str, at), "click", button)
        _assert_in_front(session, window, f"button {button}")
    for edge in ((0, 0), (1023, 0), (0, 799), (1023, 799)):
        _xdo(session, "mousemove", *map(str, edge), "mousedown", "1")
        _xdo(session, "mousemove", "500", "400", "mouseup", "1")
        _assert_in_front(session, window, f"drag from {edge}")
    assert kiosk.poll() is None
    _xdo(session, "key", "ctrl+alt+shift+x")
    time.sleep(0.5)
    _xdo(session, "type", "--delay", "40", EXIT_PIN)
    _xdo(session, "key", "Return")
    assert kiosk.wait(PATIENCE_SECONDS) == 0


def test_a_service_manager_starts_watches_and_stops_it(
    session: GraphicalSession, verifier: LiveVerifier
) -> None:
    place = KioskPlace(session, verifier)
    told = session.folder.parent / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(told))
        manager.settimeout(PATIENCE_SECONDS)
        watched = {"NOTIFY_SOCKET": str(told), "WATCHDOG_USEC": "500000"}
        kiosk = session.start(place.command(), watched)
        heard = [manager.recv(64) for _ in range(4)]
        assert heard == [b"READY=1", *[b"WATCHDOG=1"] * 3]
        kiosk.terminate()
        assert kiosk.wait(PATIENCE_SECONDS) == 0
        manager.settimeout(0.1)
        rest = [*iter(lambda: _heard(manager), b"")]
    assert rest[-1] == b"STOPPING=1"
    assert "Traceback" not in session.log.read_text("utf-8", "replace")


def _heard(manager: socket.socket) -> bytes:
    try:
        return manager.recv(64)
    except TimeoutError:
        return b""


def _until_active(session: GraphicalSession, window: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _xdo(session, "getactivewindow").strip() != window:
        assert time.monotonic() < deadline, session.log.read_text("utf-8", "replace")[-2000:]
        time.sleep(0.1)


def _assert_in_front(session: GraphicalSession, window: str, after: str) -> None:
    time.sleep(0.1)
    assert _xdo(session, "getactivewindow").strip() == window, after
    assert _xdo(session, "search", "--onlyvisible", "--class", "").split(), after
    shape = _xdo(session, "getwindowgeometry", "--shell", window)
    assert "WIDTH=1024" in shape and "HEIGHT=800" in shape, (after, shape)
    assert _xdo(session, "get_desktop").strip() == "0", after


def _xdo(session: GraphicalSession, *words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], env=session.environment, capture_output=True, text=True, check=False
    )
    return done.stdout


def _shared_memory() -> list[str]:
    return [str(each) for each in Path("/dev/shm").glob("*") if each.is_file()]


def _seeds(verifier: LiveVerifier) -> list[bytes]:
    """Those of every kiosk registration."""
    keys = load_or_create(verifier.data_dir / "master.key")
    wanted = query(registration.c.id, registration.c.seed_sealed).where(
        registration.c.kind == "kiosk", registration.c.seed_sealed.is_not(None)
    )
    rows = verifier.do(lambda c: c.execute(wanted).all())
    assert rows
    return [open_seed(keys, sealed, name) for name, sealed in rows]
