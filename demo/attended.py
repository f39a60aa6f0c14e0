"""The demo for a person at a display: the app, and a page with text messages and a site."""

import subprocess
import sys
import webbrowser
from pathlib import Path

from demo.page import DemoPage
from demo.stack import TRAINEE_NAME, TRAINEE_PHONE, Site, VerifierProcess, add_institution

PORT = 8471


def run(folder: Path) -> int:
    """Open the app and the page until the app is closed. What was registered stays."""
    verifier = folder / "verifier"
    api_key = _api_key(folder, verifier)
    # So that the proof of a name can be tried too: its code comes as a text message.
    settings = folder / "verifier.toml"
    settings.write_text('identity = "outbox"\n', encoding="utf-8")
    process = VerifierProcess(verifier, "--config", str(settings))
    process.start(PORT)
    page = DemoPage(verifier, Site(process.origin, api_key))
    try:
        print(f"등록할 사람: {TRAINEE_NAME}, {TRAINEE_PHONE}")
        print(f"문자와 학습 사이트: {page.address}")
        print(f"Register as {TRAINEE_NAME}, {TRAINEE_PHONE}.")
        print(f"Text messages and a sample training site: {page.address}")
        print("Close the app to end the demo.", flush=True)
        webbrowser.open(page.address)
        app = [sys.executable, "-m", "motp_desktop", "--verifier", process.origin]
        return subprocess.call([*app, "--data-dir", str(folder / "app")])
    finally:
        page.close()
        process.stop()


def _api_key(folder: Path, verifier: Path) -> str:
    """The sample institution's key, which is shown only when it is added."""
    kept = folder / "site.key"
    if not kept.exists():
        api_key = add_institution(verifier)
        kept.touch(mode=0o600)
        kept.write_text(api_key, encoding="ascii")
    return kept.read_text(encoding="ascii")
