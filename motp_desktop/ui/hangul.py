"""From the keys of the two-set keyboard (두벌식, KS X 5002) to syllables.

Syllables are composed by arithmetic: the Unicode Standard, section 3.12.
"""

import unicodedata

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_PAIRS = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㅂㅅ": "ㅄ",
    "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ",
}  # fmt: skip
"""What two keys make together."""

_PARTS = {made: pair for pair, made in _PAIRS.items()}
_FIRST = 0xAC00
_LAST = 0xD7A3
_PER_VOWEL = 28
_PER_INITIAL = _PER_VOWEL * len(_VOWELS)

JAMO = frozenset(_INITIALS + _VOWELS) - frozenset(_PARTS)
"""The keys that there are, those with Shift included."""


def compose(keys: str) -> str:
    """The text that these keys make, one after the other; what composes nothing stands alone.

    A consonant after a syllable closes it, until a vowel follows and takes it along.
    """
    text, at = "", 0
    while at < len(keys):
        taken = _syllable(keys, at)
        text += taken[0]
        at = taken[1]
    return text


def decompose(text: str) -> str:
    """The keys that make a text of syllables and letters."""
    keys = ""
    for letter in unicodedata.normalize("NFC", text):
        keys += "".join(_PARTS.get(each, each) for each in _jamo_of(letter))
    return keys


def _syllable(keys: str, at: int) -> tuple[str, int]:
    """The syllable or letter that begins here, and where the next one does."""
    if keys[at] not in _INITIALS:
        vowel, after = _pair(keys, at, _VOWELS)
        return vowel, after
    if not _is_vowel(keys, at + 1):
        return keys[at], at + 1
    vowel, after = _pair(keys, at + 1, _VOWELS)
    final, end = _final(keys, after)
    index = _INITIALS.index(keys[at]) * _PER_INITIAL + _VOWELS.index(vowel) * _PER_VOWEL
    return chr(_FIRST + index + (_FINALS.index(final) + 1 if final else 0)), end


def _final(keys: str, at: int) -> tuple[str, int]:
    """What closes the syllable, as far as no vowel takes it along."""
    if at >= len(keys) or keys[at] not in _FINALS or _is_vowel(keys, at + 1):
        return "", at
    both = _PAIRS.get(keys[at : at + 2], "")
    if both in _FINALS and both and not _is_vowel(keys, at + 2):
        return both, at + 2
    return keys[at], at + 1


def _pair(keys: str, at: int, among: str) -> tuple[str, int]:
    both = _PAIRS.get(keys[at : at + 2], "")
    return (both, at + 2) if both and both in among else (keys[at], at + 1)


def _is_vowel(keys: str, at: int) -> bool:
    return at < len(keys) and keys[at] in _VOWELS


def _jamo_of(letter: str) -> str:
    if not _FIRST <= ord(letter) <= _LAST:
        return letter
    index = ord(letter) - _FIRST
    initial, rest = divmod(index, _PER_INITIAL)
    vowel, final = divmod(rest, _PER_VOWEL)
    return _INITIALS[initial] + _VOWELS[vowel] + (_FINALS[final - 1] if final else "")
