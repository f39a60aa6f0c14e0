"""Displays of other scales: Qt reads them once, so that each has a process of its own."""

import os
import subprocess
import sys

import pytest

from tests.views.conftest import ROOT


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_screens_are_whole_and_sharp_on_a_display_of_this_scale(
    scale: str, compiled_translations: None
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.views.at_scale"],
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout.startswith(f"scale {float(scale)}, "), run.stderr
    assert run.returncode == 0, run.stdout
