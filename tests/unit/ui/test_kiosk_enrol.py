"""`motp-desktop kiosk enrol`, at a terminal and in a script."""

import argparse
import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motp_desktop import kiosk_texts
from motp_desktop.cli import main
from motp_desktop.kiosk_enrol import NothingEntered, Terminal, enrol
from motp_desktop.kiosk_texts import enrolment_lines
from motp_desktop.services.kiosk.outcomes import (
    EnrolKioskOutcome,
    ExitPinUnsuitable,
    KioskCodeWrong,
    KioskReady,
    MayExit,
    NotEnrolled,
)
from motp_desktop.services.outcomes import (
    Busy,
    KeyStoreTrouble,
    StorageTrouble,
    UnexpectedRefusal,
)
from motp_desktop.services.ports import KeyStoreFault, NoAnswer, StorageFault
from tests.support.kiosk_fakes import EXIT_PIN, KIOSK_CODE, OFFLINE, KioskPc

GIVEN = argparse.Namespace(code=None, yes=False, key_file=False, lang="ko", verifier=None)


@pytest.fixture
def pc(tmp_path: Path) -> KioskPc:
    return KioskPc(tmp_path / "kiosk")


def given(**members: object) -> argparse.Namespace:
    return argparse.Namespace(**{**vars(GIVEN), **members})


def script(*lines: str) -> Terminal:
    given_lines = io.StringIO("".join(f"{line}\n" for line in lines))
    return Terminal(given_lines, io.StringIO(), is_person=False)


def person(*answers: str, pins: tuple[str, ...] = ()) -> Terminal:
    """Somebody who types these answers, and these PINs where nothing is shown."""
    typed: Iterator[str] = iter(pins)
    lines = io.StringIO("".join(f"{line}\n" for line in answers))
    return Terminal(lines, io.StringIO(), is_person=True, hidden=lambda _: next(typed))


def said(terminal: Terminal) -> str:
    assert isinstance(terminal.out, io.StringIO)
    return terminal.out.getvalue()


def test_a_person_is_asked_for_the_code_and_twice_for_the_pin(pc: KioskPc) -> None:
    terminal = person(KIOSK_CODE, pins=(EXIT_PIN, "730519", EXIT_PIN, EXIT_PIN))
    assert enrol(given(), pc.services, terminal, "ko") == 0
    assert "두 비밀번호가 다릅니다" in said(terminal)
    assert "한빛훈련원, 1층 로비" in said(terminal)
    assert EXIT_PIN not in said(terminal)
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)
    pc.api.script.append(OFFLINE)
    assert pc.kiosk.try_exit(EXIT_PIN) == MayExit()


def test_a_script_gives_a_line_each(pc: KioskPc) -> None:
    assert enrol(given(), pc.services, script(KIOSK_CODE, EXIT_PIN), "en") == 0


def test_a_script_may_give_the_code_as_an_argument(pc: KioskPc) -> None:
    assert enrol(given(code=KIOSK_CODE), pc.services, script(EXIT_PIN), "en") == 0


def test_a_script_that_gives_nothing_changes_nothing(pc: KioskPc) -> None:
    with pytest.raises(NothingEntered):
        enrol(given(), pc.services, script(KIOSK_CODE), "en")
    assert pc.kiosk.look() == NotEnrolled()


def test_a_kiosk_is_not_enrolled_anew_unless_that_is_confirmed(pc: KioskPc) -> None:
    pc.enrol()
    pc.api.codes.add("0000000000")
    pc.api.change(label="2층")
    for terminal in (script("enrol"), person("yes")):
        assert enrol(given(code="00000-00000"), pc.services, terminal, "en") == 6
        assert "all who registered here must register again" in said(terminal)
        assert "--yes" in said(terminal)
    terminal = person("enrol", pins=(EXIT_PIN, EXIT_PIN))
    assert enrol(given(code="00000-00000"), pc.services, terminal, "en") == 0
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)


def test_a_script_that_says_yes_is_not_asked(pc: KioskPc) -> None:
    pc.enrol()
    pc.api.codes.add("0000000000")
    assert enrol(given(code="00000-00000", yes=True), pc.services, script(EXIT_PIN), "ko") == 0


def test_the_key_file_is_chosen_only_knowingly(pc: KioskPc) -> None:
    pc.key_store.fault = KeyStoreFault.NONE_FOUND
    terminal = script(EXIT_PIN)
    assert enrol(given(code=KIOSK_CODE), pc.services, terminal, "en") == 1
    assert "--key-file" in said(terminal)
    assert not (pc.folder / "keys.json").exists()
    chosen = given(code=KIOSK_CODE, key_file=True)
    assert enrol(chosen, pc.services, script(EXIT_PIN), "en") == 0
    assert (pc.folder / "keys.json").exists()
    pc.restart()
    assert pc.kiosk.look() == KioskReady(pc.api.claims, online=True)


@pytest.mark.parametrize(
    ("code", "pin", "answer", "status"),
    [
        ("ZZZZZ-ZZZZZ", EXIT_PIN, None, 1),
        (KIOSK_CODE, "111111", None, 2),
        (KIOSK_CODE, EXIT_PIN, OFFLINE, 7),
    ],
)
def test_the_exit_status_tells_what_came_of_it(
    pc: KioskPc, code: str, pin: str, answer: NoAnswer | None, status: int
) -> None:
    pc.api.script.append(answer)
    assert enrol(given(code=code), pc.services, script(pin), "en") == status


@pytest.mark.parametrize(
    "outcome",
    [
        KioskCodeWrong(),
        ExitPinUnsuitable(),
        *(NoAnswer(reason) for reason in ("offline", "timeout", "tls", "tls-untrusted", "proxy")),
        Busy(30),
        *(KeyStoreTrouble(fault) for fault in KeyStoreFault),
        *(StorageTrouble(fault) for fault in StorageFault),
        UnexpectedRefusal("bad-config"),
        UnexpectedRefusal("internal-error"),
    ],
)
def test_every_outcome_is_told_in_both_languages(outcome: EnrolKioskOutcome) -> None:
    korean, english = (" ".join(enrolment_lines(outcome, lang)) for lang in ("ko", "en"))
    assert any("가" <= letter <= "힣" for letter in korean)
    assert english.isascii()


def test_every_sentence_is_there_in_both_languages() -> None:
    for korean, english in kiosk_texts._SENTENCES.values():
        assert any("가" <= letter <= "힣" for letter in korean)
        assert not any("가" <= letter <= "힣" for letter in english)


def test_a_verifier_that_is_not_there_is_told_of_and_the_pin_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{EXIT_PIN}\n"))
    arguments = ["kiosk", "enrol", "--code", KIOSK_CODE, "--key-file", "--lang", "en"]
    where = ["--verifier", "http://127.0.0.1:9", "--data-dir", str(tmp_path)]
    assert main([*arguments, *where]) == 7
    assert "within ten minutes" in capsys.readouterr().err
    assert (tmp_path / "kiosk" / "logs" / "motp-desktop.log").exists()
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or EXIT_PIN.encode() not in path.read_bytes()


def test_at_a_real_terminal_the_pin_is_not_shown(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "motp_desktop", "kiosk", "enrol", "--lang", "en"]
    with subprocess.Popen(
        [*command, "--key-file", "--data-dir", str(tmp_path)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as running:
        os.close(theirs)
        screen = read_until(ours, b"address (https://")
        os.write(ours, b"http://127.0.0.1:9\n")
        screen += read_until(ours, b"XXXXX-XXXXX): ")
        os.write(ours, f"{KIOSK_CODE}\n".encode())
        for question in (b"6 to 12 digits): ", b"Once more: "):
            screen += read_until(ours, question)
            os.write(ours, f"{EXIT_PIN}\n".encode())
        screen += read_until(ours, b"within ten minutes")
        assert running.wait(30) == 7
    os.close(ours)
    assert EXIT_PIN.encode() not in screen


def read_until(descriptor: int, wanted: bytes) -> bytes:
    """What a terminal shows up to here."""
    shown = b""
    while wanted not in shown:
        shown += os.read(descriptor, 1024)
    return shown


def test_enrolling_loads_no_qt(tmp_path: Path) -> None:
    probe = (
        "import sys; from motp_desktop.cli import main\n"
        f"status = main(['kiosk', 'enrol', '--data-dir', {str(tmp_path)!r}])\n"
        "print(status, sorted(n for n in sys.modules if n.startswith('PySide6')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        input="",
    )
    assert done.stdout == "6 []\n", done.stderr
