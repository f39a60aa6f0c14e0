"""Codes as an independent program makes them: oathtool, of Debian's package of that name."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from demo.stack import Site, VerifierProcess
from tests.support.live_verifier import LiveVerifier, Person, live_verifier
from tests.support.pc import Pc

pytestmark = [
    pytest.mark.xdist_group("oathtool"),
    pytest.mark.skipif(shutil.which("oathtool") is None, reason="Debian's oathtool is not here"),
]

STEP_MS = 30_000
DAY_MS = 24 * 60 * 60_000


@pytest.fixture(scope="module")
def verifiers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveVerifier, str]]:
    """A verifier, and the address of a second process over the same database."""
    folder = tmp_path_factory.mktemp("oathtool") / "data"
    with live_verifier(folder) as one, VerifierProcess(folder) as other:
        yield one, other.origin


@pytest.fixture(scope="module")
def enrolled(
    verifiers: tuple[LiveVerifier, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Pc, Person, bytes]:
    """An unlocked app, whose it is, and the seed as the verifier's database has it."""
    verifier, _ = verifiers
    person = verifier.new_person()
    pc = Pc(verifier.origin, tmp_path_factory.mktemp("oathtool-pc"))
    pc.enrol(verifier, person)
    pc.unlock()
    return pc, person, verifier.seed(pc.vault().registration_id)


def oathtool(seed: bytes, milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    done = subprocess.run(
        ["oathtool", "--totp=sha1", "--digits=6", "--time-step-size=30s", f"--now={moment}", "-"],
        input=seed.hex(),
        capture_output=True,
        text=True,
        check=True,
        timeout=10,
    )
    return done.stdout.strip()


def now_ms() -> int:
    return time.time_ns() // 1_000_000


@pytest.mark.parametrize("days", [0, 1, 27, 365, 3650])
def test_the_app_shows_the_codes_that_oathtool_computes(
    enrolled: tuple[Pc, Person, bytes], days: int
) -> None:
    pc, _, seed = enrolled
    # The middle of a step: nothing changes while the two are asked.
    moment = (now_ms() + days * DAY_MS) // STEP_MS * STEP_MS + STEP_MS // 2
    try:
        pc.clock.passed_ms = moment - now_ms()
        shown = pc.services.codes.now()
    finally:
        pc.clock.passed_ms = 0
    assert shown is not None
    assert shown.code == oathtool(seed, moment)
    assert shown.next_code == oathtool(seed, moment + STEP_MS)
    assert abs(shown.milliseconds_left - STEP_MS // 2) < 10_000


def test_a_code_is_accepted_by_one_of_two_verifiers_and_refused_by_the_other(
    verifiers: tuple[LiveVerifier, str], enrolled: tuple[Pc, Person, bytes]
) -> None:
    verifier, other = verifiers
    pc, person, seed = enrolled
    before = oathtool(seed, now_ms())
    code = pc.code()
    after = oathtool(seed, now_ms())
    assert code in {before, after}
    sites = [Site(origin, verifier.api_key) for origin in (other, verifier.origin)]
    said = [site.check(code, name=person.name, phone=person.phone) for site in sites * 2]
    assert said == ["accepted", "code-used", "code-used", "code-used"]
