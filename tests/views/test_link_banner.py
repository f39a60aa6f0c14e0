"""What is said of a link, over any screen."""

from PySide6.QtWidgets import QPushButton

from motp_desktop.ui.viewmodels.states import LinkState
from motp_desktop.ui.views.link_banner import LinkBanner
from tests.support.screens import scenes
from tests.views.conftest import Open

SCENES = {scene.name: scene for scene in scenes()}


def test_a_link_is_answered_over_the_screen_that_is_shown(open_scene: Open) -> None:
    window, models = open_scene(SCENES["enter-pin"])
    banner = window.findChild(LinkBanner)
    assert banner is not None
    assert not banner.isVisible()
    models.links.become(LinkState(approval_asked=True))
    assert banner.isVisible()
    close = next(each for each in banner.findChildren(QPushButton) if each.text() == "닫기")
    close.click()
    assert models.links.given == [("dismiss",)]
    models.links.become(LinkState())
    assert not banner.isVisible()
