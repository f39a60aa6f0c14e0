"""Lines break between words."""

from hypothesis import given
from hypothesis import strategies as st

from motp_desktop.ui.widgets.wrapping import wrap

WORDS = st.lists(
    st.text(st.sampled_from("가나다라abc,."), min_size=1, max_size=9), min_size=1, max_size=12
)


@given(WORDS, st.integers(9, 40))
def test_words_that_fit_are_never_broken(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width, len)
    assert " ".join(lines) == text
    assert all(len(line) <= width for line in lines)


@given(st.text(st.sampled_from("가나 "), max_size=40), st.integers(1, 8))
def test_nothing_is_lost_in_a_narrow_column(text: str, width: int) -> None:
    lines = wrap(text, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


def test_lines_of_the_text_stay_lines() -> None:
    assert wrap("하나\n\n둘 셋", 10, len) == ["하나", "", "둘 셋"]
