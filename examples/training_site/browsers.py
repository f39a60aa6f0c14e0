"""Who is signed in, in which browser. In memory: a real site keeps these in its database."""

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from .accounts import Account
from .courses import Step

COOKIE = "training-site"


@dataclass(slots=True)
class Session:
    """One browser's. `form_token` stands in every form, so that other sites can send none.

    `passes` are the steps that a receipt opened; `popups` has the pop-up that was made for a
    step, for only that one's outcome is asked for.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    account: Account | None = None
    lang: str = "ko"
    passes: set[Step] = field(default_factory=set)
    popups: dict[Step, str] = field(default_factory=dict)

    def sent(self, form: dict[str, str]) -> bool:
        """Whether a form is from a page of this session."""
        return hmac.compare_digest(self.form_token.encode(), form.get("token", "").encode())


class Browsers:
    """All sessions, by the cookie's value."""

    def __init__(self, *, secure: bool) -> None:
        self._sessions: dict[str, Session] = {}
        self._attributes = "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    def session(self, cookies: str) -> tuple[Session, bool]:
        """The session that a Cookie field names, or a new one, and whether it is new."""
        try:
            named = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            named = None
        known = self._sessions.get(named.value) if named else None
        return (known, False) if known else (self._add(Session()), True)

    def sign_in(self, before: Session, account: Account | None) -> Session:
        """A new session in place of the one before, so that nobody knows its cookie."""
        self._sessions.pop(before.id, None)
        return self._add(Session(account=account, lang=before.lang))

    def cookie(self, session: Session) -> str:
        """The Set-Cookie field of a session."""
        return f"{COOKIE}={session.id}; {self._attributes}"

    def _add(self, session: Session) -> Session:
        self._sessions[session.id] = session
        return session
