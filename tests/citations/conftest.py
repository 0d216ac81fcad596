"""Fixtures of the citation tests."""

from __future__ import annotations

import pytest

from asylgraf.citations.atlas import Atlas, shipped_atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The tables of the shipped graph."""
    return shipped_atlas()
