"""The registration, from the notice to its confirmation."""

from PySide6.QtCore import QObject, Signal

from motp_desktop.ui.viewmodels.states import EnrolmentState


class EnrolmentViewModel(QObject):
    """The commands of Notice to Finishing. Each is ignored on a screen that it is not for."""

    state_changed = Signal()

    @property
    def state(self) -> EnrolmentState:
        """What the registration's screens show."""
        raise NotImplementedError

    def begin(self) -> None:
        """Notice: ConsentSummary follows; the document is loaded meanwhile."""
        raise NotImplementedError

    def agree_summary(self) -> None:
        """ConsentSummary: on to the whole document."""
        raise NotImplementedError

    def decline(self) -> None:
        """ConsentSummary, ConsentForm: ConsentDeclined follows."""
        raise NotImplementedError

    def reconsider(self) -> None:
        """ConsentDeclined: back to ConsentSummary."""
        raise NotImplementedError

    def reached_end(self) -> None:
        """ConsentForm: the document was scrolled to its end."""
        raise NotImplementedError

    def agree(self) -> None:
        """ConsentForm: agree; asks once to read to the end (`remind_to_read`)."""
        raise NotImplementedError

    def set_name(self, text: str) -> None:
        """PersonalDetails: the name as typed."""
        raise NotImplementedError

    def set_phone(self, a: str, b: str, c: str) -> None:
        """PersonalDetails: the number's three boxes as typed."""
        raise NotImplementedError

    def submit_details(self) -> None:
        """PersonalDetails: ChoosePin follows, or `name_invalid` or `phone_invalid`."""
        raise NotImplementedError

    def pin_digit(self, digit: str) -> None:
        """ChoosePin: one more digit."""
        raise NotImplementedError

    def pin_backspace(self) -> None:
        """ChoosePin: one digit less."""
        raise NotImplementedError

    def pin_restart(self) -> None:
        """ChoosePin: choose anew."""
        raise NotImplementedError

    def submit_pin(self) -> None:
        """ChoosePin: check the choice, then that it is repeated alike, then ask for a code."""
        raise NotImplementedError

    def submit_code(self, code: str) -> None:
        """IdentityCode: prove the number with the code from the text message."""
        raise NotImplementedError

    def resend(self) -> None:
        """IdentityCode: send another code; ignored until `resend_in` is 0."""
        raise NotImplementedError

    def accept_replace(self) -> None:
        """ReplaceDevice: yes, the other registration may end."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Any screen from IdentityCode on: give up; what was here before is looked at again."""
        raise NotImplementedError

    def back(self) -> None:
        """One screen back; keeps what was typed, secrets excepted."""
        raise NotImplementedError

    def retry(self) -> None:
        """Do again what `state.trouble` is about."""
        raise NotImplementedError

    def tick(self) -> None:
        """IdentityCode: count the seconds again. The view model's own timer calls this."""
        raise NotImplementedError
