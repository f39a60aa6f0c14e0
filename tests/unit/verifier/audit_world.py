"""An audit with a sealer that signs, and hands that tamper with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, func, select, text

from motp_protocol.encoding import b64url_encode
from motp_verifier.services.audit.findings import AuditReport
from motp_verifier.services.audit.heads import Head, read_head
from motp_verifier.services.audit.sealer import Sealer
from motp_verifier.services.audit.verifying import AuditVerification
from motp_verifier.store import audit
from motp_verifier.store.audit import AuditEntry
from motp_verifier.store.tables import audit_head, audit_row
from tests.unit.verifier.site_world import World

ISSUER = "https://otp.example.kr"


@dataclass
class Signer:
    """Signs as the verifier does, with a key of its own."""

    kid: str = "key-1"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def sign(self, typ: str, payload: bytes) -> str:
        header = msgspec.json.encode({"alg": "EdDSA", "kid": self.kid, "typ": typ})
        signed = f"{b64url_encode(header)}.{b64url_encode(payload)}"
        return f"{signed}.{b64url_encode(self.key.sign(signed.encode()))}"

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()


@dataclass
class Audit:
    """The audit of a world."""

    world: World
    signer: Signer = field(default_factory=Signer)

    def __post_init__(self) -> None:
        self.sealer = self.new_sealer()

    def new_sealer(self, signer: Signer | None = None) -> Sealer:
        world = self.world
        return Sealer(
            world.store, world.keys, signer or self.signer, ISSUER, lambda: self.world.now
        )

    def add(self, count: int, kind: str = "notice-sent", source: str | None = None) -> None:
        entries = [
            AuditEntry(self.world.now, kind, "system", source=source, detail={"n": number})
            for number in range(count)
        ]
        self.world.do(lambda c: audit.append(c, entries))

    def seal(self) -> None:
        self.world.run(self.sealer.seal())
        self.world.now += 60_000

    def fill(self) -> None:
        """Three heads over 20 rows each, and five rows more; all older rows under the first."""
        self.seal()
        for _ in range(3):
            self.add(20)
            self.seal()
        self.add(5)

    def heads(self) -> list[Any]:
        return self.world.do(
            lambda c: list(c.execute(select(audit_head).order_by(audit_head.c.number)).all())
        )

    def exported(self) -> list[Head]:
        return [read_head(row.token) for row in self.heads()]

    def rows(self) -> list[Any]:
        return self.world.do(
            lambda c: list(c.execute(select(audit_row).order_by(audit_row.c.id)).all())
        )

    def verify(
        self, exported: Iterable[Head] = (), known: dict[str, bytes] | None = None
    ) -> AuditReport:
        keys = {self.signer.kid: self.signer.public} if known is None else known
        checking = AuditVerification(self.world.store, self.world.keys)
        return self.world.run(checking.run(keys, iter(list(exported))))

    def found(self, exported: Iterable[Head] = ()) -> list[tuple[str, int, int | None]]:
        report = self.verify(exported)
        return [(str(each.fault), each.head, each.row) for each in report.findings]

    def tamper(self, work: Callable[[Connection], Any]) -> None:
        """As somebody does who owns the database: without its triggers."""

        def unguarded(connection: Connection) -> None:
            if connection.dialect.name == "sqlite":
                names = connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                )
                for name in names.scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                connection.execute(text("ALTER TABLE audit_row DISABLE TRIGGER USER"))
                connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER USER"))
            work(connection)

        self.world.do(unguarded)

    def count(self) -> int:
        return self.world.do(
            lambda c: c.execute(select(func.count()).select_from(audit_row)).scalar_one()
        )
