"""Three processes begin at once with the same work in the background: it is done once."""

import json
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import Connection, func, select

from motp_verifier.sealing import load_or_create
from motp_verifier.services.audit.record import SYSTEM, record
from motp_verifier.services.messages.port import TextMessage
from motp_verifier.services.notices import enqueue
from motp_verifier.services.retention.policy import DAY_MS
from motp_verifier.store import audit, audit_heads, retention, tables
from tests.chaos.evidence import audit_faults, is_sealed
from tests.chaos.fleet import verifiers
from tests.support.databases import Cluster, fresh_database
from tests.unit.verifier.device_world import E164
from tests.unit.verifier.site_world import World

PROCESSES = 3
NOTICES = 15
ROWS = 600


def test_notices_sealing_and_retention_are_done_once_by_three_processes(
    tmp_path: Path, cluster: Cluster
) -> None:
    now = time.time_ns() // 1_000_000
    with fresh_database(cluster) as url:
        with verifiers(tmp_path, url, 1) as (first,):
            first.stop()  # it made the keys
        world = World(tmp_path, load_or_create(tmp_path / "master.key"), now, database_url=url)

        def prepare(connection: Connection) -> None:
            retention.set_mark(connection, "purge", now - 2 * DAY_MS)
            for number in range(NOTICES):
                enqueue(connection, world.keys, TextMessage(E164, f"notice {number}", "x"), now)
            for _ in range(ROWS):
                record(connection, now, "notice-dropped", actor=SYSTEM)

        world.do(prepare)
        prepared = world.do(audit.last_row_id)

        def is_done() -> bool:
            found = kinds_in(world)
            head = world.do(audit_heads.newest_head)
            # What they add themselves meanwhile may wait for the next minute's seal.
            all_sealed = head is not None and head.last_id >= prepared
            return found["purged"] > 0 and found["notice-sent"] == NOTICES and all_sealed

        with verifiers(tmp_path, url, PROCESSES) as fleet:
            fleet[0].wait_for(is_done)
            for each in fleet:
                each.stop()
                assert each.errors() == []
            fleet[0].seal_all(lambda: is_sealed(world))
        lines = (tmp_path / "outbox.jsonl").read_text("utf-8").splitlines()
        sent = Counter(json.loads(line)["text"] for line in lines)
        assert sent == Counter(f"notice {number}" for number in range(NOTICES))
        kinds = kinds_in(world)
        assert (kinds["purged"], kinds["notice-sent"]) == (1, NOTICES)
        assert world.rows(tables.outgoing_message) == []
        assert audit_faults(tmp_path / "config.toml") == []
        world.close()


def kinds_in(world: World) -> Counter[str]:
    """How many audit rows there are of each kind."""
    kind = tables.audit_row.c.kind
    query = select(kind, func.count()).group_by(kind)
    found = world.run(world.store.read(lambda c: c.execute(query).all()))
    return Counter({str(name): int(number) for name, number in found})
