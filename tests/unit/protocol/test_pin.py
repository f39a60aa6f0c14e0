"""Which PINs are taken, and which are too easy to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.pin import MAX_LENGTH, MIN_LENGTH, PinFault, pin_fault

PHONES = ["010-8351-9462", "01083519462", "+82 10-8351-9462", "+821083519462", "０１０83519462"]


@pytest.mark.parametrize("pin", ["7294", "30518", "271828", "8405917", "60418273", "0417"])
def test_a_pin_without_a_pattern_is_taken(pin: str) -> None:
    assert pin_fault(pin) is None
    assert pin_fault(pin, "010-1111-2222") is None


@pytest.mark.parametrize("pin", ["12a4", "１２３４", "٣٤٧١", "12 4", "-123", "7294\n", "²³¹⁴"])
def test_a_pin_has_ascii_digits_only(pin: str) -> None:
    assert pin_fault(pin) is PinFault.NOT_DIGITS


def test_a_pin_has_four_to_eight_digits() -> None:
    assert pin_fault("") is PinFault.TOO_SHORT
    assert pin_fault("729") is PinFault.TOO_SHORT
    assert pin_fault("729408136") is PinFault.TOO_LONG


def test_the_verifiers_policy_narrows_the_length() -> None:
    assert pin_fault("7294", minimum=6) is PinFault.TOO_SHORT
    assert pin_fault("7294081", maximum=6) is PinFault.TOO_LONG
    assert pin_fault("729408", minimum=6, maximum=6) is None


@pytest.mark.parametrize(
    "pin",
    [
        *("0000", "1111", "99999999", "1234", "4321", "8901", "0987", "12345678", "2109"),
        *("1212", "123123", "12341234", "2580", "1004", "159357", "1987", "2026"),
    ],
)
def test_the_first_guesses_are_refused(pin: str) -> None:
    assert pin_fault(pin) is PinFault.TOO_COMMON


@given(st.text("0123456789", min_size=1, max_size=4), st.integers(2, 8))
def test_repetitions_are_refused(block: str, times: int) -> None:
    pin = block * times
    if MIN_LENGTH <= len(pin) <= MAX_LENGTH:
        assert pin_fault(pin) is PinFault.TOO_COMMON


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("pin", ["9462", "8351", "0108", "083519", "108351", "83519462", "8210"])
def test_a_run_of_the_own_number_is_refused_in_every_spelling(phone: str, pin: str) -> None:
    assert pin_fault(pin, phone) is PinFault.FROM_PHONE


def test_a_number_that_is_not_korean_is_compared_as_it_stands() -> None:
    assert pin_fault("5550", "+1 202 555 0173") is PinFault.FROM_PHONE


@given(st.text(max_size=12), st.text(max_size=20))
def test_any_text_gets_a_verdict(pin: str, phone: str) -> None:
    fault = pin_fault(pin, phone)
    if fault is None:
        assert pin.isascii()
        assert pin.isdigit()
        assert MIN_LENGTH <= len(pin) <= MAX_LENGTH


def test_most_pins_remain() -> None:
    taken = sum(pin_fault(f"{number:06d}") is None for number in range(0, 1_000_000, 37))
    assert taken / len(range(0, 1_000_000, 37)) > 0.99
