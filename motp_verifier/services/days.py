"""Calendar days in Korea, by which people and limits count."""

from datetime import UTC, date, datetime, timedelta, timezone

_SEOUL = timezone(timedelta(hours=9))  # Korea has had no daylight saving time since 1988


def seoul_day(now: int) -> str:
    """The calendar day in Asia/Seoul of a moment in milliseconds since 1970."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(_SEOUL).date().isoformat()


def seoul_time(now: int) -> str:
    """A moment in milliseconds since 1970 by Korea's clocks (RFC 3339)."""
    moment = datetime.fromtimestamp(now // 1000, UTC).astimezone(_SEOUL)
    return moment.replace(microsecond=now % 1000 * 1000).isoformat(timespec="milliseconds")


def start_of_seoul_day(day: date) -> int:
    """When this day begins in Korea, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=_SEOUL).timestamp()) * 1000


def seconds_to_seoul_midnight(now: int) -> int:
    """How long the day in Asia/Seoul still lasts, in seconds, rounded up."""
    moment = datetime.fromtimestamp(now / 1000, UTC).astimezone(_SEOUL)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return -((moment - midnight) // timedelta(seconds=1))
