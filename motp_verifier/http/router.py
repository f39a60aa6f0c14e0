"""Routers that are made for one application."""

from typing import Any, Self

from litestar import Router as SharedRouter


class Router(SharedRouter):
    """The framework copies a router when it is registered, with all that its routes hold, so
    that another application may register it too. Ours are made for one, and the copies were
    half of an application's start.
    """

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        """This very router."""
        return self
