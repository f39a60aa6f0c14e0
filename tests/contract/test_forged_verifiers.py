"""Somebody between the app and its verifier changes answers: the app notices, and goes on."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.services.outcomes import (
    ConsentReady,
    NotRegistered,
    PinChanged,
    Proven,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import NoAnswer
from motp_protocol.encoding import b64url_encode
from tests.support.fickle_proxy import FickleProxy, fickle_proxy
from tests.support.live_verifier import Person
from tests.support.pc import PIN, Pc
from tests.support.raw_server import Respond, http_answer
from tests.support.sentences import Sentences

pytestmark = pytest.mark.xdist_group("bad-verifiers")

ZEROS = b64url_encode(bytes(32))
OTHER = b64url_encode(bytes(range(32)))


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FickleProxy]:
    with fickle_proxy(tmp_path_factory.mktemp("forged")) as running:
        yield running


@pytest.fixture(scope="module")
def sentences(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    return Sentences(qapp, tmp_path_factory.mktemp("sentences"))


@pytest.fixture
def pc(proxy: FickleProxy, tmp_path: Path) -> Pc:
    return Pc(proxy.origin, tmp_path / "pc")


@pytest.fixture
def person(proxy: FickleProxy) -> Person:
    return proxy.verifier.new_person()


def forged(proxy: FickleProxy, change: Callable[[dict[str, Any]], None]) -> Respond:
    """The verifier's JSON, with members changed on the way."""

    def mangle(answer: bytes) -> bytes:
        head, _, body = answer.partition(b"\r\n\r\n")
        told = json.loads(body)
        change(told)
        status = head.partition(b"\r\n")[0].decode().partition(" ")[2]
        return http_answer(json.dumps(told).encode(), status=status)

    return proxy.mangled(mangle)


def member(*path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """A change that sets one member."""

    def change(told: dict[str, Any]) -> None:
        for name in path[:-1]:
            told = told[name]
        told[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        member("confirmation", value=OTHER),
        member("key_share", value=OTHER),
        member("key_share", value=ZEROS),
    ],
    ids=["confirmation", "key share", "key share of zeros"],
)
def test_a_verifier_that_proves_no_common_keys_is_refused_and_the_real_one_goes_on(
    proxy: FickleProxy,
    pc: Pc,
    person: Person,
    sentences: Sentences,
    change: Callable[[dict[str, Any]], None],
) -> None:
    pc.send_code(person)
    code = proxy.verifier.identity_code(person)
    with proxy.spoilt(forged(proxy, change)):
        outcome = pc.services.enrolment.prove(code)
    assert outcome == UnexpectedRefusal("bad-confirmation")
    sentences.check(outcome)
    assert pc.services.opening.look() == NotRegistered()
    assert pc.services.enrolment.prove(code) == Proven(None)
    pc.services.enrolment.confirm(replace=False)
    pc.unlock()
    assert proxy.verifier.check(person, pc.code()) == "accepted"


def test_a_share_that_does_not_open_the_vault_is_told_and_the_right_one_still_opens(
    proxy: FickleProxy, pc: Pc, person: Person, sentences: Sentences
) -> None:
    pc.enrol(proxy.verifier, person)
    for ask in (
        lambda: pc.services.unlock.unlock(PIN),
        lambda: pc.services.unlock.change_pin(PIN, "739158"),
    ):
        with proxy.spoilt(forged(proxy, member("share", "value", value=OTHER))):
            outcome = ask()
        assert outcome == UnexpectedRefusal("bad-share")
        sentences.check(outcome)
        assert pc.services.codes.now() is None
    pc.restart()
    pc.unlock()
    assert proxy.verifier.check(person, pc.code()) == "accepted"
    assert isinstance(pc.services.unlock.change_pin(PIN, "739158"), PinChanged)


@pytest.mark.parametrize(
    "change",
    [
        member("text", value="모든 것에 동의합니다."),
        member("warning", value=""),
        member("items", value=["이름"]),
        member("sha256", value="0" * 64),
        member("version", value="2020-01"),
        member("lang", value="en"),
    ],
    ids=["text", "warning", "items", "hash", "version", "language"],
)
def test_a_consent_that_is_not_the_one_its_hash_names_is_not_shown(
    proxy: FickleProxy,
    pc: Pc,
    sentences: Sentences,
    change: Callable[[dict[str, Any]], None],
) -> None:
    def only_the_document(told: dict[str, Any]) -> None:
        if "retention" in told:
            change(told)

    with proxy.spoilt(forged(proxy, only_the_document)):
        outcome = pc.services.enrolment.load_consent("ko")
    assert outcome == NoAnswer("bad-answer")
    sentences.check(outcome)
    assert isinstance(pc.services.enrolment.load_consent("ko"), ConsentReady)


def test_a_verifier_of_another_protocol_is_told_so(
    proxy: FickleProxy, pc: Pc, sentences: Sentences
) -> None:
    with proxy.spoilt(forged(proxy, member("protocol", value=2))):
        outcome = pc.services.enrolment.load_consent("ko")
    assert outcome == UnexpectedRefusal("protocol-version")
    sentences.check(outcome)


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2026-02-30T00:00:00.000Z"]
)
def test_a_time_beyond_belief_is_not_learnt_from(
    proxy: FickleProxy, pc: Pc, person: Person, sentences: Sentences, time: str
) -> None:
    pc.enrol(proxy.verifier, person)
    with proxy.spoilt(forged(proxy, member("time", value=time))):
        outcome = pc.services.sync.sync()
    assert outcome == NoAnswer("bad-answer")
    sentences.check(outcome)
    assert abs(pc.services.codes.skew_ms()) < 1000
    pc.unlock()


@pytest.mark.parametrize("time", ["1971-01-01T00:00:00.000Z", "2199-12-31T00:00:00.000Z"])
def test_a_wrong_time_that_was_learnt_is_healed_by_the_next_right_answer(
    proxy: FickleProxy, pc: Pc, person: Person, time: str
) -> None:
    pc.enrol(proxy.verifier, person)
    with proxy.spoilt(forged(proxy, member("time", value=time))):
        pc.services.sync.sync()
    pc.restart()
    pc.unlock()
    assert abs(pc.services.codes.skew_ms()) < 1000
    assert proxy.verifier.check(person, pc.code()) == "accepted"
