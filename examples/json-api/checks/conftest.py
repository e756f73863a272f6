"""Share what several check files need; it is pytest's own conftest.py."""

import pytest


@pytest.fixture
def given(solution):
    """Return the books that everybody starts with: those of a process of the solution that was asked nothing yet."""
    return solution.fresh().get("/books").ok().json
