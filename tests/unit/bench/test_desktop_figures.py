"""The table of the app's benchmarks, and what counts as a missed bar."""

from bench.desktop.figures import Figure, table


def test_a_bar_is_kept_by_what_is_at_most_as_much() -> None:
    assert Figure("start", 1.3, 1.3, "×").holds
    assert not Figure("start", 1.31, 1.3, "×").holds


def test_the_table_is_markdown_with_a_line_for_each_figure() -> None:
    lines = table([Figure("start", 1.2345, 1.3, "×", "medians"), Figure("idle", 0.1, 0.5, "%")])
    assert lines.splitlines()[2:] == [
        "| start | 1.23 × | ≤ 1.3 × | medians |",
        "| idle | 0.1 % | ≤ 0.5 % |  |",
    ]
