"""What every form passes before anything of it is looked up: who may call, and how often."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from motp_verifier.services.form_interface.admission import Caller, may_call
from motp_verifier.services.rate_limits.failures import FailureLimit
from motp_verifier.services.rate_limits.requests import RequestLimit
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.store.institutions import institution_exists
from motp_verifier.store.port import Store


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """Nobody is listed so, or there is no such institution."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many requests, or too many refusals, in this institution's name."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of one kind of caller."""

    requests: RequestLimit
    failures: FailureLimit


Refusal: TypeAlias = NotAllowed | TooMany
Kind: TypeAlias = Literal["server", "page"]


class Entrance:
    """Lets in whom an institution lists. Strangers' pages use up nothing of its servers' rates."""

    def __init__(self, store: Store, policies: Policies, rates: dict[Kind, Rates]) -> None:
        self._store = store
        self._policies = policies
        self._rates = rates
        self._known: set[str] = set()

    async def refusal(self, institution_id: str, caller: Caller) -> Refusal | None:
        """Why the caller may not go on, or None. Raises StoreUnavailable."""
        if not may_call(self._policies.of(institution_id).form_interface, caller):
            return NotAllowed()
        if not await self._exists(institution_id):
            return NotAllowed()
        rates = self._of(caller)
        if rates.failures.retry_after(institution_id) is not None:
            return TooMany()
        return None if await rates.requests.admit(institution_id) is None else TooMany()

    def note_failure(self, institution_id: str, caller: Caller) -> None:
        """Somebody may be guessing."""
        self._of(caller).failures.note(institution_id)

    def _of(self, caller: Caller) -> Rates:
        return self._rates["page" if caller.is_browser else "server"]

    async def _exists(self, institution_id: str) -> bool:
        # A policy may be there before its institution is; an institution never goes.
        if institution_id not in self._known:
            if not await self._store.read(lambda c: institution_exists(c, institution_id)):
                return False
            self._known.add(institution_id)
        return True
