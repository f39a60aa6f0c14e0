"""What lies beside the journey, and can be opened from anywhere: status, log, settings."""

from dataclasses import dataclass, field
from enum import Enum

from motp_desktop.services import outcomes
from motp_desktop.services.device_status import DeviceStatus


class Aside(Enum):
    """A page over the journey, which goes on behind it: it locks, and it syncs."""

    STATUS = "status"
    SIGN = "sign"
    LOG = "log"


BEHIND = {Aside.SIGN: Aside.STATUS, Aside.LOG: Aside.STATUS}
"""Where going back from an aside leads; from the others, to the journey."""


@dataclass(frozen=True, slots=True)
class StatusState:
    """The status of this PC. `saved` is where a report was kept, `not_saved` where it could not.

    `token` is for a QR code: no secret, but of no use to anybody but the helpdesk.
    """

    status: DeviceStatus | None = None
    token: str = field(default="", repr=False)
    log: tuple[str, ...] = ()
    saved: str = ""
    not_saved: str = ""
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None
