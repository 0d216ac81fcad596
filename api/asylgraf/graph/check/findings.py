"""What a check finds, and where in the files it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from asylgraf.namespaces import short

Severity = Literal["error", "warning", "skipped"]


@dataclass(frozen=True)
class Finding:
    """One thing found: which check found it, what it is about, where that stands, and a sentence."""

    check: str
    severity: Severity
    message: str
    focus: str | None = None
    where: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong; a check that was skipped is not."""
        return self.severity != "skipped"

    def __str__(self) -> str:
        place = " ".join(
            part for part in (self.where, f"<{short(self.focus)}>" if self.focus else "") if part
        )
        return f"{place or self.check}: {self.severity}: {self.message}"

    def to_json(self) -> Mapping[str, str | None]:
        """The finding as plain values."""
        return {
            "check": self.check,
            "severity": self.severity,
            "message": self.message,
            "focus": self.focus,
            "where": self.where,
        }
