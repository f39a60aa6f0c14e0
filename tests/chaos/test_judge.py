"""The judge finds what it is there to find: planted, one fault at a time."""

import json
from dataclasses import replace

from motp_protocol.code import OtpProfile, code_for_step
from tests.chaos.history import Answered, Ask, Attempt, CutOff, Outcome, Refused
from tests.chaos.judge import Counters, Evidence, KeptCheck, faults
from tests.unit.verifier.site_world import Device

DEVICE = Device("reg-1", bytes(20), OtpProfile())
STEP = 59_000_000
AT = STEP * 30_000


def code(step: int) -> str:
    return code_for_step(DEVICE.seed, step, DEVICE.profile)


WRONG = next(c for c in (f"{n:06d}" for n in range(9)) if c not in map(code, range(STEP, STEP + 2)))


def answer(check: KeptCheck, left: int) -> Answered:
    return Answered(
        json.dumps(
            {
                "verification_id": check.id,
                "result": check.result,
                "reason": check.reason,
                "attempts_left": left,
            }
        ).encode()
    )


def rejected(name: str, reason: str) -> KeptCheck:
    return KeptCheck(name, AT, DEVICE.id, "rejected", reason, None)


ACCEPTED = KeptCheck("a", AT, DEVICE.id, "accepted", None, STEP)
AGAIN = rejected("b", "code-used")
MISSED = rejected("c", "code-wrong")
UNKNOWN = rejected("d", "code-wrong")

SOUND = Evidence(
    devices={"t": DEVICE},
    attempts=[
        Attempt(Ask(1, "t", code(STEP), "k"), CutOff()),
        Attempt(Ask(1, "t", code(STEP), "k"), answer(ACCEPTED, 5)),
        Attempt(Ask(1, "t", code(STEP), "k"), answer(ACCEPTED, 5)),
        Attempt(Ask(2, "t", code(STEP)), answer(AGAIN, 5)),
        Attempt(Ask(3, "t", WRONG), answer(MISSED, 4)),
        Attempt(Ask(4, "t", WRONG), Refused(503, "5")),
        Attempt(Ask(5, "t", WRONG), CutOff()),
    ],
    checks=[ACCEPTED, AGAIN, MISSED, UNKNOWN],
    audited=[
        ("a", "accepted", None),
        ("b", "rejected", "code-used"),
        ("c", "rejected", "code-wrong"),
        ("d", "rejected", "code-wrong"),
    ],
    counters={DEVICE.id: Counters(STEP, 2, 2)},
)


def with_attempt(outcome: Outcome, *, ask: Ask | None = None) -> Evidence:
    attempt = Attempt(ask or Ask(9, "t", WRONG), outcome)
    return replace(SOUND, attempts=[*SOUND.attempts, attempt])


def with_check(check: KeptCheck, counters: Counters) -> Evidence:
    return replace(
        SOUND,
        attempts=[*SOUND.attempts, Attempt(Ask(9, "t", WRONG), CutOff())],
        checks=[*SOUND.checks, check],
        audited=[*SOUND.audited, (check.id, check.result, check.reason)],
        counters={DEVICE.id: counters},
    )


def assert_found(evidence: Evidence, words: str) -> None:
    found = faults(evidence)
    assert any(words in each for each in found), found


def test_a_sound_history_has_no_fault() -> None:
    assert faults(SOUND) == []


def test_any_other_5xx_than_503_is_a_fault_and_a_503_without_retry_after_too() -> None:
    assert_found(with_attempt(Refused(500, "5")), "was answered with 500")
    assert_found(with_attempt(Refused(503, None)), "was answered with 503")


def test_one_key_with_two_answers_is_a_fault() -> None:
    other = answer(AGAIN, 5)
    assert_found(with_attempt(other, ask=Ask(1, "t", code(STEP), "k")), "in two ways")


def test_one_check_for_two_requests_is_a_fault() -> None:
    assert_found(with_attempt(answer(AGAIN, 5)), "another request's answer")


def test_an_acknowledged_answer_that_is_lost_is_a_fault() -> None:
    lost = KeptCheck("z", AT, DEVICE.id, "rejected", "code-wrong", None)
    assert_found(with_attempt(answer(lost, 2)), "z was answered and is not there")


def test_a_check_that_nobody_asked_for_is_a_fault() -> None:
    extra = [rejected(name, "code-wrong") for name in "ef"]
    evidence = replace(
        SOUND,
        checks=[*SOUND.checks, *extra],
        audited=[*SOUND.audited, *((each.id, "rejected", "code-wrong") for each in extra)],
        counters={DEVICE.id: Counters(STEP, 4, 4)},
    )
    assert_found(evidence, "6 checks, but 3 answers and 2 requests without one")


def test_a_check_beside_the_audit_is_a_fault() -> None:
    assert_found(replace(SOUND, audited=SOUND.audited[:-1]), "the audit says None")
    assert_found(replace(SOUND, audited=[*SOUND.audited, SOUND.audited[0]]), "twice")


def test_a_code_that_is_accepted_twice_is_a_fault() -> None:
    twice = KeptCheck("e", AT, DEVICE.id, "accepted", None, STEP)
    evidence = with_check(twice, Counters(STEP, 0, 2))
    assert_found(evidence, f"the code of step {STEP} was accepted 2 times")
    assert_found(evidence, "cannot be after")


def test_an_acknowledged_answer_against_what_its_code_is_worth_is_a_fault() -> None:
    wrongly = replace(ACCEPTED, id="e", step=STEP + 1)
    evidence = with_check(wrongly, Counters(STEP + 1, 0, 2))
    asked = Attempt(Ask(9, "t", WRONG), answer(wrongly, 3))
    assert_found(replace(evidence, attempts=[*SOUND.attempts, asked]), "should be code-wrong")


def test_a_count_that_misses_one_wrong_code_is_a_fault() -> None:
    short = replace(SOUND, counters={DEVICE.id: Counters(STEP, 1, 2)})
    assert_found(short, "but its checks make")


def test_a_check_that_takes_no_notice_of_the_lock_is_a_fault() -> None:
    checks = [rejected(f"w{number}", "code-wrong") for number in range(6)]
    evidence = Evidence(
        devices={"t": DEVICE},
        attempts=[Attempt(Ask(n, "t", WRONG), CutOff()) for n in range(6)],
        checks=checks,
        audited=[(each.id, each.result, each.reason) for each in checks],
        counters={DEVICE.id: Counters(None, 6, 6, is_locked=True)},
    )
    assert_found(evidence, "w5")
