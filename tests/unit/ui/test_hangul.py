"""Keys of the two-set keyboard become syllables."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.ui.hangul import JAMO, compose, decompose

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ㅎㅗㅇㄱㅣㄹㄷㅗㅇ", "홍길동"),
        ("ㄱㅏㅁㅏ", "가마"),
        ("ㅇㅗㅏㅇ", "왕"),
        ("ㄷㅏㄹㄱ", "닭"),
        ("ㄷㅏㄹㄱㅣ", "달기"),
        ("ㄷㅏㄹㄱㄱㅣ", "닭기"),
        ("ㄲㅗㅊ", "꽃"),
        ("ㅇㅓㅂㅅㅅㅓ", "없서"),
        ("ㄱㅏㄸㅏ", "가따"),
        ("ㅇㅡㅣㅅㅏ", "의사"),
        ("ㄱ", "ㄱ"),
        ("ㅏ", "ㅏ"),
        ("ㅗㅏ", "ㅘ"),
        ("ㄱㄱ", "ㄱㄱ"),
        ("ㄱㅏㅏ", "가ㅏ"),
        ("", ""),
    ],
)
def test_keys_become_the_syllables_that_people_expect(keys: str, text: str) -> None:
    assert compose(keys) == text


@given(SYLLABLES)
def test_every_syllable_can_be_typed(text: str) -> None:
    keys = decompose(text)
    assert set(keys) <= JAMO
    assert compose(keys) == text


@given(st.text(st.sampled_from(sorted(JAMO)), max_size=20))
def test_no_key_is_lost_whatever_is_typed(keys: str) -> None:
    text = compose(keys)
    assert decompose(text) == keys
    assert unicodedata.normalize("NFC", text) == text
