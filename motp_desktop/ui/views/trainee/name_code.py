"""본인 명의 확인 2 / 2: the code from the carrier's message."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.viewmodels.name_proof import NameProofViewModel
from motp_desktop.ui.views.trainee.code_page import CodePage, Leaving
from motp_desktop.ui.widgets.step_header import StepHeader

translate = QCoreApplication.translate


class NameCodeView(CodePage):
    """The code proves that the person holds the telephone that the carrier knows."""

    def __init__(self, proof: NameProofViewModel) -> None:
        step = translate("NameCode", "본인 명의 확인 2단계 중 2단계")
        header = StepHeader(2, 2, proof.back, spoken=step)
        leaving = Leaving(translate("NameCode", "정보 다시 입력"), proof.back)
        super().__init__(proof, header, leaving)
