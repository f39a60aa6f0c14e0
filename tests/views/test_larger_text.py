"""Text at 100, 150 and 200 %: nothing is cut, nothing lies over anything else (WCAG 1.4.4)."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.fonts import LARGEST_SCALE, scaled, set_text_scale, text_scale
from motp_protocol.fields import Language
from tests.support.screens import Scene, scenes
from tests.views.conftest import Open, settle
from tests.views.seeing import covered, cut

NETBOOK, PHONE = (1024, 600), (440, 720)


@pytest.fixture
def app_at_usual_size(app: QApplication) -> Iterator[QApplication]:
    """The application; its text has the designed size again afterwards."""
    yield app
    set_text_scale(app, 1.0)
    settle(app)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "seen", [(1.0, NETBOOK), (1.5, NETBOOK), (2.0, NETBOOK), (2.0, PHONE)], ids=str
)
@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_every_screen_shows_all_its_text(
    app_at_usual_size: QApplication,
    open_scene: Open,
    scene: Scene,
    language: Language,
    seen: tuple[float, tuple[int, int]],
) -> None:
    scale, size = seen
    set_text_scale(app_at_usual_size, scale)
    window, _ = open_scene(scene, language, size)
    assert [*cut(window), *covered(window)] == []


def test_sizes_grow_with_the_text(app_at_usual_size: QApplication) -> None:
    set_text_scale(app_at_usual_size, 1.5)
    assert text_scale() == 1.5
    assert scaled(44) == 66


@pytest.mark.parametrize("scale", [0.9, LARGEST_SCALE + 0.1])
def test_text_is_never_set_smaller_than_designed_or_beyond_what_was_tried(
    app_at_usual_size: QApplication, scale: float
) -> None:
    with pytest.raises(ValueError, match="text is set at"):
        set_text_scale(app_at_usual_size, scale)
