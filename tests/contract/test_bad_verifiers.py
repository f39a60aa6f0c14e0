"""Whatever answers in the verifier's place: a sentence for it, and nothing lost."""

import logging
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop import bootstrap
from motp_desktop.services.adapters.http_exchange import (
    HttpAnswer,
    HttpExchange,
    HttpRequest,
    Limits,
)
from motp_desktop.services.outcomes import (
    CodeSent,
    ConsentReady,
    Enrolled,
    EnrolmentForm,
    NotRegistered,
    PinChanged,
    Proven,
    Registered,
    ResetDone,
    ResetUnfinished,
    Synced,
    Trouble,
    Unconfirmed,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import NoAnswer
from tests.support.fickle_proxy import FickleProxy, fickle_proxy
from tests.support.live_verifier import Person
from tests.support.pc import PIN, Pc
from tests.support.raw_server import Respond, always, http_answer, serving
from tests.support.sentences import Sentences

pytestmark = pytest.mark.xdist_group("bad-verifiers")

QUICK = Limits(connect=0.2, read=0.2, total=0.3)
NEW_PIN = "739158"
Ask: TypeAlias = Callable[[], object]
PORTAL = "<!DOCTYPE html><title>Wi-Fi</title><form>로그인</form>".encode()
SERVICE = b"""{"protocol":1,"name":"x","time":"2031-01-01T00:00:00.000Z",
 "otp":{"algorithm":"SHA1","digits":6,"period":30},"pin":{"min":4,"max":8},
 "consent":{"version":"1","languages":{}},"app":{"newest":"1","oldest":"1"}}"""
PROBLEM = b'{"type":"urn:motp:problem:odd","title":"Odd","status":%d}'


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FickleProxy]:
    with fickle_proxy(tmp_path_factory.mktemp("fickle")) as running:
        yield running


@pytest.fixture(scope="module")
def sentences(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    return Sentences(qapp, tmp_path_factory.mktemp("sentences"))


@pytest.fixture
def pc(proxy: FickleProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pc:
    """A PC that waits less long while the verifier is spoilt, for the test's sake."""

    class Exchange(HttpExchange):
        def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
            exchange = HttpExchange(QUICK) if proxy.is_spoilt else HttpExchange()
            return exchange.send(request)

    monkeypatch.setattr(bootstrap, "HttpExchange", Exchange)
    return Pc(proxy.origin, tmp_path / "pc")


@pytest.fixture
def person(proxy: FickleProxy) -> Person:
    return proxy.verifier.new_person()


@pytest.fixture(autouse=True)
def nothing_is_logged_as_a_fault(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Bad answers are expected: no traceback, no warning, nothing on stderr."""
    yield
    logged = [*caplog.get_records("setup"), *caplog.get_records("call")]
    assert [each for each in logged if each.levelno >= logging.WARNING] == []
    assert capfd.readouterr().err == ""


# What answers


def drip(start: bytes) -> Callable[[FickleProxy], Respond]:
    """One byte at a time, for ever."""

    def respond(proxy: FickleProxy, connection: socket.socket, _request: bytes) -> None:
        connection.sendall(start)
        while not proxy.server.wait(0.05) and proxy.is_spoilt:
            connection.sendall(b"a")

    return lambda proxy: partial(respond, proxy)


def silent(proxy: FickleProxy) -> Respond:
    """Takes the request and says nothing."""

    def respond(_connection: socket.socket, _request: bytes) -> None:
        while not proxy.server.wait(0.05) and proxy.is_spoilt:
            pass

    return respond


def fixed(answer: bytes) -> Callable[[FickleProxy], Respond]:
    return lambda _proxy: always(answer)


def as_expected(body: bytes, content_type: str = "application/json") -> Callable[..., Respond]:
    """A body under the very status that the request asks for."""

    def respond(connection: socket.socket, request: bytes) -> None:
        path = request.partition(b"\r\n")[0].split()[1]
        status = "200 OK"
        if path == b"/v1/enrolments" or path.endswith(b"/resend"):
            status = "202 Accepted"
        elif path.endswith(b"/confirm"):
            status = "201 Created"
        connection.sendall(http_answer(body, status=status, content_type=content_type))

    return lambda _proxy: respond


BAD: dict[str, Callable[[FickleProxy], Respond]] = {
    "nothing": fixed(b""),
    "garbage": fixed(bytes(range(256)) * 4),
    "another protocol": fixed(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a TLS alert": fixed(b"\x15\x03\x03\x00\x02\x02\x46"),
    "dripping header": drip(b"HTTP/1.1 200 OK\r\nX: "),
    "dripping body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"),
    "silence": silent,
    "no JSON": as_expected(b"{"),
    "no UTF-8": as_expected(b'{"time":"\xff"}'),
    "null": as_expected(b"null"),
    "a list": as_expected(b"[]"),
    "deep nesting": as_expected(b"[" * 50_000),
    "wrong types": as_expected(
        b'{"protocol":"1","enrolment_id":7,"registration_id":null,"share":[],"state":0,"status":{}}'
    ),
    "the JSON of another message": as_expected(SERVICE),
    "a captive portal": as_expected(PORTAL, "text/html; charset=utf-8"),
    "a captive portal that claims to be JSON": as_expected(PORTAL),
    "a redirect": fixed(
        http_answer(b"", status="302 Found", extra="Location: http://127.0.0.1:1/\r\n")
    ),
    "a redirect in a circle": fixed(
        http_answer(b"", status="307 Temporary Redirect", extra="Location: /v1/service\r\n")
    ),
    "a huge body": as_expected(b" " * 300_000),
    "an unknown problem": fixed(
        http_answer(PROBLEM % 418, status="418 X", content_type="application/problem+json")
    ),
    "a problem of another status": fixed(
        http_answer(PROBLEM % 403, status="409 X", content_type="application/problem+json")
    ),
    "a proxy's error": fixed(http_answer(PORTAL, status="403 Forbidden", content_type="text/html")),
    "a failing gateway": fixed(
        http_answer(PORTAL, status="502 Bad Gateway", content_type="text/html")
    ),
}


# The verifier did its work, and then:
CUT_OFF: dict[str, Callable[[FickleProxy], Respond]] = {
    "the connection broke": lambda proxy: proxy.after_work(always(b"")),
    "garbage came": lambda proxy: proxy.after_work(always(b"\x00" * 40)),
    "half the header came": lambda proxy: proxy.mangled(lambda it: it[: it.index(b"\r\n\r\n") - 9]),
    "half the body came": lambda proxy: proxy.mangled(_without_end),
}


def _without_end(answer: bytes) -> bytes:
    body = answer.partition(b"\r\n\r\n")[2]
    return answer[: -len(body) // 2] if body else answer[:-3]


# What the app was about to do, and how it goes on


def go_on(proxy: FickleProxy, pc: Pc, person: Person) -> None:
    """From whatever the app finds at its next start to a code that is accepted."""
    pc.restart()
    match pc.services.opening.look():
        case NotRegistered():
            pc.enrol(proxy.verifier, person)
        case Unconfirmed():
            assert isinstance(pc.services.enrolment.confirm(replace=True), Enrolled)
        case found:
            assert isinstance(found, Registered)
    pc.unlock()
    assert proxy.verifier.check(person, pc.code()) == "accepted"


def loading(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    yield partial(pc.services.enrolment.load_consent, "ko")
    assert isinstance(pc.services.enrolment.load_consent("ko"), ConsentReady)
    go_on(proxy, pc, person)


def starting(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    consent = pc.consent()
    form = EnrolmentForm(person.name, person.phone, PIN)
    yield partial(pc.services.enrolment.start, form, consent, "ko")
    assert isinstance(pc.services.enrolment.start(form, consent, "ko"), CodeSent)
    code = proxy.verifier.identity_code(person)
    assert pc.services.enrolment.prove(code) == Proven(None)
    go_on(proxy, pc, person)


def resending(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.send_code(person)
    proxy.verifier.age_enrolments(31)
    yield pc.services.enrolment.resend
    proxy.verifier.age_enrolments(31)
    assert isinstance(pc.services.enrolment.resend(), CodeSent)
    code = proxy.verifier.identity_code(person)
    assert pc.services.enrolment.prove(code) == Proven(None)
    go_on(proxy, pc, person)


def proving(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.send_code(person)
    code = proxy.verifier.identity_code(person)
    yield partial(pc.services.enrolment.prove, code)
    assert pc.services.opening.look() == NotRegistered()
    assert pc.services.enrolment.prove(code) == Proven(None)
    go_on(proxy, pc, person)


def confirming(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.prove(proxy.verifier, person)
    yield partial(pc.services.enrolment.confirm, replace=False)
    assert pc.services.opening.look() == Unconfirmed(None)
    go_on(proxy, pc, person)


def unlocking(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.enrol(proxy.verifier, person)
    yield partial(pc.services.unlock.unlock, PIN)
    assert pc.services.codes.now() is None
    go_on(proxy, pc, person)


def changing(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.enrol(proxy.verifier, person)
    yield partial(pc.services.unlock.change_pin, PIN, NEW_PIN)
    go_on(proxy, pc, person)
    assert isinstance(pc.services.unlock.change_pin(PIN, NEW_PIN), PinChanged)


def syncing(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.enrol(proxy.verifier, person)
    before = pc.vault()
    yield pc.services.sync.sync
    assert pc.vault() == before
    assert isinstance(pc.services.sync.sync(), Synced)
    go_on(proxy, pc, person)


def resetting(proxy: FickleProxy, pc: Pc, person: Person) -> Iterator[Ask]:
    pc.enrol(proxy.verifier, person)
    yield pc.services.reset.reset
    pc.restart()
    assert pc.services.opening.look() == ResetUnfinished()
    assert pc.services.reset.reset() == ResetDone(verifier_told=True)
    go_on(proxy, pc, person)


USE_CASES = (
    loading,
    starting,
    resending,
    proving,
    confirming,
    unlocking,
    changing,
    syncing,
    resetting,
)


@pytest.mark.parametrize("use_case", USE_CASES)
def test_whatever_answers_is_told_in_both_languages_and_nothing_is_lost(
    proxy: FickleProxy,
    pc: Pc,
    person: Person,
    sentences: Sentences,
    use_case: Callable[[FickleProxy, Pc, Person], Iterator[Ask]],
) -> None:
    steps = use_case(proxy, pc, person)
    ask = next(steps)
    for name, bad in BAD.items():
        with proxy.spoilt(bad(proxy)):
            outcome = ask()
        assert isinstance(outcome, Trouble), name
        sentences.check(outcome)
    assert next(steps, None) is None


@pytest.mark.parametrize("cut_off", CUT_OFF)
@pytest.mark.parametrize("use_case", USE_CASES)
def test_an_answer_that_is_cut_off_is_asked_for_again(
    proxy: FickleProxy,
    pc: Pc,
    person: Person,
    sentences: Sentences,
    *,
    use_case: Callable[[FickleProxy, Pc, Person], Iterator[Ask]],
    cut_off: str,
) -> None:
    steps = use_case(proxy, pc, person)
    ask = next(steps)
    with proxy.spoilt(CUT_OFF[cut_off](proxy)):
        outcome = ask()
    if outcome == ResetDone(verifier_told=True):  # its status line says all that there is
        go_on(proxy, pc, person)
        return
    assert isinstance(outcome, NoAnswer)
    sentences.check(outcome)
    assert next(steps, None) is None


def test_tls_to_a_plain_port_is_told_as_a_matter_of_the_certificate(
    proxy: FickleProxy, pc: Pc, sentences: Sentences
) -> None:
    pc.restart(proxy.origin.replace("http:", "https:"))
    outcome = pc.services.enrolment.load_consent("ko")
    assert outcome == NoAnswer("tls")
    sentences.check(outcome)


def test_a_vault_is_never_shown_to_another_verifier(
    proxy: FickleProxy, pc: Pc, person: Person, sentences: Sentences
) -> None:
    pc.enrol(proxy.verifier, person)
    with serving(always(b"")) as other:
        pc.restart(other.origin)
        for outcome in (
            pc.services.opening.look(),
            pc.services.unlock.unlock(PIN),
            pc.services.unlock.change_pin(PIN, NEW_PIN),
            pc.services.sync.sync(),
            pc.services.reset.reset(),
        ):
            assert outcome == UnexpectedRefusal("other-verifier")
            sentences.check(outcome)
        assert other.requests == []
    go_on(proxy, pc, person)
