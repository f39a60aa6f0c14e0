"""What importing a part of the app really loads, seen from a fresh process."""

import json
import subprocess
import sys

import pytest

from tests.architecture.imports import ROOT, module_name, source_files

PROBE = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""
SLOW = {
    *("requests", "keyring", "qrcode", "argon2", "secretstorage", "urllib3", "platformdirs"),
    *("truststore", "zxingcpp"),
}


def loaded_by(*modules: str) -> set[str]:
    """The modules in a fresh interpreter once these are imported."""
    run = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout))


def modules_under(prefix: str) -> list[str]:
    return [
        name
        for path in source_files("motp_desktop")
        if (name := module_name(path)) == prefix or name.startswith(f"{prefix}.")
    ]


def test_view_models_load_no_widgets() -> None:
    loaded = loaded_by(*modules_under("motp_desktop.ui.viewmodels"))
    found = loaded & {"PySide6.QtWidgets", "PySide6.QtGui", "PySide6.QtSvg"}
    assert not found, (
        f"motp_desktop.ui.viewmodels loads {sorted(found)}: a view model knows QtCore only; "
        "put what is to be shown into State"
    )


def test_navigation_loads_no_qt() -> None:
    loaded = loaded_by("motp_desktop.ui.navigation")
    found = sorted(name for name in loaded if name.startswith("PySide6"))
    assert not found, f"navigation is a pure reducer, but it loads {found}"


def test_use_cases_load_neither_qt_nor_tools() -> None:
    names = [
        name
        for name in modules_under("motp_desktop.services")
        if not name.startswith("motp_desktop.services.adapters")
    ]
    found = loaded_by(*names) & (SLOW | {"PySide6"})
    assert not found, f"use cases load {sorted(found)}: these belong in adapters"


@pytest.mark.parametrize(
    "room", ["motp_desktop.ui.views", "motp_desktop.ui.widgets", "motp_desktop.ui.texts"]
)
def test_screens_load_nothing_slow(room: str) -> None:
    found = loaded_by(*modules_under(room)) & SLOW
    assert not found, (
        f"importing {room} loads {sorted(found)}, which costs a window its first 36 to 140 ms: "
        "import inside the function that needs it"
    )


def test_adapters_load_the_keychain_and_the_network_only_when_used() -> None:
    found = loaded_by(*modules_under("motp_desktop.services.adapters")) & SLOW
    assert not found, (
        f"importing the adapters loads {sorted(found)}: import inside the function that needs it, "
        "so that it happens on the worker"
    )


def test_the_protocol_loads_quickly() -> None:
    loaded = loaded_by(*[module_name(path) for path in source_files("motp_protocol")])
    assert not loaded & (SLOW | {"PySide6", "sqlalchemy", "litestar"})


def test_a_trainee_s_start_loads_nothing_of_the_console_and_the_kiosk() -> None:
    loaded = loaded_by("motp_desktop.ui.run", "motp_desktop.ui.application")
    found = sorted(
        name
        for name in loaded
        if name.startswith("motp_desktop.") and (".helpdesk" in name or ".kiosk" in name)
    )
    assert not found, f"the app's start loads {found}: these have starts of their own"


def test_the_verifier_s_start_loads_only_what_every_verifier_needs() -> None:
    loaded = loaded_by("motp_verifier.serve", "motp_verifier.cli")
    found = sorted(loaded & {"httpx", "alembic", "mako", "psycopg"})
    assert not found, (
        f"the verifier's start loads {found}, which only some settings or an update need: "
        "import inside the function that needs it"
    )
