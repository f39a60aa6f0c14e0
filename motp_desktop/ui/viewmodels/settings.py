"""The settings: each holds as soon as it is chosen, and is kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from motp_desktop.services import outcomes
from motp_desktop.services.settings import (
    BadAddress,
    Checked,
    CheckedVerifier,
    Choices,
    ProxyChoice,
    ProxyMode,
    SettingsNow,
    Theme,
)
from motp_desktop.services.use_cases import SettingsDesk
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.aside_states import OVER_ALL, Aside, SettingsState
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.fields import Language

T = TypeVar("T")


class SettingsViewModel(ViewModel[SettingsState]):
    """The commands of the aside SETTINGS."""

    def __init__(
        self,
        journey: Journey,
        runner: TaskRunner,
        desk: SettingsDesk,
        *,
        wear: Callable[[Choices], None],
        reopen: Callable[[], None],
    ) -> None:
        """`wear` puts theme, text size and auto-lock into force; `reopen` starts the app anew."""
        super().__init__(SettingsState())
        self._journey = journey
        self._desk = desk
        self._wear = wear
        self._reopen = reopen
        self._work = Work(runner, self._refresh)
        self._is_shown = False
        journey.state_changed.connect(self._on_aside)

    def open(self) -> None:
        """From the menu: the settings follow."""
        self._journey.show_aside(Aside.SETTINGS)

    def choose_language(self, lang: Language) -> None:
        """Speak this language from now on."""
        self._choose(Choices(language=lang))

    def choose_theme(self, theme: Theme) -> None:
        """Wear this from now on."""
        self._choose(Choices(theme=theme))

    def choose_text(self, percent: int) -> None:
        """Set text in this size from now on."""
        self._choose(Choices(text_percent=percent))

    def choose_auto_lock(self, seconds: int) -> None:
        """Lock after so long, or sooner where the policy says so."""
        self._choose(Choices(auto_lock_seconds=seconds))

    def choose_proxy(self, mode: ProxyMode) -> None:
        """Reach the verifier so from the next start on; `manual` waits for its address."""
        self._change(proxy=replace(self.state.proxy, mode=mode), proxy_invalid=False)
        if mode != "manual":
            self._choose(Choices(proxy=ProxyChoice(mode)))

    def type_proxy(self, address: str) -> None:
        """The address of a proxy, as far as it is typed."""
        self._change(proxy=ProxyChoice("manual", address), proxy_invalid=False)

    def keep_proxy(self) -> None:
        """Use the proxy that was typed, from the next start on."""
        now = self.state.now
        if now is not None and "proxy" not in now.fixed:
            choices = Choices(proxy=self.state.proxy)
            job = partial(self._desk.keep_proxy, self.state.proxy.address)
            self._run(job, partial(self._chosen, choices))

    def type_address(self, address: str) -> None:
        """The address of a verifier, as far as it is typed: what was found no longer counts."""
        self._change(address=address, checked=None)

    def check_address(self) -> None:
        """Ask whoever is at the address; `state.checked` follows."""
        self._change(checked=None)
        self._run(partial(self._desk.check, self.state.address), self._found)

    def use_address(self) -> None:
        """Use the verifier that was found, from the next start on; ignored before it was."""
        checked = self.state.checked
        if isinstance(checked, CheckedVerifier):
            self._choose(Choices(verifier_origin=checked.origin))

    def finish(self) -> None:
        """Back to the journey, by a new start where something changed that needs one."""
        if self.state.must_reopen:
            self._reopen()
        else:
            self._journey.show_aside(None)

    def _choose(self, choices: Choices) -> None:
        now = self.state.now
        if now is not None and not choices.names & now.fixed:
            self._run(partial(self._desk.change, choices), partial(self._chosen, choices))

    def _chosen(
        self, choices: Choices, outcome: SettingsNow | outcomes.StorageTrouble | BadAddress
    ) -> None:
        if isinstance(outcome, BadAddress):
            self._change(proxy_invalid=True)
            return
        if isinstance(outcome, outcomes.StorageTrouble):
            self._change(trouble=outcome)
            return
        self._wear(outcome.values)
        later = choices.names & {"proxy", "verifier_origin"}
        self._change(
            now=outcome,
            proxy=outcome.values.proxy or ProxyChoice(),
            trouble=None,
            must_reopen=self.state.must_reopen or bool(later),
        )
        if choices.language is not None:
            self._journey.speak(choices.language)

    def _found(self, checked: Checked) -> None:
        self._change(checked=checked)

    def _looked(self, now: SettingsNow) -> None:
        values = now.values
        self._change(
            now=now, address=values.verifier_origin or "", proxy=values.proxy or ProxyChoice()
        )

    def _on_aside(self) -> None:
        aside = self._journey.state.aside
        is_shown = aside is Aside.SETTINGS
        if is_shown == self._is_shown or aside in OVER_ALL:
            return
        self._is_shown = is_shown
        if is_shown:
            self._run(self._desk.look, self._looked)
        else:
            self._show(SettingsState(must_reopen=self.state.must_reopen))

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._work.run(job, done, lambda: self._change(trouble=INTERNAL))

    def _change(self, **what: object) -> None:
        changed = replace(self.state, **what)  # type: ignore[arg-type]
        self._show(replace(changed, working=self._work.working, busy=self._work.busy))

    def _refresh(self) -> None:
        self._change()
