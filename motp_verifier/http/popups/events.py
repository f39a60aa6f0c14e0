"""The page follows its pop-up by server-sent events (HTML Standard §9.2)."""

from functools import partial

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Stream

from motp_verifier.http.event_stream import event_stream
from motp_verifier.http.popups.requests import AnyRequest, PageSecurity
from motp_verifier.services.popups.following import Following
from motp_verifier.services.popups.pages import PopupPages


def events_route(
    pages: PopupPages, following: Following, security: PageSecurity
) -> HTTPRouteHandler:
    """How a pop-up stands, in one word, as it changes; for its own browser."""

    @get("/{popup_id:str}/events", include_in_schema=False)
    async def events(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes] | Stream:
        """A stream, or a status at which a browser gives up: then the page looks by itself."""
        if not await pages.is_own(popup_id, security.browser(request)):
            return Response(b"", status_code=404, media_type="text/plain")
        if following.is_full:
            return Response(
                b"", status_code=503, media_type="text/plain", headers={"Retry-After": "5"}
            )
        return event_stream(partial(following.follow, popup_id), str.encode)

    return events
