"""Policies: what files may say, how wrong ones are told, and what follows from right ones."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.encoding import format_time, parse_time
from motp_verifier.cli import main
from motp_verifier.services.site_policy.folder import Policies
from motp_verifier.services.site_policy.model import DEFAULT_POLICY, CoursePolicy, SitePolicy
from motp_verifier.services.site_policy.reading import BadPolicy, read_policy
from motp_verifier.services.site_policy.rules import (
    FOREVER,
    Met,
    Needed,
    PastCheck,
    satisfied_until,
    searches,
    seoul_midnight,
    verdict,
)

NOON = parse_time("2026-11-25T03:00:00.000Z")  # in Seoul
PAST = PastCheck("ver_1", NOON - 1000)
DOCS = Path(__file__).parents[3] / "docs" / "verifier.md"


def write(folder: Path, text: str, name: str = "hanbit.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def policy_of(folder: Path, text: str) -> SitePolicy:
    found = read_policy(write(folder, text))
    assert isinstance(found, SitePolicy), found
    return found


def test_an_empty_file_is_the_default(tmp_path: Path) -> None:
    assert policy_of(tmp_path, "") == DEFAULT_POLICY


def test_the_documented_example_is_right_and_its_occasions_are_the_default(tmp_path: Path) -> None:
    section = DOCS.read_text("utf-8").partition("## Policies")[2]
    example = section.partition("```toml\n")[2].partition("```")[0]
    policy = policy_of(tmp_path, example)
    assert policy.general == DEFAULT_POLICY.general
    assert (policy.requests, policy.failures) == ("60000/minute", "600/minute")
    assert policy.of("C-100", "1").occasions["lesson"] == "once-per-session"
    assert policy.of("C-100", "1").require_name_verified
    assert policy.of("C-100", "2").occasions["lesson"] == "once-per-day"
    assert policy.of("C-101", "1").require_name_verified
    assert not policy.of("C-102", "1").require_name_verified


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "colour: there is no such key; use require_name_verified, occasions"),
        ("require_name_verified = 1", "require_name_verified: use true or false"),
        ("occasions = 3", "occasions: is a table"),
        (
            "[occasions]\nparty = 'never'",
            "occasions.party: there is no such key; use entry, lesson",
        ),
        ("[occasions]\nlesson = 'daily'", "occasions.lesson: use never, once-per-class"),
        ("[occasions]\nlesson = ['never']", "occasions.lesson: use never, once-per-class"),
        ("limits = 'x'", "limits: is a table"),
        ("[limits]\nrequests = 5", 'limits.requests: use a rate such as "600/minute"'),
        ("[limits]\nfailures = '5 a day'", "limits.failures: use a rate such as"),
        ("[limits]\nmessages = '5/day'", "limits.messages: there is no such key; use requests or"),
        ("courses = 3", "courses: is a list of tables"),
        ("[[courses]]\nid = 'C'", "courses (number 1).id: there is no such key; use ids, classes"),
        ("[[courses]]\nids = []", "courses (number 1).ids: is a list of one or more texts"),
        ("[[courses]]\nids = ['C']\nclasses = [1]", "courses (number 1).classes: is a list"),
        ("[[courses]]\nids = ['C', 'C']", "'C' is there twice"),
        (
            "[[courses]]\nids=['C']\nclasses=['1']\n[[courses]]\nids=['C']\nclasses=['1']",
            "courses (number 2).classes: 'C class 1' is there twice",
        ),
        ("form_interface = true", "form_interface: is a table"),
        ("[form_interface]\non = true", "form_interface.on: there is no such key; use enabled"),
        ("[form_interface]\nenabled = 1", "form_interface.enabled: use true or false"),
        ("[form_interface]\nbrowser = 'yes'", "form_interface.browser: use true or false"),
        ("[form_interface]\nenabled = true", "form_interface.addresses: name the addresses"),
        ("[form_interface]\nbrowser = true", "form_interface.origins: name the origins"),
        ("[form_interface]\naddresses = 'x'", "form_interface.addresses: is a list of texts"),
        ("[form_interface]\naddresses = ['x']", "form_interface.addresses: 'x': is no address"),
        (
            "[form_interface]\naddresses = ['192.0.2.1/24']",
            "form_interface.addresses: '192.0.2.1/24': is no address or network",
        ),
        (
            "[form_interface]\naddresses = ['0.0.0.0/0', '::/0']",
            "form_interface.addresses: '::/0': is every address there is",
        ),
        ("[form_interface]\norigins = [1]", "form_interface.origins: is a list of texts"),
        ("[form_interface]\norigins = ['null']", "'null': is not of the form https://host"),
        ("[form_interface]\norigins = ['https://*.kr']", "'https://*.kr': is not of the form"),
        ("[form_interface]\norigins = ['https://a.kr/']", "'https://a.kr/': is not of the form"),
        ("[form_interface]\norigins = ['https://A.kr']", "'https://A.kr': write it as browsers do"),
        ("[form_interface]\norigins = ['http://a.kr']", "plain http is only for this machine"),
        ("[form_interface]\norigins = ['https://a.kr:443']", "leave the default port out"),
        ("a = ", "the file is not TOML"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key_and_what_is_allowed(
    tmp_path: Path, text: str, words: str
) -> None:
    file = write(tmp_path, text)
    found = read_policy(file)
    assert isinstance(found, BadPolicy)
    assert any(fault.startswith(f"{file}: ") and words in fault for fault in found.faults), found


def test_the_documented_form_interface_lets_in_whom_it_names(tmp_path: Path) -> None:
    section = DOCS.read_text("utf-8").partition("## The agency's form interface")[2]
    example = section.partition("```toml\n")[2].partition("```")[0]
    found = policy_of(tmp_path, example).form_interface
    assert found.enabled
    assert [str(each) for each in found.addresses] == ["192.0.2.10/32", "2001:db8:1::/64"]
    assert found.page_origins == {"https://www.example.kr", "https://m.example.kr"}


@pytest.mark.parametrize("switch", ["enabled", "browser"])
def test_no_page_may_call_where_either_switch_is_off(tmp_path: Path, switch: str) -> None:
    text = """[form_interface]
    enabled = true
    browser = true
    addresses = ["::1"]
    origins = ["https://a.kr"]
    """
    assert policy_of(tmp_path, text).form_interface.page_origins == {"https://a.kr"}
    off = text.replace(f"{switch} = true", f"{switch} = false")
    assert policy_of(tmp_path, off).form_interface.page_origins == frozenset()
    policies = Policies(tmp_path)
    policies.load()
    assert policies.page_origins() == frozenset()


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    found = read_policy(write(tmp_path, "a = 1\n[occasions]\nlesson = 'x'\nexam = 'y'"))
    assert isinstance(found, BadPolicy)
    assert len(found.faults) == 3


@pytest.mark.parametrize("name", ["a b.toml", "학교.toml", ".toml", "x" * 65 + ".toml"])
def test_a_name_that_is_no_institution_is_refused(tmp_path: Path, name: str) -> None:
    assert isinstance(read_policy(write(tmp_path, "", name)), BadPolicy)


def test_a_file_that_is_not_utf_8_or_too_large_is_refused(tmp_path: Path) -> None:
    for content, words in ((b"# \xff", "not UTF-8"), (b"#" * 2**21, "larger than 1 MiB")):
        file = tmp_path / "hanbit.toml"
        file.write_bytes(content)
        found = read_policy(file)
        assert isinstance(found, BadPolicy)
        assert words in found.faults[0]


def test_a_changed_file_is_in_force_and_a_wrong_one_leaves_the_old_in_force(tmp_path: Path) -> None:
    policies = Policies(tmp_path)
    assert policies.load() == ()
    write(tmp_path, "require_name_verified = true")
    assert policies.load() == ()
    assert policies.name_required("hanbit", "C", "1")
    assert policies.name_ever_required("hanbit")
    write(tmp_path, "require_name_verified = 'no'")
    assert len(policies.load()) == 1
    assert policies.load() == ()  # told once
    assert policies.name_required("hanbit", "C", "1")
    write(tmp_path, "require_name_verified = false # now")
    assert policies.load() == ()
    assert not policies.name_required("hanbit", "C", "1")
    write(tmp_path, "require_name_verified = true")
    policies.load()
    (tmp_path / "hanbit.toml").unlink()
    policies.load()
    assert policies.of("hanbit") == DEFAULT_POLICY


def test_a_folder_that_is_gone_leaves_everything_in_force(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    write(folder, "require_name_verified = true")
    policies = Policies(folder)
    policies.load()
    os.rename(folder, tmp_path / "away")  # noqa: PTH104
    with pytest.raises(FileNotFoundError):
        policies.load()
    assert policies.name_required("hanbit", "C", "1")


def test_the_command_says_what_is_right_and_what_is_wrong(tmp_path: Path) -> None:
    right = write(tmp_path, "", "a.toml")
    result = CliRunner().invoke(main, ["policy", "check", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (0, f"{right}: right\n")
    wrong = write(tmp_path, "colour = 1", "b.toml")
    result = CliRunner().invoke(main, ["policy", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{wrong}: colour: there is no such key" in result.stderr
    assert CliRunner().invoke(main, ["policy", "check", str(right)]).exit_code == 0


def test_a_verifier_does_not_start_with_a_wrong_policy(tmp_path: Path) -> None:
    file = write(tmp_path, "colour = 1")
    settings = tmp_path / "motp.conf"
    settings.write_text(f"policy_dir = '{tmp_path}'\nport = 0\n")
    arguments = ["serve", "--config", str(settings), "--data-dir", str(tmp_path / "data")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert f"{file}: colour: there is no such key" in result.stderr


@given(st.integers(0, 4_000_000_000_000))
def test_midnight_in_seoul_is_when_its_date_changes(now: int) -> None:
    midnight = seoul_midnight(now)
    assert midnight <= now < midnight + 86_400_000
    assert format_time(midnight).endswith("T15:00:00.000Z")


@pytest.mark.parametrize(
    ("often", "until"),
    [
        ("every-time", None),
        ("once-per-day", parse_time("2026-11-25T15:00:00.000Z")),
        ("once-per-day-in-any-course", parse_time("2026-11-25T15:00:00.000Z")),
        ("once-per-class", FOREVER),
        ("once-per-session", FOREVER),
        ("never", FOREVER),
    ],
)
def test_until_when_a_check_is_enough(often: str, until: int | None) -> None:
    policy = CoursePolicy({"lesson": often})  # type: ignore[dict-item]
    assert satisfied_until(policy, "lesson", NOON) == until


@pytest.mark.parametrize(
    ("often", "found", "expected"),
    [
        ("never", (), Met("never", None, FOREVER)),
        ("every-time", (), Needed("every-time")),
        ("once-per-class", (None,), Needed("once-per-class")),
        ("once-per-class", (PAST,), Met("once-per-class", "ver_1", FOREVER)),
        ("once-per-session", (None,), Needed("once-per-session")),
        ("once-per-day", (None, None), Needed("first-lesson")),
        ("once-per-day", (None, PAST), Needed("once-per-day")),
        ("once-per-day-in-any-course", (PAST, None), Needed("first-lesson")),
        (
            "once-per-day-in-any-course",
            (PAST, PAST),
            Met("once-per-day", "ver_1", parse_time("2026-11-25T15:00:00.000Z")),
        ),
    ],
)
def test_what_a_lesson_needs(
    often: str, found: tuple[PastCheck | None, ...], expected: Met | Needed
) -> None:
    policy = CoursePolicy({"lesson": often})  # type: ignore[dict-item]
    assert len(searches(policy, "lesson", NOON)) == len(found)
    assert verdict(policy, "lesson", NOON, found) == expected
