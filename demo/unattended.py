"""The same journey with nobody there: no display needed, a picture of every screen."""

import os
import shutil
from pathlib import Path

from demo.stack import Site, VerifierProcess, add_institution


def run(folder: Path) -> int:
    """Walk the journey in a fresh folder; 0 only if the code was accepted exactly once."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt reads the platform when it is imported.
    from demo.journey import travel  # noqa: PLC0415
    from demo.walk import WalkFailed  # noqa: PLC0415
    from motp_desktop.config import Settings  # noqa: PLC0415
    from motp_desktop.ui.run import make_application, make_desktop  # noqa: PLC0415

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    step = 0

    def say(what: str) -> None:
        nonlocal step
        step += 1
        print(f"[{step}] {what}", flush=True)

    verifier = folder / "verifier"
    api_key = add_institution(verifier)
    with VerifierProcess(verifier) as process:
        say(f"A verifier listens on {process.origin}, with a sample institution and roster.")
        app = make_application()
        desktop = make_desktop(app, Settings(process.origin, folder / "app"), "ko")
        try:
            verdicts = travel(
                app,
                desktop,
                Site(process.origin, api_key),
                verifier,
                pictures=folder,
                say=say,
            )
        except WalkFailed as error:
            print(f"The journey stopped: {error}.")
            return 1
        finally:
            desktop.close()
    print(f"Pictures of the screens are in {folder}.")
    if not verdicts.are_right:
        print("The verifier did not accept the code exactly once.")
        return 1
    print("The code was accepted once and refused the second time.")
    return 0
