"""The main job from first start to an accepted code, at the keyboard of the real app."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from demo.stack import TRAINEE_NAME, TRAINEE_PHONE, Site, text_messages
from demo.walk import Walk, WalkFailed
from motp_desktop.ui import navigation
from motp_desktop.ui.application import DesktopApp, ViewModels
from motp_desktop.ui.viewmodels.states import PinStage

PIN = "482915"
WRONG_PIN = "730164"
CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the training site was told of one code, sent twice."""

    first: str
    second: str

    @property
    def are_right(self) -> bool:
        """Accepted once, and only once."""
        return self.first == "accepted" and self.second == "code-used"


def travel(
    app: QApplication,
    desktop: DesktopApp,
    site: Site,
    verifier_folder: Path,
    *,
    pictures: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Verdicts:
    """Register, unlock, have the code checked twice, lock. Raises WalkFailed."""
    walk = Walk(app, desktop, pictures)
    desktop.open()
    register(walk, desktop.view_models, verifier_folder, say)
    _unlock(walk, desktop.view_models)
    say("A wrong PIN was refused; the right one opens the app.")
    now = desktop.view_models.code.code()
    if now is None:
        raise WalkFailed("the code went away")
    walk.picture("code")
    verdicts = Verdicts(site.check(now.code), site.check(now.code))
    say(f"The training site asked about the code: {verdicts.first}; again: {verdicts.second}.")
    _lock(walk, desktop.view_models)
    say("The app is locked again; the registration was kept.")
    return verdicts


def register(
    walk: Walk, models: ViewModels, verifier_folder: Path, say: Callable[[str], None]
) -> None:
    """From the first screen to the one that asks for the PIN. Raises WalkFailed."""
    _agree(walk, models)
    say("The consent was read to its end, and given.")
    _fill_in(walk, models)
    say("Name, number and PIN were typed.")
    _prove(walk, verifier_folder)
    say("The text message's code was typed; the registration is complete.")


def _agree(walk: Walk, models: ViewModels) -> None:
    walk.wait_for(navigation.Notice)
    walk.picture("notice")
    walk.enter()
    walk.wait_for(navigation.ConsentSummary)
    walk.until(lambda: models.enrolment.state.document is not None, "the consent document")
    walk.picture("consent-summary")
    walk.enter()
    walk.wait_for(navigation.ConsentForm)
    walk.picture("consent-form")
    walk.press(Qt.Key.Key_End)
    walk.enter()


def _fill_in(walk: Walk, models: ViewModels) -> None:
    walk.wait_for(navigation.PersonalDetails)
    walk.type_hangul(TRAINEE_NAME)
    walk.press(Qt.Key.Key_Tab)
    walk.press(Qt.Key.Key_Tab)
    walk.type_digits(TRAINEE_PHONE.replace("-", "").removeprefix("010"))
    walk.picture("details")
    walk.enter()
    walk.wait_for(navigation.ChoosePin)
    walk.type_digits(PIN)
    walk.picture("pin")
    walk.enter()
    walk.until(lambda: models.enrolment.state.pin.stage is PinStage.REPEAT, "the second PIN")
    walk.type_digits(PIN)
    walk.picture("pin-again")
    walk.enter()


def _prove(walk: Walk, verifier_folder: Path) -> None:
    walk.wait_for(navigation.IdentityCode)
    walk.type_digits(_code_in(text_messages(verifier_folder)[-1]))
    walk.picture("identity-code")
    walk.enter()


def _unlock(walk: Walk, models: ViewModels) -> None:
    walk.wait_for(navigation.EnterPin)
    walk.picture("registered")
    walk.type_digits(WRONG_PIN)
    walk.enter()
    walk.until(lambda: models.unlock.state.attempts_left is not None, "the wrong PIN's answer")
    walk.picture("wrong-pin")
    walk.type_digits(PIN)
    walk.enter()
    walk.wait_for(navigation.ShowCode)
    walk.until(lambda: models.code.code() is not None, "a code")


def _lock(walk: Walk, models: ViewModels) -> None:
    models.code.ask_reset()
    walk.wait_for(navigation.ConfirmReset)
    walk.picture("reset-warning")
    walk.press(Qt.Key.Key_Escape)
    walk.wait_for(navigation.ShowCode)
    models.code.lock()
    walk.wait_for(navigation.EnterPin)
    walk.picture("locked")


def _code_in(text: str) -> str:
    """The six digits in a text message."""
    digits = "".join(character if character.isdigit() else " " for character in text)
    return next(word for word in digits.split() if len(word) == CODE_DIGITS)
