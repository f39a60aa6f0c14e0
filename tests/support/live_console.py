"""The console's real services at a verifier in a process of its own, signed in."""

import time
from base64 import b32decode
from pathlib import Path

from click.testing import CliRunner

from motp_desktop.config import Settings
from motp_desktop.helpdesk_services import HelpdeskServices, build_helpdesk
from motp_desktop.services.helpdesk.outcomes import SetupNeeded, SignedIn
from motp_desktop.services.helpdesk.ports import PeopleQuery
from motp_desktop.ui.texts.helpdesk.findings import Diagnosis, diagnosis
from motp_protocol.code import OtpProfile, code_for_step, step_at
from motp_protocol.helpdesk import FoundTrainees, StaffAction, StaffRegistration, TraineePage
from motp_verifier.cli import main
from tests.support.live_verifier import LiveVerifier, Person

PASSWORD = "말벌과 숟가락 열두 개"


def totp(secret: str) -> str:
    """The code of a second factor now."""
    seed = b32decode(secret + "=" * (-len(secret) % 8))
    step = step_at(time.time_ns() // 1_000_000, OtpProfile())
    return code_for_step(seed, step, OtpProfile())


class LiveConsole:
    """What somebody of the staff does, without a window."""

    def __init__(self, verifier: LiveVerifier, folder: Path, name: str, role: str) -> None:
        words = ["staff", "add", "--name", name, "--role", role]
        made = CliRunner().invoke(main, [*words, "--data-dir", str(verifier.data_dir)])
        assert made.exit_code == 0, made.output
        self.first_password = made.output.splitlines()[-1]
        self.name = name
        self.services: HelpdeskServices = build_helpdesk(Settings(verifier.origin, folder))

    def sign_in(self) -> "LiveConsole":
        """For the first time."""
        needed = self.services.entrance.sign_in(self.name, self.first_password, "")
        assert isinstance(needed, SetupNeeded), needed
        done = self.services.entrance.finish_setup(totp(needed.secret), PASSWORD)
        assert isinstance(done, SignedIn), done
        return self

    def find(self, person: Person) -> TraineePage:
        """Somebody, by their whole number."""
        found = self.services.people.search(PeopleQuery(person.phone))
        assert isinstance(found, FoundTrainees), found
        (line,) = found.trainees
        return self.look(line.trainee_id)

    def look(self, trainee_id: str) -> TraineePage:
        """All about somebody."""
        page = self.services.people.look(trainee_id)
        assert isinstance(page, TraineePage), page
        return page

    def told(self, person: Person) -> Diagnosis:
        """What stands on top of somebody's page."""
        page = self.find(person)
        return diagnosis(page.findings[0], page.time)

    def act(self, page: TraineePage, action: StaffAction, reason: str) -> StaffRegistration:
        """Do something to the newest registration."""
        device = page.registrations[0].registration_id
        done = self.services.people.act(device, action, reason)
        assert isinstance(done, StaffRegistration), done
        return done
