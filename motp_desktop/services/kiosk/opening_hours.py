"""When a kiosk serves, by the clocks of Korea."""

from datetime import UTC, datetime, timedelta, timezone

from motp_protocol.kiosks import OpeningHours, Weekday

_SEOUL = timezone(timedelta(hours=9))  # Korea has had no daylight saving time since 1988
_DAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def is_open(hours: OpeningHours | None, now_ms: int) -> bool:
    """Whether the kiosk serves at this moment, in milliseconds since 1970; without hours, always.

    It closes at the minute that the hours name.
    """
    if hours is None:
        return True
    moment = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(_SEOUL)
    return _DAYS[moment.weekday()] in hours.days and (
        hours.opens <= f"{moment:%H:%M}" < hours.closes
    )
