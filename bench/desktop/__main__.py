"""`python -m bench.desktop`: the table, and status 1 where a bar is not kept."""

import sys

from bench.desktop import counting, showing, start
from bench.desktop.figures import Figure, table
from bench.desktop.place import registered


def measure_app() -> list[Figure]:
    """Measure one thing after another, alone on the machine if you can."""
    with registered() as place:
        figures: list[Figure] = []
        for part in (start, showing, counting):
            figures += part.measure(place)
            print(f"{part.__name__}: done", file=sys.stderr, flush=True)
    return figures


def main() -> int:
    """Print the table."""
    figures = measure_app()
    print(table(figures))
    missed = [each.name for each in figures if not each.holds]
    for name in missed:
        print(f"The bar is missed: {name}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
