"""What HermiT said, shared by the tests of a run and kept for the next."""

from __future__ import annotations

import pytest
from tests.referee.answers import Answers, folder


@pytest.fixture(scope="session")
def answers() -> Answers:
    """HermiT's answers of this run and of earlier ones."""
    return Answers(folder())
