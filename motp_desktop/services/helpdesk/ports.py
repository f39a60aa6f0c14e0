"""What the console's use cases need from the outside world."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from motp_desktop.services.ports import Answer
from motp_protocol import helpdesk as messages

Order: TypeAlias = messages.PeopleSort
"""How the verifier sorts people; `contact` and `created` have the latest first."""


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """A page of a search; without a cursor the first."""

    text: str = field(repr=False)
    order: Order = "contact"
    cursor: str | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """A page of the audit; what is empty filters nothing. Days are `2026-11-26`, both included."""

    since: str = ""
    until: str = ""
    kind: str = ""
    actor: str = ""
    institution: str = ""
    registration: str = ""
    trainee: str = ""
    cursor: str | None = None
    limit: int = 100


class HelpdeskApi(Protocol):
    """The verifier's `/v1/helpdesk`. Every call is bounded in time.

    Keeps the session's token, and hands it to nobody: what it answers has none.
    """

    def sign_in(
        self, request: messages.StaffSignIn
    ) -> Answer[messages.StaffSession | messages.StaffSetup]: ...

    def set_up(self, request: messages.StaffSetupAnswer) -> Answer[messages.StaffSession]:
        """Go on with the setup that the last sign-in led to."""

    def session(self) -> Answer[messages.StaffSession]: ...

    def sign_out(self) -> Answer[None]:
        """End the session there, and forget it here whatever comes of it."""

    def trainees(self, query: PeopleQuery) -> Answer[messages.FoundTrainees]: ...

    def trainee(self, trainee_id: str) -> Answer[messages.TraineePage]: ...

    def person(
        self, trainee_id: str, request: messages.WithReason
    ) -> Answer[messages.PersonShown]: ...

    def act(
        self, registration_id: str, request: messages.ActionRequest
    ) -> Answer[messages.StaffRegistration]: ...

    def bypass(
        self, trainee_id: str, request: messages.BypassRequest
    ) -> Answer[messages.BypassCode]: ...

    def read_status(
        self, request: messages.StatusTokenRequest
    ) -> Answer[messages.StatusTokenRead]: ...

    def audit(self, query: AuditQuery) -> Answer[messages.AuditLines]: ...

    def export_audit(self, query: AuditQuery, reason: str, path: str) -> Answer[None]:
        """Write all that the query finds as CSV to a file, whole or not at all.

        Raises StorageError.
        """

    def board(self) -> Answer[messages.Board]: ...

    def kiosks(self) -> Answer[messages.StaffKiosks]: ...

    def act_on_kiosk(
        self, kiosk_id: str, request: messages.KioskActionRequest
    ) -> Answer[messages.StaffKiosk]: ...


class Files(Protocol):
    """Files at a place that somebody chose."""

    def keep(self, path: str, content: bytes) -> None:
        """Put this into a file, whole or not at all. Raises StorageError."""


class Notices(Protocol):
    """The verifier's live events for staff."""

    def listen(
        self,
        opened: Callable[[], None],
        heard: Callable[[messages.StaffNotice], None],
        stopped: Callable[[], bool],
    ) -> Answer[None]:
        """Listen until the stream ends or breaks, or `stopped` at the next sign of life."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Shades of grey, a byte each, row after row from the top."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


class QrReader(Protocol):
    """Finds QR codes in pictures."""

    def read(self, picture: Picture) -> list[str] | None:
        """Their texts; None where no reader is installed."""
