"""A verifier whose disk is full says so, does nothing by halves, and recovers by itself."""

import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.outcomes import CodeSent, EnrolmentForm, Registered, Synced
from motp_desktop.services.ports import NoAnswer
from tests.support.full_disk import small_disk
from tests.support.live_verifier import LiveVerifier, live_verifier
from tests.support.pc import PIN, Pc
from tests.support.raw_client import client_of
from tests.support.sentences import Sentences

pytestmark = pytest.mark.xdist_group("verifier-on-a-full-disk")

FAILING = NoAnswer("failing")


@dataclass(frozen=True, slots=True)
class Cramped:
    """A verifier, and how to take its room away and give it back."""

    verifier: LiveVerifier
    fill: Callable[[], None]
    empty: Callable[[], None]


@pytest.fixture(scope="module", params=["a real one", "a limit on files"])
def cramped(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cramped]:
    folder = tmp_path_factory.mktemp("cramped")
    if request.param == "a real one":
        with small_disk(folder / "disk") as disk, live_verifier(disk.folder / "data") as running:
            yield Cramped(running, disk.fill, disk.empty)
        return
    with live_verifier(folder / "data") as running:
        _, hard = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)

        def limit(size: int) -> None:
            resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (size, hard))

        yield Cramped(running, lambda: limit(0), lambda: limit(hard))


def assert_unavailable(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:motp:problem:unavailable"
    assert int(answer.headers["retry-after"]) == answer.json()["retry_after"] > 0


def test_what_must_be_written_is_unavailable_and_goes_on_afterwards(
    cramped: Cramped, tmp_path: Path, qapp: QApplication
) -> None:
    verifier = cramped.verifier
    person = verifier.new_person()
    pc = Pc(verifier.origin, tmp_path / "pc")
    pc.enrol(verifier, person)
    pc.unlock()
    code, device = pc.code(), client_of(pc)
    site = httpx.Client(headers={"Authorization": f"Bearer {verifier.api_key}"}, trust_env=False)
    asked = {
        "trainee": {"name": person.name, "phone": person.phone},
        "course": "safety",
        "class": "1",
        "session": 0,
        "occasion": "entry",
        "code": code,
    }
    with site:
        cramped.fill()
        try:
            for _ in range(3):
                assert_unavailable(device.sync())
                assert_unavailable(device.unlock(bytes(32)))
                assert_unavailable(site.post(f"{verifier.origin}/v1/verifications", json=asked))
            assert site.get(f"{verifier.origin}/v1/service").status_code == 200
            assert site.get(f"{verifier.origin}/healthz").status_code == 200
            assert pc.services.unlock.unlock(PIN) == FAILING
            assert pc.services.reset.reset() == FAILING
            Sentences(qapp, tmp_path).check(FAILING)
        finally:
            cramped.empty()
    assert verifier.check(person, code) == "accepted"
    synced = pc.services.sync.sync()
    assert isinstance(synced, Synced)
    assert synced.status.pin_attempts_left == 5, "no guess was counted by halves"
    pc.unlock()


def test_an_enrolment_that_finds_no_room_costs_no_message_and_begins_afterwards(
    cramped: Cramped, tmp_path: Path
) -> None:
    verifier = cramped.verifier
    person = verifier.new_person()
    pc = Pc(verifier.origin, tmp_path / "pc")
    form = EnrolmentForm(person.name, person.phone, PIN)
    consent = pc.consent()
    cramped.fill()
    try:
        assert pc.services.enrolment.start(form, consent, "ko") == FAILING
    finally:
        cramped.empty()
    assert verifier.messages_to(person) == []
    assert isinstance(pc.services.enrolment.start(form, consent, "ko"), CodeSent)
    code = verifier.identity_code(person)
    cramped.fill()
    try:
        assert pc.services.enrolment.prove(code) == FAILING
    finally:
        cramped.empty()
    pc.services.enrolment.prove(code)
    pc.services.enrolment.confirm(replace=False)
    assert isinstance(pc.services.opening.look(), Registered)
    pc.unlock()
    assert verifier.check(person, pc.code()) == "accepted"


def test_the_verifier_still_stops_when_asked_and_what_it_kept_is_whole(cramped: Cramped) -> None:
    process = cramped.verifier.process
    process.stop()
    assert "internal-error" not in cramped.verifier.log()
    process.start()
    answer = httpx.get(f"{cramped.verifier.origin}/readyz", trust_env=False)
    assert answer.json() == {"status": "ready"}
