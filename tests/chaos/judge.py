"""Whether what was asked, answered and kept could all be the work of one careful process.

The rows of a registration, in the order of the audit, are replayed: each check must have ended
as the ones before it and its code demand. What was answered must be there as it was answered,
and no more may be there than was asked.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motp_protocol.code import matching_step
from tests.chaos.history import Answered, Attempt, Refused
from tests.unit.verifier.site_world import Device

RUN_LIMIT = 5
TOTAL_LIMIT = 20


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check as the database has it."""

    id: str
    at: int
    registration_id: str
    result: str
    reason: str | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Counters:
    """What the database says of a registration at the end."""

    last_step: int | None
    run: int
    failures: int
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All there is to judge by. `audited` are the checks' ids in the order of the audit."""

    devices: Mapping[str, Device]
    attempts: Sequence[Attempt]
    checks: Sequence[KeptCheck]
    audited: Sequence[tuple[str, str, str | None]]
    counters: Mapping[str, Counters]


@dataclass(slots=True)
class _Model:
    """A registration as one process that does one thing after the other has it."""

    last_step: int | None = None
    run: int = 0
    failures: int = 0
    steps: Counter[int] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        """How many more wrong codes there may be."""
        return max(0, min(RUN_LIMIT - self.run, TOTAL_LIMIT - self.failures))

    def reason_for(self, step: int | None) -> str | None:
        """Why a code of this step, or of none, is refused now."""
        if self.left == 0:
            return "locked"
        if step is None:
            return "code-wrong"
        if self.last_step is not None and step <= self.last_step:
            return "code-used"
        return None

    def take(self, check: KeptCheck) -> None:
        """Go on to what came after this check."""
        if check.reason == "code-wrong":
            self.run += 1
            self.failures += 1
        elif check.reason is None and check.step is not None:
            self.last_step = check.step
            self.run = 0
            self.steps[check.step] += 1


def faults(evidence: Evidence) -> list[str]:
    """Everything that is wrong, in sentences; nothing where all is well."""
    return [
        *_wrong_statuses(evidence),
        *_unequal_repeats(evidence),
        *_not_audited(evidence),
        *_beside_the_asked(evidence),
        *_against_the_model(evidence),
    ]


def _wrong_statuses(evidence: Evidence) -> Iterator[str]:
    for each in evidence.attempts:
        match each.outcome:
            case Refused(503, after) if after is not None and after.isdigit() and int(after) > 0:
                pass
            case Refused(status, after):
                yield f"{each.ask} was answered with {status}, Retry-After: {after}"


def _unequal_repeats(evidence: Evidence) -> Iterator[str]:
    """The same request under one key, answered in two ways; two requests, by one check."""
    bodies: dict[int, bytes] = {}
    asked_by: dict[str, int] = {}
    for each in evidence.attempts:
        if isinstance(each.outcome, Answered):
            body = each.outcome.body
            if bodies.setdefault(each.ask.number, body) != body:
                yield f"{each.ask} was answered in two ways"
            check_id = json.loads(body)["verification_id"]
            if asked_by.setdefault(check_id, each.ask.number) != each.ask.number:
                yield f"{each.ask} got another request's answer"


def _not_audited(evidence: Evidence) -> Iterator[str]:
    kept = {each.id: (each.result, each.reason) for each in evidence.checks}
    audited = {check_id: (result, reason) for check_id, result, reason in evidence.audited}
    if len(audited) != len(evidence.audited):
        yield "a check is in the audit twice"
    for check_id in kept.keys() | audited.keys():
        if kept.get(check_id) != audited.get(check_id):
            yield (
                f"{check_id} was {kept.get(check_id)}, and the audit says {audited.get(check_id)}"
            )


def _beside_the_asked(evidence: Evidence) -> Iterator[str]:
    """Each answer is a check that was kept; each other check is a request that got no answer."""
    kept = {each.id for each in evidence.checks}
    acknowledged: dict[str, set[str]] = defaultdict(set)
    answered: set[int] = set()
    for each in evidence.attempts:
        if isinstance(each.outcome, Answered):
            answered.add(each.ask.number)
            acknowledged[each.ask.trainee].add(json.loads(each.outcome.body)["verification_id"])
    lost = {
        (each.ask.trainee, each.ask.number if each.ask.key is not None else -place)
        for place, each in enumerate(evidence.attempts, start=1)
        if each.ask.number not in answered
    }
    open_ones = Counter(trainee for trainee, _ in lost)
    by_registration = Counter(each.registration_id for each in evidence.checks)
    for trainee, device in evidence.devices.items():
        for check_id in acknowledged[trainee] - kept:
            yield f"{check_id} was answered and is not there"
        least, found = len(acknowledged[trainee]), by_registration[device.id]
        if not least <= found <= least + open_ones[trainee]:
            yield (
                f"{trainee}: {found} checks, but {least} answers and {open_ones[trainee]} requests "
                "without one"
            )


def _against_the_model(evidence: Evidence) -> Iterator[str]:
    kept = {each.id: each for each in evidence.checks}
    answers: dict[str, tuple[str, dict[str, Any]]] = {}
    for attempt in evidence.attempts:
        if isinstance(attempt.outcome, Answered):
            said = json.loads(attempt.outcome.body)
            answers[said["verification_id"]] = (attempt.ask.code, said)
    devices = {device.id: device for device in evidence.devices.values()}
    models: dict[str, _Model] = {device_id: _Model() for device_id in devices}
    for check_id, _, _ in evidence.audited:
        check = kept.get(check_id)
        if check is None or check.registration_id not in models:
            yield f"{check_id} is of no registration"
            continue
        model = models[check.registration_id]
        if check_id not in answers:
            if not _is_possible(model, check):
                yield f"{check} cannot be after {model}"
            model.take(check)
            continue
        code, said = answers[check_id]
        device = devices[check.registration_id]
        step = matching_step(device.seed, code, check.at, device.profile)
        if model.reason_for(step) != check.reason:
            yield f"{check} should be {model.reason_for(step)}"
        if check.reason is None and check.step != step:
            yield f"{check} should be of step {step}"
        model.take(check)
        wanted = (check.result, check.reason, model.left)
        if (said["result"], said["reason"], said["attempts_left"]) != wanted:
            yield f"{check}, {model.left} left, was answered by {said}"
    yield from _uncounted(models, evidence.counters)


def _is_possible(model: _Model, check: KeptCheck) -> bool:
    """Whether some code would have ended so."""
    if (check.reason == "locked") != (model.left == 0):
        return False
    if check.reason == "code-used":
        return model.last_step is not None
    if check.reason is None:
        return check.step is not None and model.reason_for(check.step) is None
    return check.reason in {"code-wrong", "locked"}


def _uncounted(models: Mapping[str, _Model], counters: Mapping[str, Counters]) -> Iterator[str]:
    for device_id, model in models.items():
        found = counters[device_id]
        wanted = Counters(model.last_step, model.run, model.failures, model.left == 0)
        if found != wanted:
            yield f"{device_id} has {found}, but its checks make {wanted}"
        for step, times in model.steps.items():
            if times > 1:
                yield f"{device_id}: the code of step {step} was accepted {times} times"
