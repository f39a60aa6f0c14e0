"""A verifier with a training site that makes pop-ups, and browsers that open them.

A browser is what a real one is to the page: cookies by path, `Sec-Fetch-Site`, `Origin`,
redirects. Each has a jar of its own.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from httpx import Response

from motp_protocol.approvals import approval_proof
from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.keys import approve_key
from motp_protocol.messages import TraineeRef
from motp_protocol.popups import PopupRequest
from motp_verifier.services.api_keys import ApiKeyAdded, ApiKeys
from motp_verifier.services.name_policy import NO_NAME_POLICY, NamePolicy
from motp_verifier.services.popups.opening import Created, Popups
from motp_verifier.services.site_policy.folder import Policies
from tests.unit.verifier.device_world import NAME, PHONE, Device, World, running

SITE = "https://lms.example.kr"
ORIGIN = "http://127.0.0.1:8470"
POLICY = f'[popup]\norigins = ["{SITE}"]\n'
NOBODY = {"name": "모르는이", "phone": "010-9876-5432"}


@dataclass(slots=True)
class Site:
    """A training site's server, with its institution's API key."""

    world: World
    api_key: str = ""

    def __post_init__(self) -> None:
        keys = ApiKeys(self.world.runtime.store, lambda: self.world.now)
        added = asyncio.run(keys.add("inst", "site"))
        assert isinstance(added, ApiKeyAdded)
        self.api_key = added.api_key

    def ask(self, method: str, path: str, **options: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.api_key}", **options.pop("headers", {})}
        return self.world.client.request(method, path, headers=headers, **options)

    def create(self, *, headers: dict[str, str] | None = None, **changes: Any) -> Response:
        body = {
            "trainee": {"name": NAME, "phone": PHONE},
            "course": "산업안전",
            "class": "1기",
            "session": 3,
            "occasion": "lesson",
            "return_origin": SITE,
        }
        return self.ask("POST", "/v1/popups", json=body | changes, headers=headers or {})

    def popup(self, **changes: Any) -> str:
        """A new pop-up's id."""
        created = self.create(**changes)
        assert created.status_code == 201, created.text
        return str(created.json()["popup_id"])

    def state(self, popup_id: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/v1/popups/{popup_id}")
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said


@dataclass(slots=True)
class Page:
    """What a browser shows."""

    status: int
    html: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return unescape(re.sub(r"<[^>]*>", " ", self.html))

    @property
    def title(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html)
        return "" if found is None else unescape(found[1])

    @property
    def notice(self) -> str:
        found = re.search(r'<p class="notice"[^>]*>(.*?)</p>', self.html)
        return "" if found is None else unescape(found[1])

    @property
    def number(self) -> str:
        found = re.search(r'<strong class="number">([0-9]{2})</strong>', self.html)
        assert found is not None, self.html
        return found[1]

    @property
    def ticket(self) -> str:
        found = re.search(r'href="(motp://[^"]*)"', self.html)
        assert found is not None, self.html
        return parse_qs(urlsplit(unescape(found[1])).query)["ticket"][0]

    def data(self, name: str) -> str | None:
        found = re.search(rf'<body[^>]* data-{name}="([^"]*)"', self.html)
        return None if found is None else unescape(found[1])


@dataclass(slots=True)
class Browser:
    """A browser without scripts. `cookies` are (path, name, value)."""

    world: World
    cookies: list[tuple[str, str, str]] = field(default_factory=list)
    language: str = "ko"

    def go(self, path: str, **headers: str) -> Page:
        """Type an address, or have it opened from outside."""
        return self._load("GET", path, {"Sec-Fetch-Site": "none"} | headers)

    def post(
        self,
        path: str,
        form: dict[str, str] | None = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Send a form of the page's."""
        own = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}
        return self._load("POST", path, own if headers is None else headers, form or {})

    def type_code(self, popup_id: str, code: str) -> Page:
        return self.post(f"/popup/{popup_id}/code", {"code": code})

    def ask_app(self, popup_id: str) -> Page:
        return self.post(f"/popup/{popup_id}/approval")

    def raw(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> Response:
        """One request and its answer."""
        sent = [f"{name}={value}" for at, name, value in self.cookies if path.startswith(at)]
        cookie = {"Cookie": "; ".join(sent)} if sent else {}
        # Else the client would keep cookies of its own beside these.
        self.world.client.cookies.clear()
        answer = self.world.client.request(
            method,
            path,
            headers={"Accept-Language": self.language} | headers | cookie,
            data=form,
            follow_redirects=False,
        )
        self.world.client.cookies.clear()
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.append((morsel["path"], name, morsel.value))
        return answer

    def _load(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> Page:
        answer = self.raw(method, path, headers, form)
        if answer.status_code == 303:
            return self._load("GET", answer.headers["location"], headers)
        return Page(answer.status_code, answer.text, dict(answer.headers))


@dataclass(slots=True)
class Scene:
    """A site, a trainee with a registered device, and the trainee's browser."""

    world: World
    site: Site
    device: Device
    browser: Browser

    def opened(self, **changes: Any) -> str:
        """A pop-up that the trainee's browser has opened."""
        popup_id = self.site.popup(**changes)
        assert self.browser.go(f"/popup/{popup_id}").status == 200
        return popup_id

    def code(self, steps: int = 0) -> str:
        assert self.device.secrets is not None
        step = step_at(self.world.now, OtpProfile()) + steps
        return code_for_step(self.device.secrets.seed, step, OtpProfile())

    def wrong_code(self) -> str:
        right = {self.code(steps) for steps in (-1, 0, 1)}
        return next(code for code in (f"{n:06d}" for n in range(9)) if code not in right)


def asked(device: Device, ticket: str) -> Response:
    """The app asks who asks."""
    return device.send("GET", f"/v1/approvals/{ticket}")


def answer_body(
    device: Device, ticket: str, request: Response, number: str, decision: Any = "approve"
) -> dict[str, str]:
    """What the app answers to the request that it was shown."""
    assert device.secrets is not None
    proof = approval_proof(
        approve_key(device.secrets.seed),
        ticket=ticket,
        popup_id=request.json()["popup_id"],
        decision=decision,
        number=number,
        asked=request.content,
    )
    return {"decision": decision, "number": number, "proof": proof}


def answered(
    device: Device, ticket: str, request: Response, number: str, decision: Any = "approve"
) -> Response:
    """The app answers."""
    body = answer_body(device, ticket, request, number, decision)
    return device.send("POST", f"/v1/approvals/{ticket}", body)


def completion(device: Device, page: Page) -> str:
    """The path that the app has the browser open, once the trainee chose the page's number."""
    request = asked(device, page.ticket)
    assert request.status_code == 200, request.text
    told = answered(device, page.ticket, request, page.number)
    assert told.status_code == 200, told.text
    url = str(told.json()["completion_url"])
    assert url.startswith(f"{ORIGIN}/popup/")
    return url.removeprefix(ORIGIN)


def make_popup(world: World) -> None:
    """A pop-up by the service alone, for a verifier whose policies list no origin."""
    folder = world.config.data_folder() / "policies"
    policies = Policies(folder)
    write_policy(folder)
    assert policies.load() == ()
    runtime = world.runtime
    popups = Popups(runtime.store, runtime.keys, policies, ORIGIN, runtime.now)
    request = PopupRequest(
        trainee=TraineeRef(name=NAME, phone=PHONE),
        course="C-1",
        class_="1",
        occasion="exam",
        return_origin=SITE,
    )
    assert isinstance(asyncio.run(popups.create("inst", request)), Created)


def write_policy(folder: Path) -> None:
    """A folder of policies in which the institution lists its site's origin."""
    folder.mkdir(exist_ok=True)
    (folder / "inst.toml").write_text(POLICY, "utf-8")


@contextmanager
def playing(
    folder: Path, database_url: str = "", *, names: NamePolicy = NO_NAME_POLICY, **settings: Any
) -> Iterator[Scene]:
    """A scene over a data folder."""
    policies = folder / "policies"
    write_policy(policies)
    with running(
        folder, names=names, policy_dir=str(policies), database_url=database_url, **settings
    ) as world:
        world.add_trainee()
        device = Device(world).enrol()
        yield Scene(world, Site(world), device, Browser(world))
