"""The PortOne adapter against a stand-in that keeps the documented contract."""

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from motp_verifier.config import load_config
from motp_verifier.services.identity.port import (
    Attempt,
    AttemptOver,
    CodeRefused,
    CodeSent,
    Details,
    DetailsRefused,
    ServiceFailed,
    ServiceFailure,
    Verified,
)
from motp_verifier.services.identity.portone import PortOneAccount, PortOneIdentity
from motp_verifier.services.people import Person
from tests.support.portone_server import (
    CHANNEL,
    CI,
    CODE,
    DI,
    SECRET,
    STORE,
    Contract,
    PortOne,
    Reply,
    serving,
)

BIRTH = "9003011"
ATTEMPT = Attempt("idv_1", Person("홍길동", "+821012345678"))
DETAILS = Details("SKT_MVNO", BIRTH, "198.51.100.7")
HONG = Contract("홍길동", "01012345678", "SKT_MVNO", BIRTH)


def asked(
    portone: PortOne,
    *steps: str,
    secret: str = SECRET,
    channel: str = CHANNEL,
    store: str = STORE,
    test_channel: bool = False,
    seconds: float = 10,
) -> list[object]:
    """What comes of these steps: `send`, `resend`, or a code to confirm."""

    async def run(origin: str) -> list[object]:
        account = PortOneAccount(secret, store, channel, test_channel, origin)
        service = PortOneIdentity(account, seconds)
        outcomes: list[object] = []
        try:
            for step in steps:
                if step == "send":
                    outcomes.append(await service.send(ATTEMPT, DETAILS))
                elif step == "resend":
                    outcomes.append(await service.resend(ATTEMPT))
                else:
                    outcomes.append(await service.confirm(ATTEMPT, step))
        finally:
            await service.aclose()
        return outcomes

    if portone.origin:
        return asyncio.run(run(portone.origin))
    with serving(portone) as origin:
        return asyncio.run(run(origin))


def failure(outcomes: list[object]) -> ServiceFailed:
    outcome = outcomes[-1]
    assert isinstance(outcome, ServiceFailed), outcome
    return outcome


def test_a_person_whom_the_carrier_knows_is_verified_by_the_code() -> None:
    portone = PortOne([HONG])
    assert asked(portone, "send", "000000", "resend", CODE) == [
        CodeSent(),
        CodeRefused(),
        CodeSent(),
        Verified("홍길동", "01012345678"),
    ]
    assert portone.requests[0] == (
        "send",
        "idv_1",
        {
            "storeId": STORE,
            "channelKey": CHANNEL,
            "customer": {
                "name": "홍길동",
                "phoneNumber": "01012345678",
                "identityNumber": BIRTH,
                "ipAddress": "198.51.100.7",
            },
            "operator": "SKT_MVNO",
            "method": "SMS",
        },
    )


def test_a_carrier_may_leave_the_number_out() -> None:
    portone = PortOne([HONG], tells_phone=False)
    assert asked(portone, "send", CODE)[-1] == Verified("홍길동", None)


def test_what_the_carrier_does_not_know_is_refused() -> None:
    assert asked(PortOne([]), "send") == [DetailsRefused()]


def test_lost_answers_are_asked_for_again_without_harm() -> None:
    portone = PortOne([HONG], lose=1)
    with serving(portone):
        assert failure(asked(portone, "send")).kind is ServiceFailure.UNREACHABLE
        assert asked(portone, "send") == [CodeSent()]
        portone.lose = 1
        assert failure(asked(portone, CODE)).kind is ServiceFailure.UNREACHABLE
        # Verified already: it is looked up, whatever code is given now.
        assert asked(portone, "000000") == [Verified("홍길동", "01012345678")]
        assert portone.requests[-1][0] == "get"
        assert asked(portone, "resend") == [AttemptOver()]


def test_an_attempt_that_was_never_begun_is_over() -> None:
    assert asked(PortOne([HONG]), CODE, "resend") == [AttemptOver(), AttemptOver()]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"secret": "another"}, "UNAUTHORIZED"),
        ({"store": "another"}, "FORBIDDEN"),
        ({"channel": "another"}, "CHANNEL_NOT_FOUND"),
    ],
)
def test_a_wrong_setting_is_a_failure_that_names_it(settings: dict[str, str], words: str) -> None:
    outcome = failure(asked(PortOne([HONG]), "send", **settings))  # type: ignore[arg-type]
    assert outcome.kind is ServiceFailure.REJECTED
    assert words in outcome.reason


def test_a_test_channel_verifies_nobody_unless_that_is_wanted() -> None:
    portone = PortOne([HONG], channel_type="TEST")
    assert "test channel" in failure(asked(portone, "send", CODE)).reason
    portone = PortOne([HONG], channel_type="TEST")
    assert asked(portone, "send", CODE, test_channel=True)[-1] == Verified("홍길동", "01012345678")


def tampered(step: str, change: Callable[[Reply], Reply]) -> PortOne:
    return PortOne([HONG], tamper=lambda at, reply: change(reply) if at == step else reply)


@pytest.mark.parametrize("step", ["send", "resend", "confirm"])
@pytest.mark.parametrize(
    "reply",
    [
        (200, b""),
        (200, b"<html>login</html>"),
        (200, b"[]"),
        (200, b"\xff"),
        (200, b"[" * 60_000),
        (200, b" " * 3_000_000),
        (204, b""),
        (301, b"{}"),
        (400, b"{}"),
        (500, b"<html>010-1234-5678</html>"),
        (503, b""),
    ],
    ids=lambda reply: f"{reply[0]} {reply[1][:6]!r}",
)
def test_a_garbled_answer_is_no_outcome(step: str, reply: Reply) -> None:
    steps = {"send": ["send"], "resend": ["send", "resend"], "confirm": ["send", CODE]}[step]
    outcome = failure(asked(tampered(step, lambda _: reply), *steps))
    assert outcome.kind is ServiceFailure.BAD_ANSWER
    assert "5678" not in outcome.reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"idv_1"', b'"idv_2"'),
        (b'"name": "\xed\x99\x8d', b'"nome": "\xed\x99\x8d'),
        (b'"verifiedCustomer"', b'"somebody"'),
        (b'"VERIFIED"', b'"MAYBE"'),
        (b'"identityVerification"', b'"verification"'),
    ],
)
def test_a_verification_that_is_not_this_one_s_or_of_nobody_is_none(old: bytes, new: bytes) -> None:
    portone = tampered("confirm", lambda reply: (reply[0], reply[1].replace(old, new)))
    assert failure(asked(portone, "send", CODE)).kind is ServiceFailure.BAD_ANSWER


@pytest.mark.parametrize("status", [b"READY", b"FAILED"])
def test_only_a_verified_one_counts(status: bytes) -> None:
    portone = tampered(
        "confirm", lambda reply: (reply[0], reply[1].replace(b'"VERIFIED"', b'"' + status + b'"'))
    )
    assert asked(portone, "send", CODE)[-1] == AttemptOver()


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        portone = PortOne(origin=f"http://127.0.0.1:{bound.getsockname()[1]}")
        assert failure(asked(portone, "send")).kind is ServiceFailure.UNREACHABLE


def test_a_service_that_does_not_answer_is_left_when_the_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        portone = PortOne(origin=f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        outcome = failure(asked(portone, "send", seconds=0.2))
        assert time.monotonic() - started < 1.5
    assert outcome == ServiceFailed(ServiceFailure.UNREACHABLE, "PortOne did not answer in time")


def test_nothing_of_the_person_reaches_an_outcome_or_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        outcomes = asked(PortOne([HONG]), "send", "271828", CODE)
        outcomes += asked(PortOne([]), "send")
    seen = repr(outcomes) + repr(DETAILS) + repr(ATTEMPT) + caplog.text
    assert "carrier refused at send (4021)" in seen
    for secret in ("홍길동", "1012345678", BIRTH, SECRET, CI, DI, "271828", CODE):
        assert secret not in seen


@pytest.mark.parametrize(
    ("secret", "store", "channel", "base_url", "words"),
    [
        ("", STORE, CHANNEL, "https://api.invalid", "secret"),
        ("a b", STORE, CHANNEL, "https://api.invalid", "secret"),
        (SECRET, "a/b", CHANNEL, "https://api.invalid", "store"),
        (SECRET, STORE, "", "https://api.invalid", "channel"),
        (SECRET, STORE, CHANNEL, "http://api.invalid", "https"),
    ],
)
def test_an_account_that_cannot_work_is_refused_at_once(
    secret: str, store: str, channel: str, base_url: str, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        PortOneAccount(secret, store, channel, base_url=base_url)
    assert SECRET not in repr(PortOneAccount(SECRET, STORE, CHANNEL))


def test_the_secret_can_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "portone.secret"
    file.write_text(f"{SECRET}\n", "utf-8")
    config = load_config(
        environment={"MOTP_VERIFIER_PORTONE_API_SECRET_FILE": str(file)},
        overrides={
            "identity": "portone",
            "portone_store_id": STORE,
            "portone_channel_key": CHANNEL,
        },
    )
    assert config.portone_api_secret == SECRET
    assert SECRET not in repr(config)
