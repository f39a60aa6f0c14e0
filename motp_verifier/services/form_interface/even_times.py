"""Refusals leave for pages at even times, so that how long one took tells nothing.

A trainee's refusal writes some rows more than a stranger's: a fifth of a few milliseconds,
which shows in the mean of many. So each leaves at a multiple of `STEP_SECONDS` after its
request came.
"""

import asyncio

STEP_SECONDS = 0.05


def moment() -> float:
    """Now, for `until_even_time`: in seconds of the event loop's time."""
    return asyncio.get_running_loop().time()


async def until_even_time(since: float) -> None:
    """Wait for the next even time after `since`."""
    await asyncio.sleep(seconds_to_wait(moment() - since))


def seconds_to_wait(elapsed: float) -> float:
    """From so many seconds to the next even time."""
    return STEP_SECONDS - elapsed % STEP_SECONDS
