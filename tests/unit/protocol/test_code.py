"""Codes against the published values of RFC 4226 and RFC 6238."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_protocol.code import (
    WINDOW_STEPS,
    OtpAlgorithm,
    OtpProfile,
    code_for_step,
    matching_step,
    milliseconds_left,
    step_at,
)
from tests.contract import reference

# RFC 4226 Appendix D: secret and HOTP values for counters 0 to 9.
RFC4226_SECRET = b"12345678901234567890"
RFC4226_CODES = [
    "755224",
    "287082",
    "359152",
    "969429",
    "338314",
    "254676",
    "287922",
    "162583",
    "399871",
    "520489",
]

# RFC 6238 Appendix B. The secrets for the longer hashes are those of the reference
# implementation in its Appendix A: the digits repeated to the hash's length.
RFC6238_SECRETS: dict[OtpAlgorithm, bytes] = {
    "SHA1": b"1234567890" * 2,
    "SHA256": (b"1234567890" * 4)[:32],
    "SHA512": (b"1234567890" * 7)[:64],
}
RFC6238_CODES = {
    59: ("94287082", "46119246", "90693936"),
    1111111109: ("07081804", "68084774", "25091201"),
    1111111111: ("14050471", "67062674", "99943326"),
    1234567890: ("89005924", "91819424", "93441116"),
    2000000000: ("69279037", "90698825", "38618901"),
    20000000000: ("65353130", "77737706", "47863826"),
}

seeds = st.binary(min_size=20, max_size=20)
moments = st.integers(min_value=0, max_value=2**42)
profiles = st.builds(
    OtpProfile,
    algorithm=st.sampled_from(["SHA1", "SHA256", "SHA512"]),
    period=st.sampled_from([30, 60]),
)


@pytest.mark.parametrize(("counter", "code"), list(enumerate(RFC4226_CODES)))
def test_codes_are_those_of_rfc_4226(counter: int, code: str) -> None:
    assert code_for_step(RFC4226_SECRET, counter, OtpProfile()) == code


@pytest.mark.parametrize("seconds", RFC6238_CODES)
@pytest.mark.parametrize("algorithm", RFC6238_SECRETS)
def test_codes_are_those_of_rfc_6238(seconds: int, algorithm: OtpAlgorithm) -> None:
    profile = OtpProfile(algorithm, digits=8)
    expected = RFC6238_CODES[seconds][list(RFC6238_SECRETS).index(algorithm)]
    step = step_at(seconds * 1000, profile)
    assert code_for_step(RFC6238_SECRETS[algorithm], step, profile) == expected


@pytest.mark.parametrize("algorithm", RFC6238_SECRETS)
def test_a_seed_is_as_long_as_its_hash(algorithm: OtpAlgorithm) -> None:
    assert OtpProfile(algorithm).seed_size == len(RFC6238_SECRETS[algorithm])


@given(seeds, moments, profiles)
def test_codes_equal_those_of_a_second_implementation(
    seed: bytes, moment: int, profile: OtpProfile
) -> None:
    step = step_at(moment, profile)
    assert code_for_step(seed, step, profile) == reference.totp(seed, step, 6, profile.algorithm)


@given(moments, profiles)
def test_time_left_reaches_exactly_to_the_next_step(moment: int, profile: OtpProfile) -> None:
    left = milliseconds_left(moment, profile)
    assert 1 <= left <= profile.period * 1000
    assert step_at(moment + left, profile) == step_at(moment, profile) + 1
    assert step_at(moment + left - 1, profile) == step_at(moment, profile)


@given(seeds, moments, st.integers(min_value=-3, max_value=3))
def test_a_code_matches_within_one_step_only(seed: bytes, moment: int, distance: int) -> None:
    profile = OtpProfile()
    present = step_at(moment, profile)
    step = max(0, present + distance)
    code = code_for_step(seed, step, profile)
    found = matching_step(seed, code, moment, profile)
    if abs(step - present) <= WINDOW_STEPS:
        assert found is not None
    if found is not None:
        assert abs(found - present) <= WINDOW_STEPS
        assert code_for_step(seed, found, profile) == code


@given(seeds, moments, st.text(max_size=16))
def test_any_text_is_a_code_that_matches_or_does_not(seed: bytes, moment: int, text: str) -> None:
    found = matching_step(seed, text, moment, OtpProfile())
    assert found is None or code_for_step(seed, found, OtpProfile()) == text


def test_lone_surrogates_and_other_digits_match_nothing() -> None:
    assert matching_step(RFC4226_SECRET, "\ud800", 0, OtpProfile()) is None
    assert matching_step(RFC4226_SECRET, "７５５２２４", 0, OtpProfile()) is None
    assert matching_step(RFC4226_SECRET, " 755224", 0, OtpProfile()) is None


@given(st.binary(min_size=16, max_size=64), moments, profiles)
def test_the_check_computes_the_very_codes_that_pyotp_makes(
    seed: bytes, moment: int, profile: OtpProfile
) -> None:
    present = step_at(moment, profile)
    code = code_for_step(seed, present, profile)
    found = matching_step(seed, code, moment, profile)
    assert found is not None
    assert found == present or code_for_step(seed, found, profile) == code


def test_of_two_steps_with_one_code_the_newer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motp_protocol.code._code_bytes", lambda *_: b"000000")
    assert matching_step(RFC4226_SECRET, "000000", 90_000, OtpProfile()) == 4


def test_before_the_first_step_there_is_none() -> None:
    code = code_for_step(RFC4226_SECRET, 0, OtpProfile())
    assert matching_step(RFC4226_SECRET, code, 0, OtpProfile()) == 0
