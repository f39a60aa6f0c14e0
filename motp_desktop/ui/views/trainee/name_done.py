"""본인 명의 확인: it is done."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class NameDoneView(Page):
    """One sentence and the way back to the code."""

    def __init__(self, proof: NameProofViewModel) -> None:
        super().__init__()
        self.on_back = proof.finish
        self.add_title(
            translate("NameDone", "본인 명의가 확인되었습니다."), icon="ok", tone=Tone.OK
        )
        self.add_text(
            translate("NameDone", "이제 수강료를 환급받는 과정에서도 인증번호를 쓸 수 있어요.")
        )
        self.column.addStretch(1)
        self.add_primary(translate("NameDone", "인증번호 보기"), proof.finish)
