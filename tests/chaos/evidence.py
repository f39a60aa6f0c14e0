"""What the database and the command line say when all is over."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from sqlalchemy import Connection, select

from motp_verifier.cli import main
from motp_verifier.store import tables
from motp_verifier.store.audit import last_row_id
from motp_verifier.store.audit_heads import newest_head
from tests.chaos.history import History
from tests.chaos.judge import Counters, Evidence, KeptCheck
from tests.chaos.trainees import Trainees
from tests.unit.verifier.site_world import World


def gather(world: World, trainees: Trainees, history: History) -> Evidence:
    """Everything to judge by. The verifiers have ended."""
    checks, audited, counters = world.do(_read)
    return Evidence(trainees.devices, history.attempts, checks, audited, counters)


def is_sealed(world: World) -> bool:
    """Whether every audit row is under a head."""

    def look(connection: Connection) -> bool:
        head = newest_head(connection)
        return head is not None and head.last_id == last_row_id(connection)

    return world.run(world.store.read(look))


def audit_faults(config: Path) -> list[str]:
    """What `motp-verifier audit verify` finds wrong, and rows that nobody sealed."""
    done = CliRunner().invoke(main, ["audit", "verify", "--config", str(config)])
    said = done.output
    all_sealed = "; 0 rows not sealed yet" in said
    return [] if done.exit_code == 0 and all_sealed else [f"audit verify: {said}"]


def _read(
    connection: Connection,
) -> tuple[list[KeptCheck], list[tuple[str, str, str | None]], dict[str, Counters]]:
    check, audit = tables.verification.c, tables.audit_row.c
    columns = (check.id, check.at, check.registration_id, check.result, check.reason, check.step)
    checks = [KeptCheck(*row) for row in connection.execute(select(*columns))]
    written = select(audit.detail, audit.reason).where(audit.kind == "verification")
    audited = [
        (detail["verification_id"], detail["result"], reason)
        for detail, reason in (
            (json.loads(row.detail), row.reason)
            for row in connection.execute(written.order_by(audit.id))
        )
    ]
    return checks, audited, _counters(connection)


def _counters(connection: Connection) -> dict[str, Counters]:
    run, failure, registration = tables.code_run.c, tables.code_failure.c, tables.registration.c
    runs: dict[str, Any] = {
        row.registration_id: (row.run, row.locked_at is not None)
        for row in connection.execute(select(run.registration_id, run.run, run.locked_at))
    }
    failures = Counter(connection.execute(select(failure.registration_id)).scalars())
    found = {}
    for row in connection.execute(
        select(registration.id, registration.last_step, registration.code_locked_at)
    ):
        length, is_locked = runs.get(row.id, (0, False))
        everywhere = row.code_locked_at is not None
        found[row.id] = Counters(
            row.last_step, length, failures[row.id], is_locked=is_locked or everywhere
        )
    return found
