"""schemathesis over the whole API with all its checks; `make fuzz` does the same for longer.

No 5xx, and no answer that `/schema` does not promise, whatever is sent by whomever.
"""

from pathlib import Path

from tests.fuzz.running import fuzz

# Examples and not seconds, so that it does the same on every machine.
BOUNDED = ("--max-examples", "5", "--seed", "1", "--no-shrink")


def test_nothing_makes_the_verifier_fail_or_answer_what_it_does_not_document(
    tmp_path: Path, database_url: str
) -> None:
    result = fuzz(tmp_path, database_url, BOUNDED)
    assert result.clean, result.said
    # Else it would only have knocked at closed doors.
    closed = [each for each in result.missed if each.split()[2].startswith("2")]
    assert closed == [], "say in _MOVES of tests/fuzz/hooks.py what makes these succeed"
