"""What is packed for systems that are not here says what the app itself says."""

import ast
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

from motp_desktop.services.adapters.autostart import IN_BACKGROUND, RUN_KEY, RunKey
from motp_desktop.services.adapters.desktop_entry import APP_ID
from motp_desktop.services.adapters.keychain import _BACKEND_MODULES, _OTHER_BACKEND_MODULES
from motp_desktop.services.adapters.link_handler import RegistryLinkHandler
from motp_desktop.services.adapters.links import SCHEME
from tests.architecture.imports import ROOT
from tests.unit.desktop.test_session_entries import MemoryRegistry
from tools.app_icons import draw_icons

INSTALLER = ROOT / "packaging/windows/motp-desktop.iss"
SPECIFICATION = ROOT / "packaging/pyinstaller/motp-desktop.spec"
WORKFLOW = ROOT / ".github/workflows/packages.yml"
# With a blank, as most folders of programs have one.
PROGRAM = r"C:\Program Files\motp-desktop\motp-desktop.exe"


def test_the_installer_enters_links_and_the_session_as_the_app_does() -> None:
    registry = MemoryRegistry()
    RegistryLinkHandler(registry, (PROGRAM,)).register()
    RunKey(registry, (PROGRAM,)).turn_on()
    written = {
        (key, name): value.replace("{app}", r"C:\Program Files\motp-desktop")
        for key, name, value in entered()
    }
    assert written == {
        (rf"Software\Classes\{SCHEME}", ""): f"URL:{SCHEME}",
        (rf"Software\Classes\{SCHEME}", "URL Protocol"): "",
        (rf"Software\Classes\{SCHEME}\shell\open\command", ""): f'"{PROGRAM}" open -- "%1"',
        (RUN_KEY, APP_ID): f'"{PROGRAM}" {IN_BACKGROUND}',
    }
    for (key, name), value in written.items():
        assert registry.get(key, name) == value


def test_the_installer_takes_away_what_the_app_entered_by_itself() -> None:
    told = INSTALLER.read_text("utf-8-sig")
    assert f'Subkey: "{RUN_KEY}"; ValueType: none; ValueName: "{APP_ID}"' in told
    assert rf'Subkey: "Software\Classes\{SCHEME}"; ValueType: none; Flags: dontcreatekey' in told


def test_the_installer_is_read_as_utf_8() -> None:
    assert INSTALLER.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_specification_packs_the_keychains_that_the_app_imports_by_name() -> None:
    tree = ast.parse(SPECIFICATION.read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    asked = {name for names in _BACKEND_MODULES.values() for name in names}
    assert asked | set(_OTHER_BACKEND_MODULES) <= texts


def test_the_bundle_is_opened_by_the_scheme_of_links() -> None:
    told = re.search(r'"CFBundleURLSchemes": (\[.*?\])', SPECIFICATION.read_text("utf-8"))
    assert told is not None
    assert ast.literal_eval(told[1]) == [SCHEME]


@pytest.mark.parametrize("file", [ROOT / "tools/freeze.sh", WORKFLOW])
def test_files_that_are_named_are_there(file: Path) -> None:
    named = re.findall(
        r"\b(?:packaging|tools|requirements)/[\w./-]*\w\.(?:py|sh|spec|iss|txt)",
        file.read_text("utf-8"),
    )
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_workflow_builds_on_each_system_and_every_step_is_shell() -> None:
    yaml = pytest.importorskip("yaml")
    job: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["freeze"]
    systems = {each["system"].split("-")[0] for each in job["strategy"]["matrix"]["include"]}
    assert systems == {"windows", "macos", "ubuntu"}
    for step in job["steps"]:
        if script := step.get("run"):
            plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
            subprocess.run(["sh", "-n"], input=plain, text=True, check=True)


def test_the_icon_is_drawn_for_both(qapp: QApplication, tmp_path: Path) -> None:
    draw_icons(tmp_path)
    assert QImage(str(tmp_path / "motp-desktop.ico")).width() == 256
    reader = QImageReader(str(tmp_path / "motp-desktop.icns"))
    widths = []
    for at in range(reader.imageCount()):
        reader.jumpToImage(at)
        widths.append(reader.read().width())
    assert widths == [128, 256, 512, 1024]


def entered() -> list[tuple[str, str, str]]:
    """The keys, names and values that the installer writes."""
    found = re.findall(
        r'^Root: HK\w+; Subkey: "(.+?)"; ValueType: string; ValueName: "(.*?)"; '
        r'ValueData: "((?:[^"]|"")*)"',
        INSTALLER.read_text("utf-8-sig"),
        re.MULTILINE,
    )
    return [(key, name, value.replace('""', '"')) for key, name, value in found]
