"""A trainee at the installed app: Xvfb, a keychain, and what a screen reader has of a program.

Runs in the bare Debian, by the app's own interpreter. Orders come in as lines of JSON, each is
answered by one.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.support.graphical_session import GraphicalSession
from tests.support.screen_reader import NotFound, ScreenReader

PIN = "482915"
CODE = re.compile(r"인증번호((?: \d){6})")


class Trainee:
    """Does what the app's windows offer."""

    def __init__(self, session: GraphicalSession, reader: ScreenReader) -> None:
        self._session = session
        self._reader = reader
        self._app: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the app as the desktop's menu does."""
        self._app = self._session.start(["/usr/bin/motp-desktop", "open", "--"])

    def stop(self) -> None:
        """End it, as the end of the session does."""
        assert self._app is not None
        self._app.terminate()
        self._app.wait(20)

    def doctor(self) -> list[str]:
        """What the installed command finds in this session, part by part."""
        done = subprocess.run(
            ["/usr/bin/motp-desktop", "doctor", "--json"],
            env=self._session.environment,
            stdout=subprocess.PIPE,
            check=False,
        )
        return [f"{each['part']} {each['verdict']}" for each in json.loads(done.stdout)["findings"]]

    def register(self, name: str, phone: str) -> None:
        """From the first screen until a text message is waited for."""
        reader = self._reader
        reader.wait_to_read("필수 본인 인증 안내")
        reader.press("인증하기")
        reader.wait_to_read("개인정보 수집·이용 동의")
        reader.press("동의")
        reader.wait_to_read("동의서를 읽어 주세요.")
        reader.scroll_to_end("개인정보 수집·이용 동의")
        reader.press("동의함")
        reader.wait_to_read("이름과 휴대전화 번호")
        _, middle, end = phone.split("-")
        reader.write("이름", name)
        reader.write("휴대전화 번호 가운데 4자리", middle)
        reader.write("휴대전화 번호 끝 4자리", end)
        reader.press("다음")
        for title in ("비밀번호 정하기", "한 번 더 입력해 주세요."):
            reader.wait_to_read(title)
            reader.press_each(PIN)
            reader.press("다음")
        reader.wait_to_read("문자로 받은 인증번호")

    def prove(self, code: str) -> None:
        """Type what the text message says."""
        self._reader.write("문자로 받은 인증번호 6자리", code)
        self._reader.press("확인")

    def unlock(self, used: str) -> str:
        """A code that the app tells after the PIN: another one than that which was used."""
        reader = self._reader
        reader.wait_to_read("비밀번호 입력")
        since = len(reader.heard)
        reader.press_each(PIN)
        reader.press("확인")

        def listen() -> str | None:
            said = (CODE.fullmatch(words) for words in reader.heard[since:])
            codes = [each[1].replace(" ", "") for each in said if each]
            return next((each for each in codes if each != used), None)

        try:
            return reader.until(listen, "a code")
        except NotFound:  # a code lives longer than anything else is waited for
            return reader.until(listen, "another code")


def main(folder: Path) -> None:
    """Be there until nothing is ordered any more."""
    with GraphicalSession(folder) as session, ScreenReader(session.bus_address) as reader:
        trainee = Trainee(session, reader)
        try:
            for line in sys.stdin:
                order, *given = json.loads(line)
                sys.stdout.write(json.dumps(getattr(trainee, order)(*given)) + "\n")
                sys.stdout.flush()
        except BaseException:
            sys.stderr.write(session.log.read_text("utf-8")[-4000:])
            raise


if __name__ == "__main__":
    main(Path(sys.argv[1]))
