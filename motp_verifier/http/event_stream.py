"""Server-sent events (HTML Standard §9.2)."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import TypeVar

from litestar.response import Stream

T = TypeVar("T")

_RETRY_MS = 2000
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event_stream(
    follow: Callable[[], AsyncGenerator[T | None, None]], data: Callable[[T], bytes]
) -> Stream:
    """What is followed, each as the `data` of an event; None keeps the line alive."""

    async def lines() -> AsyncIterator[bytes]:
        yield f"retry: {_RETRY_MS}\n\n".encode()
        async with aclosing(follow()) as followed:
            async for each in followed:
                yield b": still here\n\n" if each is None else b"data: %b\n\n" % data(each)

    return Stream(lines, media_type="text/event-stream", headers=_HEADERS)
