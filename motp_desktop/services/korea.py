"""The time of day in Korea, where all training takes place."""

from datetime import UTC, datetime, timedelta, timezone

KOREA = timezone(timedelta(hours=9))
"""There has been no daylight saving time since 1988."""


def in_korea(epoch_ms: int) -> datetime:
    """This moment, in milliseconds since 1970, by the clocks of Korea."""
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone(KOREA)
