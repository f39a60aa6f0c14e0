"""One trial: a load, a monkey, and a judgement."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from motp_verifier.sealing import load_or_create
from motp_verifier.store import tables
from tests.chaos.evidence import audit_faults, gather, is_sealed
from tests.chaos.fleet import verifiers
from tests.chaos.history import Answered, Attempt, CutOff, History, Refused
from tests.chaos.judge import faults
from tests.chaos.load import Load
from tests.chaos.monkey import Mischief, Monkey
from tests.chaos.trainees import SCHOOL, Trainees
from tests.support.databases import Cluster
from tests.unit.verifier.site_world import World


@dataclass(frozen=True, slots=True)
class Scenario:
    """`servers` that listen by themselves, each of so many `workers`; SQLite without a cluster."""

    servers: int
    workers: int
    cluster: Cluster | None
    trainees: int
    plan: Iterable[Mischief]
    pause: Callable[[History], Callable[[], None]]
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What was done and what came of it; `said` counts the answers by what they say."""

    seconds: float
    sent: int
    said: Counter[str]
    mischief: Counter[Mischief]
    faults: list[str]


def hold(scenario: Scenario, folder: Path) -> Report:
    """Do it all, on a fresh database. Raises what kept the load from going on."""
    cluster = scenario.cluster
    url = "" if cluster is None else cluster.new_database()
    history = History()
    with verifiers(folder, url, scenario.servers, scenario.workers) as fleet:
        keys = load_or_create(folder / "master.key")
        world = World(folder, keys, now=time.time_ns() // 1_000_000, database_url=url)
        world.add_institution(SCHOOL)
        trainees = Trainees(world, scenario.trainees, scenario.seed)
        monkey = Monkey(fleet, cluster)
        begin = time.monotonic()
        load = Load([each.origin for each in fleet], world.api_keys[SCHOOL], trainees.next, history)
        with load:
            monkey.torment(scenario.plan, scenario.pause(history))
        seconds = time.monotonic() - begin
        for each in fleet:
            each.stop()
        # As if the time were over for which a sealer that was killed holds up the others.
        world.do(lambda c: c.execute(update(tables.lease).values(until=0)).rowcount)
        fleet[0].seal_all(lambda: is_sealed(world))
        found = faults(gather(world, trainees, history)) + audit_faults(folder / "config.toml")
        found += [f"{each.origin}: {line}" for each in fleet for line in each.errors()]
        world.close()
    if cluster is not None:
        cluster.drop(url)
    said = Counter(map(_say, history.attempts))
    return Report(seconds, len(history.attempts), said, monkey.done, found)


def _say(attempt: Attempt) -> str:
    match attempt.outcome:
        case Answered(body):
            answer = json.loads(body)
            return str(answer["reason"] or answer["result"])
        case Refused(status):
            return str(status)
        case CutOff():
            return "cut off"
