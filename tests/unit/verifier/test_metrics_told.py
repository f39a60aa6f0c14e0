"""Every metric that is promised is exported, and moves when what it counts happens."""

import asyncio
import json
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import insert, select

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_verifier.http.access_log import AccessLog
from motp_verifier.prometheus import PrometheusMetrics
from motp_verifier.services.background import Background
from motp_verifier.services.institutions import InstitutionAdded, Institutions
from motp_verifier.services.notices import NoticeDelivery
from motp_verifier.store.port import StoreUnavailable
from motp_verifier.store.tables import roster_entry, trainee
from tests.unit.verifier import site_world
from tests.unit.verifier.audit_world import Audit
from tests.unit.verifier.device_world import Device, Phones, World, running
from tests.unit.verifier.test_metrics import get, numbers

ROOT = Path(__file__).parents[3]
MONITORING = ROOT / "packaging/monitoring"
_SUFFIX = re.compile(r"_(bucket|count|sum|total)$")
_NAME = re.compile(r"\bmotp_[a-z_]+\b")
# Metrics of one kind of database only.
ONLY_POSTGRESQL = {"motp_store_connections_in_use", "motp_store_connections_waiting"}


# Metrics of what waits: at rest nothing does.
IDLE = {"motp_store_queue", "motp_audit_unsealed_rows"}
ELSEWHERE = {"motp_turned_away", "motp_tls_certificate_end_timestamp_seconds"}
"""What has a test of its own, below or with a verifier that serves TLS."""
LATE = {"motp_throttled_institutions_total"}
"""What is counted a little later than it happens."""


def _moved(counted: dict[str, float]) -> set[str]:
    return _families({name.partition("{")[0] for name in counted})


def _families(names: set[str]) -> set[str]:
    return {_SUFFIX.sub("", name) for name in names}


def _told(text: str) -> set[str]:
    """The metrics in a text: names of modules and files aside."""
    names = set(_NAME.findall(text))
    return {name for name in names if not name.startswith(("motp_verifier", "motp_protocol"))}


def _exported() -> set[str]:
    page = PrometheusMetrics().render().decode()
    names = set(re.findall(r"^# TYPE (motp_\w+) ", page, re.MULTILINE))
    return {name for name in names if not name.endswith("_created")}


def test_the_documentation_lists_what_is_exported_and_nothing_else() -> None:
    told = _told((ROOT / "docs/verifier.md").read_text("utf-8"))
    assert _families(told) == _families(_exported())


def test_alerts_ask_for_metrics_that_there_are() -> None:
    alerts = (ROOT / "packaging/verifier/alerts.yml").read_text("utf-8")
    assert _told(alerts)
    assert _families(_told(alerts)) <= _families(_exported())


def test_the_dashboard_shows_each_metric_and_no_other() -> None:
    board = json.loads((MONITORING / "grafana-dashboard.json").read_text("utf-8"))
    shown = {each["expr"] for panel in board["panels"] for each in panel["targets"]}
    assert _families(_told(" ".join(shown))) == _families(_exported())
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
    assert len(set(places)) == len(places)


@pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not here: apt-get install prometheus"
)
def test_prometheus_can_read_the_rules_the_scraping_and_each_question_of_the_dashboard(
    tmp_path: Path,
) -> None:
    for file in (MONITORING / "prometheus.yml", ROOT / "packaging/verifier/alerts.yml"):
        shutil.copy(file, tmp_path)
    _promtool("check", "config", str(tmp_path / "prometheus.yml"))
    board = json.loads((MONITORING / "grafana-dashboard.json").read_text("utf-8"))
    asked = [each["expr"] for panel in board["panels"] for each in panel["targets"]]
    rules = [
        {"record": f"dashboard:{number}", "expr": each.replace("$__rate_interval", "1m")}
        for number, each in enumerate(asked)
    ]
    # JSON is YAML too.
    (tmp_path / "asked.yml").write_text(json.dumps({"groups": [{"name": "a", "rules": rules}]}))
    _promtool("check", "rules", str(tmp_path / "asked.yml"))


def _promtool(*words: str) -> None:
    done = subprocess.run(["promtool", *words], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout


class _Site:
    """An institution's site, and the codes that the device shows."""

    def __init__(self, world: World) -> None:
        self._world = world
        institutions = Institutions(world.runtime.store, lambda: world.now)
        added = asyncio.run(institutions.add("other", "다른 훈련원"))
        assert isinstance(added, InstitutionAdded)
        self._key = added.api_key

    def check(self, device: Device, *, wrong: bool = False) -> dict[str, Any]:
        assert device.secrets is not None
        step = step_at(self._world.now, OtpProfile())
        shown = code_for_step(device.secrets.seed, step, OtpProfile())
        code = f"{(int(shown) + 500_000) % 1_000_000:06d}" if wrong else shown
        body = {
            "trainee": {"name": "홍길동", "phone": "010-1234-5678"},
            "course": "C-1",
            "class": "1",
            "occasion": "lesson",
            "code": code,
        }
        headers = {"Authorization": f"Bearer {self._key}"}
        answer = self._world.client.post("/v1/verifications", json=body, headers=headers)
        return cast(dict[str, Any], answer.json())


def _list_there(world: World) -> None:
    """The trainee is on the other institution's roster too."""

    def work(connection: Any) -> None:
        [trainee_id] = connection.execute(select(trainee.c.id)).scalars()
        row = {
            "institution_id": "other",
            "trainee_id": trainee_id,
            "pairwise_id": "t",
            "added_at": 1,
        }
        connection.execute(insert(roster_entry).values(row))

    world.database(work)


class _Stuck:
    """A delivery that finds no database."""

    async def deliver(self) -> None:
        raise StoreUnavailable


def _background(world: World) -> None:
    """One round of the background's work that succeeds, and a piece of it that does not."""
    runtime = world.runtime
    broken = Background(runtime.store, cast(NoticeDelivery, _Stuck()), runtime.now, runtime.metrics)
    asyncio.run(broken._do("notices", _Stuck().deliver()))


def test_each_metric_moves_when_what_it_counts_happens(tmp_path: Path, database_url: str) -> None:
    settings: dict[str, Any] = {
        "metrics_port": 9470,
        "site_failures": "8/minute",
        "database_url": database_url,
    }
    with running(tmp_path, **settings) as world:
        app = cast(Any, AccessLog(cast(Any, world.client.app), world.runtime.metrics))

        def page() -> dict[str, float]:
            return numbers(get(app, "/metrics", 9470).text)

        world.add_trainee()
        site = _Site(world)
        _list_there(world)
        world.phones.broken = True
        Device(world).begin()
        world.phones.broken = False
        device = Device(world).enrol()
        device.offset = -45
        device.sync()
        device.offset = 2
        device.sync()
        assert site.check(device)["result"] == "accepted"
        assert [site.check(device, wrong=True)["reason"] for _ in range(6)][-1] == "locked"
        for number in range(5):
            device.unlock(pin="x", try_=f"wrong {number}")
        again = Device(world).enrol(replaces=device.registration_id)
        for _ in range(4):
            site.check(again, wrong=True)
        _background(world)

        expected = _families(_exported()) - IDLE - ONLY_POSTGRESQL - ELSEWHERE
        deadline = time.monotonic() + 20
        while not (counted := page()).keys() >= LATE or not _moved(counted) >= expected:
            assert time.monotonic() < deadline, expected - _moved(counted)
            time.sleep(0.02)
        for name, value in {
            'motp_verifications_total{occasion="lesson",reason="",result="accepted"}': 1,
            'motp_verifications_total{occasion="lesson",reason="locked",result="rejected"}': 1,
            'motp_locks_set_total{lock="pin"}': 1,
            'motp_locks_set_total{lock="code"}': 1,
            'motp_locks_lifted_total{by="enrolment",lock="pin"}': 1,
            'motp_locks_lifted_total{by="enrolment",lock="code"}': 1,
            'motp_messages_total{outcome="sent",provider="outbox",purpose="enrolment"}': 2,
            'motp_messages_total{outcome="unreachable",provider="outbox",purpose="enrolment"}': 1,
            'motp_device_clock_skew_seconds_count{direction="ahead"}': 1,
            'motp_device_clock_skew_seconds_bucket{direction="behind",le="60.0"}': 1,
            "motp_throttled_institutions_total": 1,
            'motp_background_runs_total{outcome="failed",work="notices"}': 1,
        }.items():
            assert counted.get(name) == value, (name, counted.get(name))


def test_requests_that_are_not_served_are_counted(tmp_path: Path) -> None:
    with running(tmp_path, metrics_port=9470) as world:
        device = Device(world)
        world.runtime.store.close()
        assert device.begin().status_code == 503
        counted = numbers(get(cast(Any, world.client.app), "/metrics", 9470).text)
        assert counted['motp_turned_away_total{reason="database"}'] == 1


def test_works_that_wait_for_the_database_are_seen(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, metrics_port=9470, database_url=database_url) as world:
        store, entered, go_on = world.runtime.store, threading.Semaphore(0), threading.Event()

        def work(_connection: object) -> None:
            entered.release()
            assert go_on.wait(20)

        async def all_of_them() -> None:
            await asyncio.gather(*(store.run("stuck", work) for _ in range(12)))

        waiting = threading.Thread(target=lambda: asyncio.run(all_of_them()))
        waiting.start()
        try:
            assert entered.acquire(timeout=20)
            counted = numbers(get(cast(Any, world.client.app), "/metrics", 9470).text)
        finally:
            go_on.set()
            waiting.join()
        if database_url:
            assert counted["motp_store_connections_in_use"] >= 1
        else:
            assert counted.keys().isdisjoint(ONLY_POSTGRESQL)


def test_what_the_last_seal_left_over_is_seen(tmp_path: Path, database_url: str) -> None:
    metrics = PrometheusMetrics()
    school = site_world.World(tmp_path, database_url=database_url)
    audit = Audit(school)
    delivery = NoticeDelivery(school.store, school.keys, Phones(), lambda: school.now)
    watching = Background(school.store, delivery, lambda: school.now, metrics)
    audit.add(5)
    school.run(watching._watch_audit())
    assert numbers(metrics.render().decode())["motp_audit_unsealed_rows"] == audit.count()
    sealed_at = school.now
    audit.seal()
    school.run(watching._watch_audit())
    after = numbers(metrics.render().decode())
    assert "motp_audit_unsealed_rows" not in after
    assert after["motp_audit_newest_head_timestamp_seconds"] == sealed_at / 1000
    school.close()
