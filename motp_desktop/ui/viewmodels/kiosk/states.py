"""What the kiosk's views render."""

from dataclasses import dataclass, field

from motp_desktop.services import outcomes
from motp_desktop.ui.kiosk_navigation import KioskScreen
from motp_protocol.fields import Language

PREFIX = "010"
"""What nearly every number begins with, and the start screen too."""


@dataclass(frozen=True, slots=True)
class KioskState:
    """The screen, and what holds on each of them.

    `number`: the digits typed at the start. `forgets_in`: seconds until everything is
    forgotten, once that is told. `speaks`: what the pages say is read aloud, where there is a
    voice (`may_speak`); never what somebody types, and a code only when its button is pressed.
    """

    screen: KioskScreen
    language: Language = "ko"
    high_contrast: bool = False
    may_speak: bool = False
    speaks: bool = False
    number: str = field(default=PREFIX, repr=False)
    number_wrong: bool = False
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None
    forgets_in: int | None = None


@dataclass(frozen=True, slots=True)
class ExitState:
    """The exit PIN: how many digits are typed, and what came of the last one."""

    entered: int = 0
    minimum: int = 6
    too_short: bool = False
    attempts_left: int | None = None
    retry_after: int | None = None
    working: bool = False
    busy: bool = False
    trouble: outcomes.Trouble | None = None
