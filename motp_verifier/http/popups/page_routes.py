"""The page's routes: each form is answered by a redirect to the page, which says what came of it.

Whoever is not the pop-up's own browser is told so, and nothing is done or counted.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, get_args

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from motp_protocol.fields import Carrier
from motp_verifier.http.popups.help import help_page
from motp_verifier.http.popups.requests import (
    AnyRequest,
    PageSecurity,
    is_shown,
    language_of,
    read_form,
)
from motp_verifier.http.popups.views import Frame, Links, message_page, phone_page, popup_page
from motp_verifier.http.router import Router
from motp_verifier.services.batches import Overloaded
from motp_verifier.services.identity.port import Details
from motp_verifier.services.popups.browsers import Browser, NoPopup, OtherBrowser
from motp_verifier.services.popups.codes import PopupCodes
from motp_verifier.services.popups.pages import PopupPages, PopupView
from motp_verifier.services.popups.phone import PopupPhones
from motp_verifier.services.popups.same_pc import SamePc
from motp_verifier.store.port import StoreUnavailable

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    # Not `no-referrer`: with it browsers say `Origin: null` of our own forms.
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language, Cookie",
    "X-Frame-Options": "DENY",
}
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - said to the identity service where none is known
_BIRTH_AND_SEX = 7


@dataclass(frozen=True, slots=True)
class PopupServices:
    """The use cases behind the page."""

    pages: PopupPages
    codes: PopupCodes
    same_pc: SamePc
    phones: PopupPhones


def popup_page_router(
    services: PopupServices, security: PageSecurity, links: Links, events: HTTPRouteHandler
) -> Router:
    """Everything under `/popup`, for the trainee's browser."""

    def frame(request: AnyRequest) -> Frame:
        return Frame(links, language_of(request), "lang" in request.query_params)

    async def shown(
        popup_id: str, request: AnyRequest, render: Callable[[Frame, PopupView], bytes]
    ) -> Response[bytes]:
        around = frame(request)
        if not is_shown(request):
            return _page(message_page(around, around.texts.busy_title, around.texts.busy_text), 403)
        outcome = await services.pages.open(popup_id, security.browser(request))
        if isinstance(outcome, PopupView):
            response = _page(render(around, outcome))
            if outcome.cookie is not None:
                response.set_cookie(security.cookie(popup_id, outcome.cookie))
            return response
        return _stranger(around, outcome)

    async def done(
        popup_id: str,
        request: AnyRequest,
        work: Callable[[Browser, dict[str, str]], Awaitable[object]],
        path: str = "",
    ) -> Response[bytes]:
        """Do what a form of this pop-up's page asks for, and lead back to the page."""
        around = frame(request)
        back = around.at(f"/popup/{popup_id}{path}")
        if not security.is_own_form(request):
            words = around.texts
            page = message_page(around, words.refused_title, words.refused_text, back=back)
            return _page(page, 403)
        outcome = await work(security.browser(request), await read_form(request))
        if isinstance(outcome, (NoPopup, OtherBrowser)):
            return _stranger(around, outcome)
        return _see(back)

    @get("/{popup_id:str}", include_in_schema=False)
    async def page(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await shown(popup_id, request, popup_page)

    @get("/{popup_id:str}/phone", include_in_schema=False)
    async def phone(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await shown(popup_id, request, phone_page)

    @post("/{popup_id:str}/code", include_in_schema=False)
    async def code(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await done(
            popup_id,
            request,
            lambda browser, form: services.codes.check(popup_id, form.get("code", ""), browser),
        )

    @post("/{popup_id:str}/approval", include_in_schema=False)
    async def approval(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await done(
            popup_id, request, lambda browser, _form: services.same_pc.ask(popup_id, browser)
        )

    @post("/{popup_id:str}/approval/end", include_in_schema=False)
    async def approval_end(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await done(
            popup_id, request, lambda browser, _form: services.same_pc.give_up(popup_id, browser)
        )

    @get("/{popup_id:str}/complete/{token:str}", include_in_schema=False)
    async def complete(
        popup_id: FromPath[str], token: FromPath[str], request: AnyRequest
    ) -> Response[bytes]:
        around = frame(request)
        words = around.texts
        if not is_shown(request):
            return _page(message_page(around, words.busy_title, words.busy_text), 403)
        outcome = await services.same_pc.arrive(popup_id, token, security.browser(request))
        match outcome:
            case OtherBrowser():
                page = message_page(around, words.other_title, words.other_approval_text)
                return _page(page, 403)
            case NoPopup():
                return _stranger(around, outcome)
            case _:
                return _see(around.at(f"/popup/{popup_id}"))

    @post("/{popup_id:str}/phone", include_in_schema=False)
    async def phone_send(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await done(
            popup_id,
            request,
            lambda browser, form: services.phones.send(popup_id, browser, _details(form, browser)),
            "/phone",
        )

    @post("/{popup_id:str}/phone/confirm", include_in_schema=False)
    async def phone_confirm(popup_id: FromPath[str], request: AnyRequest) -> Response[bytes]:
        return await done(
            popup_id,
            request,
            lambda browser, form: services.phones.confirm(popup_id, form.get("code", ""), browser),
            "/phone",
        )

    def on_unavailable(request: AnyRequest, _error: Exception) -> Response[bytes]:
        around = frame(request)
        page = message_page(around, around.texts.busy_title, around.texts.busy_text)
        response = _page(page, 503)
        response.headers["Retry-After"] = "5"
        return response

    handlers: dict[Any, Any] = {StoreUnavailable: on_unavailable, Overloaded: on_unavailable}
    return Router(
        "/popup",
        route_handlers=[
            page,
            phone,
            code,
            approval,
            approval_end,
            complete,
            phone_send,
            phone_confirm,
            events,
        ],
        exception_handlers=handlers,
    )


def help_router(links: Links) -> Router:
    """The built-in help."""

    @get("/popup-help", include_in_schema=False)
    async def help_(request: AnyRequest) -> Response[bytes]:
        around = Frame(links, language_of(request), "lang" in request.query_params)
        return _page(help_page(around))

    return Router("/", route_handlers=[help_])


def _details(form: dict[str, str], browser: Browser) -> Details | None:
    """What the carrier is to compare; None where the form has not got it in due form."""
    operator = next((each for each in get_args(Carrier) if each == form.get("operator")), None)
    digits = form.get("birth_and_sex", "").strip().replace("-", "")
    well_formed = (
        len(digits) == _BIRTH_AND_SEX
        and digits.isascii()
        and digits.isdigit()
        and digits[-1] in "12345678"
    )
    if operator is None or not well_formed:
        return None
    return Details(operator, digits, browser.address or _NO_ADDRESS)


def _stranger(around: Frame, outcome: NoPopup | OtherBrowser) -> Response[bytes]:
    words = around.texts
    if isinstance(outcome, OtherBrowser):
        return _page(message_page(around, words.other_title, words.other_text), 403)
    return _page(message_page(around, words.missing_title, words.missing_text), 404)


def _page(body: bytes, status: int = 200) -> Response[bytes]:
    return Response(
        body, status_code=status, media_type="text/html; charset=utf-8", headers=dict(_HEADERS)
    )


def _see(path: str) -> Response[bytes]:
    """Go there by GET (RFC 9110 §15.4.4)."""
    return Response(
        b"", status_code=303, media_type="text/html", headers=_HEADERS | {"Location": path}
    )
