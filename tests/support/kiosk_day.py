"""A day at a kiosk in a process of its own: many trainees in a row, each registers and unlocks."""

import gc
import json
import os
from pathlib import Path

from demo.stack import VerifierProcess
from motp_desktop.config import Settings
from motp_desktop.kiosk_services import build_kiosk
from motp_desktop.services.kiosk.outcomes import KioskAdded
from tests.support.app_life import dies_at
from tests.support.desktop_fakes import CHEAP_ARGON2
from tests.support.kiosk_life import Life
from tests.support.live_kiosk import EXIT_PIN
from tests.support.live_verifier import LiveVerifier, Person


def live(
    *,
    folder: str,
    verifier_folder: str,
    origin: str,
    kiosk_code: str,
    people: list[list[str]],
    told: str,
) -> None:
    """Serve these people, then those again; tell the memory after each and what was open."""
    services = build_kiosk(Settings(origin, Path(folder)), argon2=CHEAP_ARGON2, on_step=dies_at(""))
    services.key_store_choice.choose_key_file()
    assert isinstance(services.kiosk.enrol(kiosk_code, EXIT_PIN), KioskAdded)
    verifier = LiveVerifier(VerifierProcess(Path(verifier_folder)), api_key="")
    rss: list[int] = []
    codes: list[str] = []
    for name, phone in people:
        life = Life(services, verifier, Person(name, phone), "")
        life.go_on()
        assert life.unlock() == "PinRight"
        life.end()
        life.arrive()
        assert life.unlock() == "PinRight"
        now = life.visit.codes.now()
        assert now is not None
        codes.append(now.code)
        life.end()
        services.kiosk.refresh()
        gc.collect()
        rss.append(_resident())
    process = {
        each: Path(f"/proc/self/{each}").read_bytes().hex() for each in ("environ", "cmdline")
    }
    Path(told).write_text(json.dumps({"rss": rss, "codes": codes, **process}))


def _resident() -> int:
    """Bytes of memory in use."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
