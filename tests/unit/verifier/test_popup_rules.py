"""How a pop-up stands, whatever happened to it: as a machine of states."""

from pathlib import Path
from tempfile import TemporaryDirectory

from httpx import Response
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.verifier.popup_world import Browser, Page, answered, asked, playing

_FEW = settings(max_examples=12, stateful_step_count=15, deadline=None)


class PopupMachine(RuleBasedStateMachine):
    """Any order of what browsers, the app and time can do. One acceptance at most comes of it."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._playing = playing(Path(self._folder.name))
        self.scene = self._playing.__enter__()
        self.popup_id = self.scene.opened()
        self.other = Browser(self.scene.world)
        self.page: Page | None = None
        self.request: Response | None = None
        self.paths: list[str] = []
        self.result: object = None
        self.spoiled: set[str] = set()

    def teardown(self) -> None:
        self._playing.__exit__(None, None, None)
        self._folder.cleanup()

    @rule()
    def ask_the_app(self) -> None:
        page = self.scene.browser.ask_app(self.popup_id)
        self.page = page if "motp://" in page.html else None
        self.request = None

    @precondition(lambda self: self.page is not None)
    @rule()
    def app_asks(self) -> None:
        assert self.page is not None
        told = asked(self.scene.device, self.page.ticket)
        if told.status_code == 200:
            self.request = told

    @precondition(lambda self: self.page is not None and self.request is not None)
    @rule()
    def app_approves(self) -> None:
        assert self.page is not None
        assert self.request is not None
        told = answered(self.scene.device, self.page.ticket, self.request, self.page.number)
        if told.status_code == 200:
            self.paths.append(told.json()["completion_url"].removeprefix("http://127.0.0.1:8470"))

    @precondition(lambda self: self.page is not None and self.request is not None)
    @rule()
    def app_refuses(self) -> None:
        assert self.page is not None
        assert self.request is not None
        answered(self.scene.device, self.page.ticket, self.request, "", "refuse")

    @precondition(lambda self: bool(self.paths))
    @rule()
    def the_browser_comes_back(self) -> None:
        self.scene.browser.go(self.paths[-1])

    @precondition(lambda self: bool(self.paths))
    @rule()
    def another_browser_comes(self) -> None:
        assert self.other.go(self.paths[-1]).status in {403, 404}
        if self.result is None:
            self.spoiled.add(self.paths[-1])

    @rule()
    def a_wrong_code_is_typed(self) -> None:
        self.scene.browser.type_code(self.popup_id, self.scene.wrong_code())

    @rule()
    def the_page_is_left_for_the_code(self) -> None:
        self.scene.browser.post(f"/popup/{self.popup_id}/approval/end")

    @rule()
    def a_minute_passes(self) -> None:
        self.scene.world.pass_seconds(60)

    @invariant()
    def an_acceptance_is_for_good_and_no_spoiled_address_led_to_it(self) -> None:
        state = self.scene.site.state(self.popup_id)
        if self.result is not None:
            assert state["result"] == self.result
        elif state["result"] is not None:
            self.result = state["result"]
            assert state["result"]["method"] == "same-pc"
            assert self.paths[-1] not in self.spoiled
        assert (state["state"] == "accepted") == (state["result"] is not None)

    @invariant()
    def the_other_browser_learns_nothing(self) -> None:
        assert self.other.go(f"/popup/{self.popup_id}").status == 403


TestPopupMachine = PopupMachine.TestCase
TestPopupMachine.settings = _FEW
