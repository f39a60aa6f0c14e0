"""`make test` keeps the tests of a group in one process, so that they share what is costly."""

import pytest

pytestmark = pytest.mark.xdist_group("groups")


def test_a_group_is_kept_together(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("there are no groups without --dist loadgroup")
    assert request.node.nodeid.endswith("@groups")
