"""What is said of a link, over any screen."""

from PySide6.QtWidgets import QPushButton

from motp_desktop.ui.viewmodels.approval_states import LinkNotice, LinkState
from motp_desktop.ui.views.link_banner import LinkBanner, WaitingBanner
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.over_screen import OverScreen
from motp_desktop.ui.widgets.banner import Banner
from tests.support.screens import scenes
from tests.views.conftest import Open
from tests.views.seeing import box, visible_box

SCENES = {scene.name: scene for scene in scenes()}


def banner(window: MainWindow, kind: type[LinkBanner] | type[WaitingBanner]) -> LinkBanner:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found  # type: ignore[return-value]


def button(holder: LinkBanner, text: str) -> QPushButton:
    return next(each for each in holder.findChildren(QPushButton) if each.text() == text)


def test_a_link_is_answered_over_the_screen_that_is_shown(open_scene: Open) -> None:
    window, models = open_scene(SCENES["enter-pin"])
    shown = banner(window, LinkBanner)
    assert not shown.isVisible()
    models.links.become(LinkState(LinkNotice.UNLOCK))
    assert shown.isVisible()
    button(shown, "닫기").click()
    assert models.links.given == [("dismiss",)]
    models.links.become(LinkState())
    assert not shown.isVisible()


def test_a_request_that_waits_can_be_turned_to(open_scene: Open) -> None:
    window, models = open_scene(SCENES["approval"])
    waiting = banner(window, WaitingBanner)
    assert not waiting.isVisible()
    models.links.become(LinkState(LinkNotice.WAITING))
    assert waiting.isVisible()
    assert not banner(window, LinkBanner).isVisible()
    button(waiting, "요청 보기").click()
    assert models.links.given == [("turn_to_it",)]


def test_a_banner_that_fits_is_shown_whole_and_does_not_scroll(open_scene: Open) -> None:
    for name in ("link-unlock", "link-unregistered", "show-code-locking", "approval-second"):
        window, _ = open_scene(SCENES[name])
        (shown,) = [each for each in window.findChildren(Banner) if is_over(each)]
        assert visible_box(shown, window) == box(shown, window), name


def test_a_banner_that_has_no_room_leaves_some_to_the_screen(open_scene: Open) -> None:
    window, _ = open_scene(SCENES["link-unregistered"], "en", (360, 560))
    (shown,) = [each for each in window.findChildren(Banner) if is_over(each)]
    assert window.height() == 560
    assert visible_box(shown, window).height() <= 0.3 * 560


def is_over(banner: Banner) -> bool:
    """Whether it is one above the page, and says something."""
    holder = banner.parentWidget()
    while holder is not None and not isinstance(holder, OverScreen):
        holder = holder.parentWidget()
    return holder is not None and banner.isVisible()
