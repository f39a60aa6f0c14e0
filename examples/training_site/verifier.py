"""What the site's server asks the verifier. The API key never leaves the server."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import requests

from .courses import Step

_SECONDS = (5, 10)  # to connect, and to be answered


class VerifierFailedError(Exception):
    """No usable answer. A step that needs a check stays closed then.

    `problem` is the slug of the refusal's type (RFC 9457), or empty.
    """

    def __init__(self, problem: str = "") -> None:
        super().__init__(problem or "no answer")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a code. `receipt` is there where it was accepted, else `reason`."""

    receipt: str | None = field(repr=False)
    reason: str | None
    attempts_left: int | None


@dataclass(frozen=True, slots=True)
class Popup:
    """A page of the verifier's on which the trainee answers."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class PopupOutcome:
    """How a pop-up stands: `open`, `accepted` or `expired`.

    `transaction_id` is there where a telephone was proven; it lifts a lock by the form
    interface.
    """

    state: str
    receipt: str | None = field(repr=False)
    transaction_id: str | None


class Verifier:
    """The verifier at an origin, asked in the name of the institution that the key is for."""

    def __init__(self, origin: str, api_key: str) -> None:
        self._origin = origin
        self._headers = {"Authorization": f"Bearer {api_key}"}

    def needs_check(self, trainee: str, step: Step) -> bool:
        """Whether a check is needed for this step now, by the institution's policy."""
        query = {"trainee_id": trainee} | _asked(step)
        return self._ask("GET", "/v1/requirements", params=query)["required"] is True

    def check(self, trainee: str, step: Step, code: str, client_ip: str) -> Checked:
        """Check a code. Where the answer is lost, the same key gets it without a second try."""
        body = {"trainee": {"id": trainee}, "code": code, "client_ip": client_ip} | _asked(step)
        answer = self._ask_once("/v1/verifications", body)
        return Checked(answer["receipt"], answer["reason"], answer["attempts_left"])

    def open_popup(self, trainee: str, step: Step, return_origin: str) -> Popup:
        """Make a pop-up; `return_origin` is the page that is told when it is done."""
        body = {"trainee": {"id": trainee}, "return_origin": return_origin} | _asked(step)
        answer = self._ask_once("/v1/popups", body)
        return Popup(answer["popup_id"], answer["url"])

    def popup(self, popup_id: str) -> PopupOutcome:
        """What came of a pop-up: this, and not what a browser says, is to be believed."""
        answer = self._ask("GET", f"/v1/popups/{popup_id}")
        result = answer["result"] or {}
        return PopupOutcome(answer["state"], result.get("receipt"), result.get("transaction_id"))

    def published_keys(self) -> list[dict[str, Any]]:
        """The keys that sign receipts (RFC 7517)."""
        keys: list[dict[str, Any]] = self._ask("GET", "/.well-known/jwks.json")["keys"]
        return keys

    def _ask_once(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask for what must happen once, and once more where the answer did not arrive."""
        key = {"Idempotency-Key": secrets.token_urlsafe(16)}
        try:
            return self._ask("POST", path, json=body, headers=key)
        except VerifierFailedError as error:
            if error.problem:
                raise
            return self._ask("POST", path, json=body, headers=key)

    def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any
    ) -> dict[str, Any]:
        """Raises VerifierFailedError."""
        try:
            answer = requests.request(
                method,
                f"{self._origin}{path}",
                headers=self._headers | (headers or {}),
                timeout=_SECONDS,
                allow_redirects=False,
                **more,
            )
            told: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise VerifierFailedError from error
        if not answer.ok:
            raise VerifierFailedError(str(told.get("type", "")).rpartition(":")[2])
        return told


def _asked(step: Step) -> dict[str, Any]:
    return {
        "course": step.course.id,
        "class": step.course.class_,
        "session": step.session,
        "occasion": step.occasion,
    }
