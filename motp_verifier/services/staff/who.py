"""Who of the staff asks, and what each role may do."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from motp_protocol.helpdesk import StaffRole

Right: TypeAlias = Literal["look", "act", "audit", "administer"]
"""`look`: at people, masked. `act`: everything that changes something, and names in full.
`audit`: read and export the audit. `administer`: end others' sessions."""

RIGHTS: dict[StaffRole, frozenset[Right]] = {
    "helpdesk": frozenset({"look", "act"}),
    "auditor": frozenset({"look", "audit"}),
    "admin": frozenset({"look", "act", "audit", "administer"}),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in. `source` is the address that the request came from."""

    id: str
    name: str
    role: StaffRole
    session_id: str
    expires_at: int
    source: str | None = field(default=None, repr=False)

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in RIGHTS[self.role]
