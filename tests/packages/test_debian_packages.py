"""The Debian packages in a bare Debian: installed, used, upgraded, removed, purged."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from demo.stack import ROSTER, TRAINEE_NAME, TRAINEE_PHONE, Site
from motp_verifier.store.opening import maintaining
from tests.architecture.imports import ROOT
from tests.packages.bare_debian import BareDebian, obstacle
from tests.packages.places import SETTINGS, InstalledVerifier, TraineeAtTheApp, free_port
from tests.released.loading import dumps, read
from tests.support.databases import database_of
from tests.support.guides import DOCS, to_run

KEPT = ROOT / "build" / "bare-debian"
OLDER = "0.0.9"
# What a desktop has of its own, and the packages of ours do not ask for.
DESKTOP = ("at-spi2-core", "dbus", "gnome-keyring", "xauth", "xvfb")
NAME = "한빛 인증"
DATABASE = "/var/lib/motp/motp.sqlite3"
PACKAGES = ("motp-desktop", "motp-verifier")

pytestmark = [
    pytest.mark.skipif(bool(obstacle()) and "CI" not in os.environ, reason=obstacle()),
    pytest.mark.timeout(900),
]


@dataclass
class Story:
    """What came of it."""

    verdicts: list[str] = field(default_factory=list)
    code: str = ""
    told: dict[str, str] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    unfollowed: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages")


@pytest.fixture(scope="module")
def newest(folder: Path) -> list[Path]:
    return build(folder / "newest")


@pytest.fixture(scope="module")
def older(folder: Path) -> list[Path]:
    return build(folder / "older", "--version", OLDER)


def build(target: Path, *options: str) -> list[Path]:
    done = subprocess.run(
        [sys.executable, "-m", "tools.debian", "--quickly", "--output", str(target), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted(target.glob("*.deb"))


def test_the_same_sources_make_the_same_packages(newest: list[Path], folder: Path) -> None:
    again = build(folder / "again")
    assert sums(again) == sums(newest)


def sums(packages: list[Path]) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in packages}


def test_lintian_finds_nothing_but_what_is_overridden_with_a_reason(newest: list[Path]) -> None:
    done = subprocess.run(
        ["lintian", "--allow-root", "--profile", "debian", "--fail-on", "error,warning", *newest],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def debian(folder: Path) -> Iterator[BareDebian]:
    with BareDebian(folder / "root", KEPT) as root:
        yield root


@pytest.fixture(scope="module")
def story(debian: BareDebian, older: list[Path], newest: list[Path]) -> Story:
    """The life of an installation; each step is told by a line."""
    made = Story()
    guide = Guide(debian, older)
    made.told["first check"] = guide.follow("verifier").splitlines()[-1]
    guide.follow("desktop")
    made.told["older"] = debian.run("dpkg-query", "--show", *PACKAGES)
    made.told["missing libraries"] = missing_libraries(debian)
    prepare(debian)
    debian.install(*DESKTOP)
    debian.path("/root/roster.csv").write_text(ROSTER, "utf-8")
    said = guide.follow("institution")
    api_key = next(word for word in said.split() if word.startswith("motp_"))
    with TraineeAtTheApp(debian, "trainee") as trainee:
        with InstalledVerifier(debian) as verifier:
            trainee.do("start")
            trainee.do("register", TRAINEE_NAME, TRAINEE_PHONE)
            trainee.do("prove", verifier.identity_code())
            use_the_code(trainee, Site(verifier.origin, api_key), made)
            trainee.do("stop")
        made.left["the trainee's"] = entries_of_the_trainee(debian)
        guide.follow("backup")
        debian.run("motp-verifier", "keys", "rotate")  # by root; the service reads the new ones
        made.told["upgrade"] = install(debian, newest)
        made.told["newest"] = debian.run("dpkg-query", "--show", *PACKAGES)
        made.told["check"] = debian.run("motp-verifier", "check")
        with InstalledVerifier(debian) as verifier:
            trainee.do("start")
            use_the_code(trainee, Site(verifier.origin, api_key), made)
            service = requests.get(f"{verifier.origin}/v1/service", timeout=10).json()
            made.told["name"] = service["name"]
            made.findings = trainee.do("doctor")
            trainee.do("stop")
    guide.follow("autostart")
    made.told["autostart"] = debian.run("cat", "/etc/xdg/autostart/motp-desktop.desktop")
    debian.run("apt-get", "--yes", "remove", *PACKAGES)
    made.left["removed"] = ours_in(debian)
    install(debian, newest)
    made.told["installed again"] = debian.run("motp-verifier", "institution", "list")
    debian.run("apt-get", "--yes", "purge", *PACKAGES)
    made.left["purged"] = ours_in(debian)
    made.unfollowed = guide.unfollowed()
    made.told["migration"] = upgrade_of_an_old_database(debian, older, newest)
    return made


class Guide:
    """docs/packages.md, whose blocks are done as they stand, in the folder with the packages."""

    def __init__(self, debian: BareDebian, packages: list[Path]) -> None:
        self._debian = debian
        self._blocks = to_run((DOCS / "packages.md").read_text("utf-8"))
        self._followed: set[str] = set()
        for package in packages:
            shutil.copy(package, debian.path("/root"))

    def follow(self, name: str) -> str:
        """Do what a block says; what came of it."""
        self._followed.add(name)
        return self._debian.run("sh", "-ec", f"cd; {self._blocks[name]}")

    def unfollowed(self) -> set[str]:
        """The blocks that nobody did."""
        return set(self._blocks) - self._followed


def install(debian: BareDebian, packages: list[Path]) -> str:
    return debian.install(*map(str, packages))


def missing_libraries(debian: BareDebian) -> str:
    look = "find /usr/lib/motp-* -name '*.so*' -type f -exec ldd {} + | grep 'not found' || true"
    return debian.run("sh", "-c", look)


def prepare(debian: BareDebian) -> None:
    """What an administrator sets: a free port here, and there the address that it gives."""
    port = free_port()
    settings = debian.path(SETTINGS)
    ours = re.sub(r"(?m)^(metrics_port|drain_seconds) = .*\n", "", settings.read_text("utf-8"))
    settings.write_text(f"{ours}port = {port}\n", "utf-8")
    debian.path("/etc/motp/environment").write_text(f'MOTP_VERIFIER_NAME="{NAME}"\n', "utf-8")
    managed = debian.path("/etc/motp-desktop/managed.toml")
    managed.parent.mkdir()
    managed.write_text(f'[locked]\nverifier_origin = "http://127.0.0.1:{port}"\n', "utf-8")
    debian.run("useradd", "--create-home", "trainee")


def use_the_code(trainee: TraineeAtTheApp, site: Site, made: Story) -> None:
    made.code = code = trainee.do("unlock", made.code)
    made.verdicts += [site.check(code), site.check(code)]


def entries_of_the_trainee(debian: BareDebian) -> list[str]:
    """What the app told this person's desktop of itself."""
    session = debian.path("/home/trainee/session")
    entries = [path.name for path in session.glob("data/applications/*")]
    return [*entries, (session / "config/mimeapps.list").read_text("utf-8").splitlines()[-1]]


def ours_in(debian: BareDebian) -> list[str]:
    """What of ours there still is, but for people's homes and dpkg's own notes."""
    found = debian.run(
        *("find", "/etc", "/lib/systemd", "/usr", "/var/lib", "-path", "/var/lib/dpkg", "-prune"),
        *("-o", "-name", "*motp*", "-print"),
    )
    return sorted(found.split())


def upgrade_of_an_old_database(debian: BareDebian, older: list[Path], newest: list[Path]) -> str:
    """The installation's database is one of the first version's before the upgrade."""
    install(debian, older)
    dump = read(dumps()[0])
    debian.path(DATABASE).unlink()
    with maintaining(database_of(debian.path("/var/lib/motp"), "")) as connection:
        dump.load(connection)
    debian.path("/etc/motp/master.key").write_text(dump.master_key_file, "ascii")
    debian.run("chown", "motp:motp", DATABASE)
    before = revision(debian)
    said = install(debian, newest)
    assert "was not brought up to date" not in said
    debian.run("motp-verifier", "check")
    return f"{before} {revision(debian)}"


def revision(debian: BareDebian) -> str:
    with sqlite3.connect(debian.path(DATABASE)) as database:
        (row,) = database.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(row[0])


def test_a_trainee_s_code_from_the_installed_app_is_accepted_once_by_the_installed_verifier(
    story: Story,
) -> None:
    assert story.verdicts[:2] == ["accepted", "code-used"]


def test_no_library_is_missing_in_a_bare_debian(story: Story) -> None:
    assert story.told["missing libraries"] == ""


def test_after_the_upgrade_the_same_registration_goes_on(story: Story) -> None:
    assert OLDER in story.told["older"]
    assert OLDER not in story.told["newest"]
    assert story.told["name"] == NAME, "as /etc/motp/environment says"
    assert story.told["check"].splitlines()[-1].endswith("are in order.")
    assert story.verdicts[2:] == ["accepted", "code-used"]


def test_the_installed_doctor_finds_nothing_wrong_at_that_desktop(story: Story) -> None:
    assert {each.partition(" ")[2] for each in story.findings} == {"ok"}
    assert {"key-store ok", "network ok", "font ok"} <= set(story.findings)


def test_links_are_opened_by_the_package_s_entry_which_nothing_hides(story: Story) -> None:
    assert story.left["the trainee's"] == ["x-scheme-handler/motp=motp-desktop.desktop"]


def test_a_removal_leaves_the_data_the_key_and_the_settings(story: Story) -> None:
    assert [place for place in story.left["removed"] if place.startswith("/usr")] == []
    assert {"/etc/motp", "/var/lib/motp"} <= set(story.left["removed"])
    assert "한빛훈련원" in story.told["installed again"]


def test_a_purge_leaves_nothing(story: Story) -> None:
    of_the_administrator = ["/etc/motp-desktop", "/etc/xdg/autostart/motp-desktop.desktop"]
    assert story.left["purged"] == of_the_administrator


def test_what_the_guide_says_was_done_as_it_stands(story: Story) -> None:
    assert story.unfollowed == set()
    assert story.told["first check"].endswith("are in order.")
    assert "Exec=/usr/bin/motp-desktop --background" in story.told["autostart"]


def test_a_database_of_the_first_version_is_migrated_by_the_upgrade(story: Story) -> None:
    before, after = story.told["migration"].split()
    assert before == "0001"
    assert after > "0009"
