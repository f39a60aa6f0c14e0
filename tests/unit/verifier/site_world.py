"""A verifier's database with institutions, trainees and registrations, for tests of codes."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from litestar import Litestar
from sqlalchemy import Connection, insert, select, update

from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.messages import TraineeRef, VerificationRequest
from motp_verifier.app import VerifierApp
from motp_verifier.http.body import MAX_BODY_BYTES
from motp_verifier.http.fast_checks import FastChecks
from motp_verifier.http.headers import security_headers
from motp_verifier.http.problems import exception_handlers
from motp_verifier.http.site import site_router
from motp_verifier.http.site_guard import SiteGuard
from motp_verifier.metrics import NO_METRICS, Metrics
from motp_verifier.sealing import MasterKeys
from motp_verifier.services.acceptances import Acceptances
from motp_verifier.services.api_keys import ApiKeys
from motp_verifier.services.index_root import open_index_root
from motp_verifier.services.institutions import InstitutionAdded, Institutions
from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.rate_limits.requests import RequestLimit
from motp_verifier.services.rate_limits.shared import SharedCounts
from motp_verifier.services.receipts import Receipts
from motp_verifier.services.requirements import Requirements
from motp_verifier.services.roster.importing import Imported, RosterImport
from motp_verifier.services.seeds import seal_seed
from motp_verifier.services.signing_keys import SigningKeys
from motp_verifier.services.site_checks import SiteChecks
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.verification import Accepted, Rejected, Verification
from motp_verifier.store import roster as roster_rows
from motp_verifier.store import tables
from motp_verifier.store.migrate import migrate
from motp_verifier.store.opening import open_store
from tests.support.databases import database_of, prepare

T = TypeVar("T")
ISSUER = "https://otp.example.kr"
START = 1_790_000_000_000
MONTH = 30 * 24 * 60 * 60 * 1000


@dataclass
class World:
    """Times are in milliseconds since 1970; `now` moves only when a test moves it.

    `database_url` empty means a SQLite file in the folder.
    """

    folder: Path
    keys: MasterKeys = field(default_factory=lambda: MasterKeys({"k1": bytes(32)}))
    now: int = START
    metrics: Metrics = NO_METRICS
    api_keys: dict[str, str] = field(default_factory=dict)
    # The (institution, course) pairs that demand a number in the trainee's own name.
    named: set[tuple[str, str]] = field(default_factory=set)
    database_url: str = ""

    def __post_init__(self) -> None:
        self.database = database_of(self.folder, self.database_url)
        prepare(self.database)
        migrate(self.database)
        self.store = open_store(self.database, metrics=self.metrics)
        self.run(open_index_root(self.store, self.keys, self.now))
        self.institutions = Institutions(self.store, lambda: self.now)
        self.roster = RosterImport(self.store, self.keys, lambda: self.now)
        self.signing_keys = SigningKeys(self.store, self.keys, lambda: self.now)
        self.run(self.signing_keys.refresh())
        self.policies = Policies(None)
        self.site_keys = ApiKeys(self.store, lambda: self.now)
        self.verification = Verification(
            self.store,
            self.keys,
            Acceptances(self.policies, Receipts(self.signing_keys, ISSUER)),
            lambda: self.now,
            self.metrics,
            names=self,
        )

    def site_app(
        self,
        way: str = "framework",
        *,
        requests: str = "1000/second",
        failures: str = "1000/minute",
    ) -> Litestar:
        """The site API with these rate limits; with the way `fast` for usual checks, or without."""
        counts = SharedCounts(self.store, lambda: self.now)
        self.failures = FailureLimit(self.store, counts, self.policies, failures, lambda: self.now)
        guard = SiteGuard(
            self.site_keys, RequestLimit(counts, self.policies, requests, lambda: self.now)
        )
        checks = SiteChecks(self.verification, self.failures)
        requirements = Requirements(self.store, self.keys, self.policies, lambda: self.now)
        settings: dict[str, Any] = {
            "route_handlers": [site_router(guard, checks, requirements)],
            "before_send": [security_headers(https=False)],
            "exception_handlers": exception_handlers(self.metrics),
            "openapi_config": None,
            "logging_config": None,
            "request_max_body_size": MAX_BODY_BYTES,
        }
        if way == "framework":
            return Litestar(**settings)
        return VerifierApp(FastChecks(guard, checks, https=False), **settings)

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        return (institution_id, course) in self.named

    def name_ever_required(self, institution_id: str) -> bool:
        return any(each == institution_id for each, _ in self.named)

    def close(self) -> None:
        self.store.close()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run(coroutine)

    def do(self, work: Callable[[Connection], T]) -> T:
        return self.run(self.store.run("test", work))

    def add_institution(self, institution_id: str) -> str:
        added = self.run(self.institutions.add(institution_id, f"{institution_id} 훈련원"))
        assert isinstance(added, InstitutionAdded)
        self.api_keys[institution_id] = added.api_key
        return institution_id

    def add_to_roster(self, institution_id: str, *lines: str) -> None:
        data = "\n".join(["이름,전화번호,훈련생ID", *lines]).encode()
        outcome = self.run(self.roster.run(institution_id, data))
        assert isinstance(outcome, Imported), outcome

    def register(
        self,
        institution_id: str,
        pairwise_id: str,
        *,
        kind: str = "personal",
        state: str = "active",
        profile: OtpProfile | None = None,
    ) -> "Device":
        used = profile or OtpProfile()
        device = Device(f"reg-{secrets.token_hex(4)}", secrets.token_bytes(used.seed_size), used)

        def work(connection: Connection) -> None:
            trainee = roster_rows.trainee_by_pairwise_id(connection, institution_id, pairwise_id)
            values = {
                "id": device.id,
                "trainee_id": trainee,
                "kind": kind,
                "state": state,
                "keyid": device.id,
                "otp_algorithm": used.algorithm,
                "otp_digits": used.digits,
                "otp_period": used.period,
                "seed_sealed": seal_seed(self.keys, device.seed, device.id),
                "created_at": self.now,
                "activated_at": None if state == "pending" else self.now,
            }
            connection.execute(insert(tables.registration).values(_nothings() | values))

        self.do(work)
        return device

    def change(self, device: "Device", **values: Any) -> None:
        statement = update(tables.registration).where(tables.registration.c.id == device.id)
        self.do(lambda connection: connection.execute(statement.values(values)) and None)

    def right_code(self, device: "Device", steps: int = 0) -> str:
        step = step_at(self.now, device.profile) + steps
        return code_for_step(device.seed, step, device.profile)

    def wrong_code(self, *devices: "Device") -> str:
        right = {self.right_code(device, steps) for device in devices for steps in (-1, 0, 1)}
        return next(code for code in (f"{n:06d}" for n in range(20)) if code not in right)

    def check(self, institution_id: str, pairwise_id: str, code: str) -> Accepted | Rejected:
        return self.run(self.checking(institution_id, TraineeRef(id=pairwise_id), code))

    async def checking(
        self, institution_id: str, trainee: TraineeRef, code: str
    ) -> Accepted | Rejected:
        request = VerificationRequest(
            trainee=trainee, course="C-1", class_="1", session=3, occasion="lesson", code=code
        )
        outcome = await self.verification.verify(institution_id, request)
        assert isinstance(outcome, (Accepted, Rejected)), outcome
        return outcome

    def rows(self, table: Any) -> list[dict[str, Any]]:
        return self.do(lambda c: [dict(row) for row in c.execute(select(table)).mappings()])


@dataclass(frozen=True)
class Device:
    """A registration and the seed that its owner's app has."""

    id: str
    seed: bytes = field(repr=False)
    profile: OtpProfile


def _nothings() -> dict[str, Any]:
    """A zero or an empty text for each column that a code check does not look at."""
    return {
        column.name: column.type.python_type()
        for column in tables.registration.columns
        if not column.nullable
    }
