"""What the trainee typed, checked against the protocol and the verifier's policy."""

from collections.abc import Callable
from dataclasses import dataclass

from motp_desktop.services.outcomes import EnrolmentForm, InvalidForm
from motp_protocol.messages import PinPolicy
from motp_protocol.person import normalise_name, normalise_phone
from motp_protocol.pin import pin_fault


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A person as the protocol names one: name in its normal form, number as E.164."""

    name: str
    phone: str

    def __repr__(self) -> str:
        return "<CheckedForm>"


def check_form(form: EnrolmentForm, policy: PinPolicy) -> CheckedForm | InvalidForm:
    """The person on the form, or all that is wrong with it at once."""
    name = _or_none(form.name, normalise_name)
    phone = _or_none(form.phone, normalise_phone)
    fault = pin_fault(form.pin, form.phone, minimum=policy.min, maximum=policy.max)
    if name is None or phone is None or fault is not None:
        return InvalidForm(name=name is None, phone=phone is None, pin=fault)
    return CheckedForm(name, phone)


def _or_none(text: str, normalise: Callable[[str], str]) -> str | None:
    try:
        return normalise(text)
    except ValueError:
        return None
