"""What the page's requests say of themselves: whose cookie, which form, which language."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import Cookie

from motp_verifier.http.client_address import ClientAddresses, block
from motp_verifier.services.popups.browsers import Browser

AnyRequest: TypeAlias = Request[Any, Any, Any]
Lang: TypeAlias = Literal["ko", "en"]

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 10
_FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})
_COOKIE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PageSecurity:
    """How the page knows its own requests. `origin` is the verifier's, as a browser sends it."""

    origin: str
    addresses: ClientAddresses

    @property
    def _is_https(self) -> bool:
        return self.origin.startswith("https:")

    @property
    def cookie_name(self) -> str:
        """RFC 6265bis §4.1.3.1: a page over plain HTTP cannot set one of the secure name."""
        return "__Secure-motp-popup" if self._is_https else "motp-popup"

    def browser(self, request: AnyRequest) -> Browser:
        """Who asks."""
        address = self.addresses.of(request.scope)
        return Browser(
            cookie=request.cookies.get(self.cookie_name),
            address=None if address is None else str(address),
            block=block(address),
        )

    def cookie(self, popup_id: str, value: str) -> Cookie:
        """What binds the pop-up to this browser. Lax: the app opens the completion from outside."""
        return Cookie(
            key=self.cookie_name,
            value=value,
            path=f"/popup/{popup_id}",
            max_age=_COOKIE_SECONDS,
            httponly=True,
            secure=self._is_https,
            samesite="lax",
        )

    def is_own_form(self, request: AnyRequest) -> bool:
        """Whether a form comes from a page of ours, as the browser itself says.

        A browser that tells neither field is too old to be believed.
        """
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is None and origin is None:
            return False
        return site in {None, "same-origin"} and origin in {None, self.origin}


def is_shown(request: AnyRequest) -> bool:
    """Whether a person is to see the page: not in a frame, and not fetched in advance."""
    fetched_early = "prefetch" in request.headers.get("sec-purpose", "")
    return not fetched_early and request.headers.get("sec-fetch-dest") not in _FRAMES


async def read_form(request: AnyRequest) -> dict[str, str]:
    """The fields of a form; none where it is not of that type."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != _FORM:
        return {}
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def language_of(request: AnyRequest) -> Lang:
    """The language of the page: as chosen by its link, else as the browser asks, else Korean."""
    chosen = request.query_params.get("lang")
    if chosen == "en":
        return "en"
    if chosen == "ko":
        return "ko"
    return preferred_language(request.headers.get("accept-language", ""))


def preferred_language(accepted: str) -> Lang:
    """Korean or English by Accept-Language (RFC 9110 §12.5.4); Korean where it names neither."""
    best: dict[str, float] = {"ko": 0.0, "en": 0.0}
    for each in accepted.split(","):
        name, _, weight = each.partition(";")
        language = name.strip().lower().partition("-")[0]
        if language in best:
            best[language] = max(best[language], _quality(weight))
    return "en" if best["en"] > best["ko"] else "ko"


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
