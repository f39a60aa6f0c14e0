"""What the Debian packages are made of, as far as it shows without making them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from motp_desktop.preflight import missing_packages
from motp_desktop.services.adapters.desktop_entry import FILE_NAME, read_entry
from motp_desktop.services.adapters.link_handler import MIME_TYPE
from motp_verifier.config import load_config
from tests.architecture.imports import ROOT
from tools.debian.packages import METAINFO, TEMPLATES, Package, all_packages, desktop, verifier
from tools.debian.qt import PLUGINS, TRANSLATIONS, modules_of
from tools.debian.trees import Release

UNIT = (ROOT / "packaging/verifier/motp-verifier.service").read_text("utf-8")
SCRIPTS = sorted(
    path
    for path in TEMPLATES.rglob("*")
    if path.is_file() and path.read_text("utf-8").startswith("#!/bin/sh\n")
)
MOST_EXPOSED = 20
"""In tenths, of ten, as `systemd-analyze security` counts."""


def versions(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s;]+)", file.read_text("utf-8"), re.M))


@pytest.mark.parametrize("package", all_packages(), ids=lambda package: package.name)
def test_a_package_carries_the_versions_that_are_tested(package: Package) -> None:
    carried = versions(package.requirements)
    assert len(carried) > 20
    assert carried.items() <= versions(ROOT / "requirements/run.txt").items()


def test_the_app_s_package_asks_for_whatever_the_app_would_miss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("motp_desktop.preflight._loads", lambda library: False)
    control = (TEMPLATES / "motp-desktop/control").read_text("utf-8")
    (depends,) = re.findall(r"^Depends: (.*)$", control, re.M)
    wanted = {*missing_packages({"DISPLAY": ":0"}, "linux"), "fonts-nanum"}
    assert wanted <= {each.split()[0] for each in depends.split(", ")}


def test_the_modules_of_qt_are_found_in_every_way_to_name_them(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("from PySide6.QtGui import QIcon\nimport PySide6.QtSvg\n")
    (tmp_path / "two.py").write_text("from PySide6 import QtDBus, QtTest  # both\n")
    assert modules_of(tmp_path) == {"QtDBus", "QtGui", "QtSvg", "QtTest"}
    assert modules_of(ROOT / "motp_desktop") >= {"QtCore", "QtGui", "QtWidgets", "QtSvg"}


def test_what_is_loaded_by_name_is_in_this_qt() -> None:
    qt = Path(PySide6.__path__[0]) / "Qt"
    wanted = [*(f"plugins/{name}" for name in PLUGINS)]
    wanted += [f"translations/{name}" for name in TRANSLATIONS]
    assert [name for name in wanted if not (qt / name).is_file()] == []


def test_every_file_of_a_package_is_there() -> None:
    for package in all_packages():
        assert [path for path in package.files.values() if not path.is_file()] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_scripts_are_of_a_form_that_sh_understands(script: Path) -> None:
    subprocess.run(["sh", "-n", script], check=True)


def test_the_settings_that_come_along_are_where_unit_and_command_look_for_them() -> None:
    (place,) = [each for each in verifier().files if each.startswith("etc/")]
    assert f"--config /{place}\n" in UNIT
    assert (TEMPLATES / "motp-verifier/conffiles").read_text("utf-8") == f"/{place}\n"
    assert f"=/{place}" in (TEMPLATES / "motp-verifier/motp-verifier").read_text("utf-8")
    config = load_config(verifier().files[place])
    assert (config.data_dir, config.host) == ("/var/lib/motp", "127.0.0.1")
    assert config.master_keys() == Path("/etc/motp/master.key")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_unit_leaves_the_service_little(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=true", "--no-pager"),
            *(f"--threshold={MOST_EXPOSED}", ROOT / "packaging/verifier/motp-verifier.service"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_entry_is_for_the_menu_and_for_links() -> None:
    files = desktop().files
    entry = read_entry(files[f"usr/share/applications/{FILE_NAME}"])
    assert entry["MimeType"] == f"{MIME_TYPE};"
    assert entry["Exec"] == "/usr/bin/motp-desktop open -- %u"
    assert "NoDisplay" not in entry
    assert f"usr/share/icons/hicolor/scalable/apps/{entry['Icon']}.svg" in files


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="needs appstreamcli")
def test_software_centres_understand_what_is_said_of_the_app(tmp_path: Path) -> None:
    said = (TEMPLATES / "motp-desktop" / METAINFO).read_text("utf-8")
    release = Release("1.2.3", 1_700_000_000, "A <a@b.example>", "amd64")
    file = tmp_path / METAINFO
    file.write_text(release.fill_in(said, "motp-desktop", 0), "utf-8")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_where_no_package_can_be_built_one_sentence_says_why(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.debian", "--output", tmp_path],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "No Debian package can be built here: dpkg-deb is missing.\n"
