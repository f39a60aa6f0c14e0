"""Breaking text into lines between words, never inside one that fits.

Qt breaks Korean after any syllable; Koreans read by 어절, which blanks part.
"""

from collections.abc import Callable, Iterator


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of `text`, each at most `width` wide as `measure` tells it.

    Only a word that is wider than a whole line is broken inside.
    """
    return [line for part in text.split("\n") for line in _paragraph(part, width, measure)]


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, measure)
        yield from full
    yield line


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and measure(piece + letter) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
