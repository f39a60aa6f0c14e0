"""The demo for a person at a display: the app, a sample training site, and text messages."""

import subprocess
import sys
import webbrowser
from pathlib import Path

from demo.page import DemoPage
from demo.site import SiteProcess, policy
from demo.stack import (
    INSTITUTION,
    TRAINEE_NAME,
    TRAINEE_PHONE,
    VerifierProcess,
    add_institution,
    import_roster,
)

PORT = 8471
SITE_PORT = 8472


def run(folder: Path) -> int:
    """Open the app and the pages until the app is closed. What was registered stays."""
    verifier = folder / "verifier"
    api_key = _api_key(folder, verifier)
    site = SiteProcess(folder / "site", import_roster(verifier), api_key, SITE_PORT)
    process = VerifierProcess(verifier, "--config", str(_settings(folder, site.origin)))
    process.start(PORT)
    app = [sys.executable, "-m", "motp_desktop"]
    which = ["--verifier", process.origin, "--data-dir", str(folder / "app")]
    page = DemoPage(
        verifier, site.origin, lambda link: subprocess.Popen([*app, "open", *which, "--", link])
    )
    try:
        site.start(process.origin)
        print(f"등록할 사람: {TRAINEE_NAME}, {TRAINEE_PHONE}")
        print(f"받은 문자: {page.address}")
        print(f"학습 사이트: {site.origin}")
        print(f"Register as {TRAINEE_NAME}, {TRAINEE_PHONE}.")
        print(f"Text messages: {page.address}")
        print(f"Sample training site: {site.origin}")
        print("Close the app to end the demo.", flush=True)
        webbrowser.open(page.address)
        return subprocess.call([*app, *which])
    finally:
        page.close()
        site.stop()
        process.stop()


def _settings(folder: Path, site: str) -> Path:
    """The verifier's: the site is in the institution's policy, and the carrier is played."""
    policies = folder / "policies"
    policies.mkdir(exist_ok=True)
    (policies / f"{INSTITUTION}.toml").write_text(policy(site), encoding="utf-8")
    # So that the proof of a name can be tried too: its code comes as a text message.
    settings = folder / "verifier.toml"
    settings.write_text(
        f'identity = "outbox"\npolicy_dir = "{policies.as_posix()}"\n', encoding="utf-8"
    )
    return settings


def _api_key(folder: Path, verifier: Path) -> str:
    """The sample institution's key, which is shown only when it is added."""
    kept = folder / "site.key"
    if not kept.exists():
        api_key = add_institution(verifier)
        kept.touch(mode=0o600)
        kept.write_text(api_key, encoding="ascii")
    return kept.read_text(encoding="ascii")
