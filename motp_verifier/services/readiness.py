"""Whether requests can be served now."""

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys, SealBroken
from motp_verifier.services.index_root import index_root_opens
from motp_verifier.store.port import Store
from motp_verifier.store.revision import is_behind


@dataclass(frozen=True, slots=True)
class Ready:
    """Send requests here."""


@dataclass(frozen=True, slots=True)
class NotReady:
    """Send none. `why` is a short English phrase for the operator."""

    why: str


ReadinessOutcome: TypeAlias = Ready | NotReady


class Readiness:
    """Answers for one process. It stops being ready before its listener closes."""

    def __init__(self, store: Store, keys: MasterKeys) -> None:
        self._store = store
        self._keys = keys
        self._draining = False

    @property
    def is_draining(self) -> bool:
        """Whether a shutdown began: nothing that could go on for long should."""
        return self._draining

    def drain(self) -> None:
        """A shutdown began: a load balancer should look elsewhere."""
        self._draining = True

    async def check(self) -> ReadinessOutcome:
        """Look at all that a request needs. Raises StoreUnavailable."""
        if self._draining:
            return NotReady("shutting down")
        return await self._store.read(self._look)

    def _look(self, connection: Connection) -> ReadinessOutcome:
        if is_behind(connection):
            return NotReady("the database is at an older version's revision")
        try:
            if not index_root_opens(connection, self._keys):
                return NotReady("the database has no index root")
        except SealBroken:
            return NotReady("the key file is not that of the database")
        return Ready()
