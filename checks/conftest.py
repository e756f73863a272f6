"""The pages that most checks look at: asked for once, since looking changes nothing."""

import pytest


@pytest.fixture(scope="session")
def pages(learner):
    """Return the page at / as two visitors get it, one after the other."""
    return learner.ask_all(("GET", "/"), ("GET", "/"))


@pytest.fixture(scope="session")
def page(pages):
    """Return the second visitor's page: what the first one used up or left behind shows on it."""
    return pages[1]


@pytest.fixture(scope="session")
def reference(solution):
    """Return the solution's page."""
    return solution.get("/").ok()
