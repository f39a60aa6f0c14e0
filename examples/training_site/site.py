"""The site's addresses, and what each does."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from .accounts import Account
from .browsers import Browsers, Session
from .courses import STEPS, Step
from .gate import CheckNeeded, Gate, Opened
from .pages import Pages
from .records import Records
from .settings import Settings
from .texts import text
from .verifier import PopupOutcome, Verifier, VerifierFailedError
from .web import Request, Response, see

_STATIC = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Visit:
    """A request with the session that it belongs to."""

    request: Request
    session: Session

    @property
    def form(self) -> dict[str, str]:
        """The fields that were sent."""
        return self.request.form


class TrainingSite:
    """Answers requests."""

    def __init__(
        self,
        settings: Settings,
        accounts: dict[str, Account],
        verifier: Verifier,
        gate: Gate,
        records: Records,
    ) -> None:
        self._settings = settings
        self._accounts = accounts
        self._verifier = verifier
        self._gate = gate
        self._records = records
        self._pages = Pages(settings)
        self._browsers = Browsers(secure=settings.origin.startswith("https:"))
        # `form-action` and `connect-src` name the verifier: the form that opens a pop-up is
        # led on to it, and the page with the form interface sends its form there.
        ours = f"'self' {settings.verifier}"
        policy = (
            "default-src 'none'; style-src 'self'; script-src 'self'; "
            f"connect-src {ours}; form-action {ours}; base-uri 'none'; frame-ancestors 'none'"
        )
        self._headers = (
            ("Content-Security-Policy", policy),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
        )

    def answer(self, request: Request) -> Response:
        """The answer to a request."""
        if request.path.startswith("/static/"):
            return self._static(request.path.removeprefix("/static/"))
        session, is_new = self._browsers.session(request.cookies)
        if request.query.get("lang") in {"ko", "en"}:
            session.lang = request.query["lang"]
        response = self._route(Visit(request, session))
        cookie = (("Set-Cookie", self._browsers.cookie(session)),) if is_new else ()
        headers = (*response.headers, *cookie, *self._headers)
        return Response(response.body, response.status, response.media_type, headers)

    def _route(self, visit: Visit) -> Response:
        session, path = visit.session, visit.request.path
        if visit.request.method == "POST" and not session.sent(visit.form):
            return self._page(self._pages.message(session, "refused"), HTTPStatus.FORBIDDEN)
        match visit.request.method, path.strip("/").split("/"):
            case "POST", ["sign-in"]:
                return self._sign_in(session, self._accounts.get(visit.form.get("account", "")))
            case "POST", ["sign-out"]:
                return self._sign_in(session, None)
            case "GET", [""]:
                return self._page(self._home(session))
            case method, [area, course, occasion, number, *rest]:
                step = STEPS.get(f"{course}/{occasion}/{number}")
                if step is not None and session.account is not None:
                    return self._step(visit, session.account, step, (method, area, *rest))
        if session.account is None:
            return see("/")
        return self._missing(session)

    def _step(self, visit: Visit, account: Account, step: Step, what: tuple[str, ...]) -> Response:
        """What is done about one step. Without the verifier's word nothing opens."""
        session = visit.session
        try:
            match what:
                case "GET", "steps":
                    return self._take(session, account, step)
                case "POST", "steps":
                    session.passes.discard(step)
                    return see("/")
                case "GET", "checks":
                    return self._page(self._pages.check(session, step))
                case "POST", "checks", "code":
                    return self._code(visit, account, step)
                case "POST", "checks", "popup":
                    return self._open_popup(session, account, step)
                case "POST", "checks", "popup", "done":
                    return self._popup_done(session, account, step)
                case "GET", "checks", "form":
                    return self._page(self._pages.form_interface(session, account, step))
                case "POST", "checks", "form":
                    return self._form_receipt(visit, account, step)
                case "POST", "checks", "form", "lift":
                    return self._lift(session, account, step)
        except VerifierFailedError:
            notice = text(session, "no-answer")
            page = self._pages.check(session, step, notice)
            return self._page(page, HTTPStatus.SERVICE_UNAVAILABLE)
        return self._missing(session)

    def _home(self, session: Session) -> str:
        if session.account is None:
            return self._pages.sign_in(session, self._accounts)
        return self._pages.courses(session, self._records.of(session.account.id))

    def _sign_in(self, session: Session, account: Account | None) -> Response:
        fresh = self._browsers.sign_in(session, account)
        return see("/", ("Set-Cookie", self._browsers.cookie(fresh)))

    def _take(self, session: Session, account: Account, step: Step) -> Response:
        match self._gate.look(session, account, step):
            case CheckNeeded(first):
                return see(f"/checks/{first.path}")
            case Opened() as opened:
                return self._page(self._pages.step(session, step, opened))

    def _code(self, visit: Visit, account: Account, step: Step) -> Response:
        """The native interface: the site's own page takes the code, its server asks."""
        session = visit.session
        code = "".join(visit.form.get("code", "").split())
        checked = self._verifier.check(account.id, step, code, visit.request.address)
        if checked.receipt is None:
            return self._again(session, step, checked.reason or "", checked.attempts_left)
        if not self._gate.accept(session, account, step, checked.receipt):
            return self._again(session, step, "bad-receipt")
        return see(f"/steps/{step.path}")

    def _open_popup(self, session: Session, account: Account, step: Step) -> Response:
        """Make a pop-up, and keep in this session which one it is."""
        popup = self._verifier.open_popup(account.id, step, self._settings.origin)
        session.popups[step] = popup.id
        return see(popup.url)

    def _popup_done(self, session: Session, account: Account, step: Step) -> Response:
        """The browser says that it is done. That is a hint; the verifier is asked."""
        outcome = self._popup_outcome(session, account, step)
        if step in session.passes:
            return see(f"/steps/{step.path}")
        problems = {"accepted": "bad-receipt", "expired": "expired"}
        return self._again(session, step, problems.get(outcome.state, "not-done"))

    def _popup_outcome(self, session: Session, account: Account, step: Step) -> PopupOutcome:
        popup_id = session.popups.get(step)
        if popup_id is None:
            return PopupOutcome("open", None, None)
        outcome = self._verifier.popup(popup_id)
        if outcome.receipt is not None:
            self._gate.accept(session, account, step, outcome.receipt, popup_id)
        return outcome

    def _form_receipt(self, visit: Visit, account: Account, step: Step) -> Response:
        """The form interface: what the page heard is advice, the receipt in it is proof."""
        receipt = visit.form.get("receipt", "")
        return _json({"accepted": self._gate.accept(visit.session, account, step, receipt)})

    def _lift(self, session: Session, account: Account, step: Step) -> Response:
        """The number of the identity check, by which the page lifts a lock."""
        outcome = self._popup_outcome(session, account, step)
        return _json({"transaction_id": outcome.transaction_id})

    def _again(self, session: Session, step: Step, key: str, left: int | None = None) -> Response:
        return self._page(self._pages.check(session, step, text(session, key, left=left)))

    def _missing(self, session: Session) -> Response:
        return self._page(self._pages.message(session, "missing"), HTTPStatus.NOT_FOUND)

    def _page(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        return Response(page.encode("utf-8"), status)

    def _static(self, name: str) -> Response:
        found = {each.name: each for each in _STATIC.iterdir()}.get(name)
        if found is None:
            return Response(b"", HTTPStatus.NOT_FOUND)
        headers = (("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff"))
        return Response(found.read_bytes(), HTTPStatus.OK, _TYPES[found.suffix], headers)


def _json(value: dict[str, object]) -> Response:
    body = json.dumps(value).encode("utf-8")
    return Response(body, media_type="application/json")
