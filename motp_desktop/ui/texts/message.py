"""A message in the form: what happened, why, what to do."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Level(Enum):
    """How grave a message is; also the name of its icon."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Message:
    """`title` tells what happened, `body` why and what to do; `code` is for the helpdesk."""

    level: Level
    title: str
    body: str = ""
    code: str = ""
    can_retry: bool = False

    @property
    def code_line(self) -> str:
        """The code as it stands small beneath, or nothing."""
        if not self.code:
            return ""
        return translate("Message", "헬프데스크 문의 코드: {code}").format(code=self.code)

    @property
    def spoken(self) -> str:
        """All of it as one utterance."""
        return " ".join(part for part in (self.title, self.body) if part)
