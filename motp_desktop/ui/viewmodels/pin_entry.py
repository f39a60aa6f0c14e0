"""The digits of a PIN while it is typed. They live here and nowhere else in the UI."""


class PinEntry:
    """So many digits at most; shows to others only how many there are."""

    def __init__(self, maximum: int) -> None:
        self._maximum = maximum
        self._digits = ""

    def __len__(self) -> int:
        return len(self._digits)

    def add(self, digit: str) -> None:
        """One more digit; anything but an ASCII digit, or one too many, is ignored."""
        if len(digit) == 1 and digit.isascii() and digit.isdigit() and len(self) < self._maximum:
            self._digits += digit

    def remove(self) -> None:
        """One digit less, if there is any."""
        self._digits = self._digits[:-1]

    def clear(self) -> None:
        """Forget them."""
        self._digits = ""

    def take(self) -> str:
        """The PIN; it is forgotten here."""
        digits, self._digits = self._digits, ""
        return digits
