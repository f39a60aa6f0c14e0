"""The console in every state worth a look, for view tests and for pictures."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from motp_desktop.services.helpdesk.outcomes import NoStatusFound
from motp_desktop.services.helpdesk.ports import Picture
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.viewmodels.helpdesk.session import IDLE_MS, WARNING_MS
from motp_desktop.ui.viewmodels.helpdesk.states import Place
from motp_protocol.fields import Language
from motp_protocol.helpdesk import StaffRole
from motp_protocol.problems import ProblemType
from motp_protocol.status_token import StatusClaims, short_code
from tests.support.helpdesk_desk import ConsoleDesk
from tests.support.helpdesk_people import EVERYBODY, a_crowd
from tests.support.memory_helpdesk import PASSWORD, a_board, a_line

TOKEN = "aGVhZA.Y2xhaW1z.c2lnbmF0dXJl"


@dataclass(frozen=True, slots=True)
class ConsoleScene:
    """A name, and how one gets there."""

    name: str
    play: Callable[[ConsoleDesk], object]
    role: StaffRole = "helpdesk"
    is_signed_in: bool = True
    crowd: int = 0

    def desk(self, app: QApplication, language: Language = "ko") -> ConsoleDesk:
        """A console in this state."""
        people = [*EVERYBODY, *a_crowd(self.crowd)]
        desk = ConsoleDesk(app, self.role, people, language)
        if self.is_signed_in:
            desk.sign_in()
        self.play(desk)
        return desk


def _signing_in_wrong(desk: ConsoleDesk) -> None:
    desk.press(desk.models.session.sign_in, "kim", "wrong", "123456")


def _throttled(desk: ConsoleDesk) -> None:
    desk.api.retry_after = 240
    _signing_in_wrong(desk)


def _setting_up(desk: ConsoleDesk) -> None:
    desk.api.is_new = True
    desk.press(desk.models.session.sign_in, "kim", PASSWORD, "")


def _leaving_soon(desk: ConsoleDesk) -> None:
    desk.search("홍길동").open("tra_well")
    desk.pass_time(IDLE_MS - WARNING_MS)
    desk.models.session.tick()


def _offline(desk: ConsoleDesk) -> None:
    desk.api.silence = NoAnswer("offline")
    desk.search("홍길동")
    desk.models.console.live("lost")


def _lifting(desk: ConsoleDesk) -> None:
    desk.open("tra_locked")
    desk.models.actions.ask("lift-code-lock", "reg_2")
    desk.models.actions.confirm()


def _revoking(desk: ConsoleDesk) -> None:
    desk.open("tra_well")
    desk.models.actions.ask("revoke", "reg_1")


def _suspended(desk: ConsoleDesk) -> None:
    desk.open("tra_well")
    desk.models.actions.ask("suspend", "reg_1", "기기를 잃어버렸다고 함")
    desk.press(desk.models.actions.confirm)


def _asking_bypass(desk: ConsoleDesk) -> None:
    desk.open("tra_well")
    desk.models.actions.ask_bypass()


def _bypass(desk: ConsoleDesk) -> None:
    _asking_bypass(desk)
    desk.models.actions.type_reason("시험 시작 전, 앱이 열리지 않음")
    desk.press(desk.models.actions.confirm)


def _revealed(desk: ConsoleDesk) -> None:
    desk.open("tra_well")
    desk.models.actions.ask_person()
    desk.models.actions.type_reason("이름을 맞춰 봄")
    desk.press(desk.models.actions.confirm)


def _checked(desk: ConsoleDesk, *, skew: int = 0) -> None:
    desk.go(Place.CHECK)
    desk.reader.found = [TOKEN]
    desk.api.claims[TOKEN] = StatusClaims(
        sub="reg_1", iat=0, exp=600, jti="j", app_version="0.1.0", skew=skew, state="active"
    )
    desk.press(desk.models.check.read_picture, Picture(1, 1, b"\0"))


def _checked_code(desk: ConsoleDesk) -> None:
    desk.go(Place.CHECK)
    desk.models.check.type_code(short_code("reg_2"))
    desk.press(desk.models.check.read_code)


def _no_reader(desk: ConsoleDesk) -> None:
    desk.go(Place.CHECK)
    desk.press(desk.models.check.read_picture, Picture(1, 1, b"\0"))
    assert desk.models.check.state.found == NoStatusFound("no-reader")


def _audit(desk: ConsoleDesk) -> None:
    desk.api.lines = [
        a_line(n, kind)
        for n, kind in enumerate(
            ["code-locked", "staff-code-lock-lifted", "staff-suspended", "staff-person-shown"] * 6,
            1,
        )
    ]
    desk.go(Place.AUDIT)


def _exporting(desk: ConsoleDesk) -> None:
    _audit(desk)
    desk.models.audit.begin_export()
    desk.models.audit.has_reason()


def _quiet_board(desk: ConsoleDesk) -> None:
    desk.api.board_now = a_board(is_quiet=True)
    desk.go(Place.BOARD)


def _gone(desk: ConsoleDesk) -> None:
    desk.api.refusal = ProblemType.NOT_FOUND
    desk.open("tra_well")


def _kiosk(desk: ConsoleDesk, kiosk_id: str = "kio_1") -> None:
    desk.go(Place.KIOSKS)
    desk.models.kiosks.choose(kiosk_id)


def _locking_kiosk(desk: ConsoleDesk) -> None:
    _kiosk(desk)
    desk.models.kiosks.ask("lock")
    desk.models.kiosks.confirm()


def _locked_kiosk(desk: ConsoleDesk) -> None:
    _kiosk(desk)
    desk.models.kiosks.ask("lock")
    desk.models.kiosks.type_reason("도난 신고")
    desk.press(desk.models.kiosks.confirm)


def _no_kiosks(desk: ConsoleDesk) -> None:
    desk.api.kiosks_now = []
    desk.go(Place.KIOSKS)


def _kiosks_offline(desk: ConsoleDesk) -> None:
    desk.api.silence = NoAnswer("offline")
    desk.go(Place.KIOSKS)


def console_scenes() -> list[ConsoleScene]:
    """All of them."""
    return [
        ConsoleScene("console-sign-in", lambda desk: None, is_signed_in=False),
        ConsoleScene("console-sign-in-wrong", _signing_in_wrong, is_signed_in=False),
        ConsoleScene("console-throttled", _throttled, is_signed_in=False),
        ConsoleScene("console-setup", _setting_up, is_signed_in=False),
        ConsoleScene("console-signed-out", lambda desk: desk.press(desk.models.session.sign_out)),
        ConsoleScene("console-start", lambda desk: None),
        ConsoleScene("console-none-found", lambda desk: desk.search("없는사람")),
        ConsoleScene("console-one-found", lambda desk: desk.search("5678")),
        ConsoleScene(
            "console-many-found", lambda desk: desk.search("김민수").open("tra_4"), crowd=10_000
        ),
        ConsoleScene("console-offline", _offline),
        ConsoleScene("console-well", lambda desk: desk.search("5678").open("tra_well")),
        ConsoleScene("console-code-locked", lambda desk: desk.search("김서연").open("tra_locked")),
        ConsoleScene("console-clock-wrong", lambda desk: desk.search("7890").open("tra_clock")),
        ConsoleScene("console-pin-locked", lambda desk: desk.search("정").open("tra_pin")),
        ConsoleScene("console-never-registered", lambda desk: desk.open("tra_never")),
        ConsoleScene("console-suspended", lambda desk: desk.open("tra_suspended")),
        ConsoleScene("console-auditor", lambda desk: desk.open("tra_locked"), role="auditor"),
        ConsoleScene("console-gone", _gone),
        ConsoleScene("console-question", _lifting),
        ConsoleScene("console-revoking", _revoking),
        ConsoleScene("console-undo", _suspended),
        ConsoleScene("console-bypass-question", _asking_bypass),
        ConsoleScene("console-bypass", _bypass),
        ConsoleScene("console-revealed", _revealed),
        ConsoleScene("console-leaving-soon", _leaving_soon),
        ConsoleScene("console-check", lambda desk: desk.go(Place.CHECK)),
        ConsoleScene("console-checked", _checked),
        ConsoleScene("console-checked-differs", lambda desk: _checked(desk, skew=-95)),
        ConsoleScene("console-checked-code", _checked_code),
        ConsoleScene("console-no-reader", _no_reader),
        ConsoleScene("console-board", lambda desk: desk.go(Place.BOARD)),
        ConsoleScene("console-board-quiet", _quiet_board),
        ConsoleScene("console-audit", _audit, role="auditor"),
        ConsoleScene("console-audit-empty", lambda desk: desk.go(Place.AUDIT), role="auditor"),
        ConsoleScene("console-exporting", _exporting, role="auditor"),
        ConsoleScene("console-kiosks", lambda desk: desk.go(Place.KIOSKS)),
        ConsoleScene("console-kiosk", lambda desk: _kiosk(desk, "kio_2")),
        ConsoleScene("console-kiosk-awaited", lambda desk: _kiosk(desk, "kio_4")),
        ConsoleScene("console-kiosk-auditor", lambda desk: _kiosk(desk, "kio_3"), role="auditor"),
        ConsoleScene("console-kiosk-question", _locking_kiosk),
        ConsoleScene("console-kiosk-locked", _locked_kiosk),
        ConsoleScene("console-kiosks-none", _no_kiosks),
        ConsoleScene("console-kiosks-offline", _kiosks_offline),
    ]
