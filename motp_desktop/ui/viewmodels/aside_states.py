"""What lies beside the journey, and can be opened from anywhere: status, log, settings."""

from dataclasses import dataclass, field
from enum import Enum

from motp_desktop.services import outcomes
from motp_desktop.services.device_facts import DeviceStatus
from motp_desktop.services.settings import Checked, ProxyChoice, SettingsNow


class Aside(Enum):
    """A page over the journey, which goes on behind it: it locks, and it syncs."""

    STATUS = "status"
    SIGN = "sign"
    LOG = "log"
    SETTINGS = "settings"
    APPROVAL = "approval"
    APPROVAL_ENDED = "approval-ended"


BEHIND = {Aside.SIGN: Aside.STATUS, Aside.LOG: Aside.STATUS}
"""Where going back from an aside leads; from the others, to the journey."""

OVER_ALL = frozenset({Aside.APPROVAL, Aside.APPROVAL_ENDED})
"""What comes by itself and leads back to the aside that it lies over: that one stays as it is."""


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


@dataclass(frozen=True, slots=True)
class SettingsState:
    """The settings. `now` is what holds, None before it was looked at.

    `address` and `proxy` are as typed. `checked` is what was found at `address`;
    `proxy_invalid` where what was typed is no proxy. `must_reopen` once something changed that
    counts from the next start on.
    """

    now: SettingsNow | None = None
    address: str = ""
    checked: Checked | None = None
    proxy: ProxyChoice = field(default_factory=ProxyChoice)
    proxy_invalid: bool = False
    must_reopen: bool = False
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None
