"""When a kiosk serves, by the clocks of Korea."""

from motp_desktop.services.korea import in_korea
from motp_protocol.kiosks import WEEKDAYS, OpeningHours


def is_open(hours: OpeningHours | None, now_ms: int) -> bool:
    """Whether the kiosk serves at this moment, in milliseconds since 1970; without hours, always.

    It closes at the minute that the hours name.
    """
    if hours is None:
        return True
    moment = in_korea(now_ms)
    return WEEKDAYS[moment.weekday()] in hours.days and (
        hours.opens <= f"{moment:%H:%M}" < hours.closes
    )
