"""How the site is run: where it listens, what it serves, and what day it is."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from asylgraf.sparql.clock import Clock
from asylgraf.sparql.limits import Limits

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Settings:
    """Everything the site can be told; nothing comes from elsewhere."""

    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    extra: tuple[Path, ...] = ()
    releases: Path | None = None
    """A folder with archives of older versions, which answer when their version is asked for."""
    store: Path | None = None
    """A folder with a researcher's own graphs, which SPARQL sees beside the law."""
    limits: Limits = field(default_factory=Limits)
    origin: str | None = None
    """The origin whose pages may read answers, where not everyone's may."""
    now: Callable[[], datetime] = _now

    @property
    def clock(self) -> Clock:
        """The calendar of the place where decisions are made."""
        return Clock(self.now)

    @property
    def hosts(self) -> frozenset[str]:
        """The names a visitor may call the site by; others are refused (DNS rebinding)."""
        own = () if _is_unspecified(self.host) else (f"[{self.host}]" if ":" in self.host else self.host,)
        return LOOPBACK | {name.lower() for name in (*own, *self.allowed_hosts)}

    @property
    def cors(self) -> str | None:
        """Pages elsewhere may read what everyone has: only while nothing but the shipped graph is served."""
        return self.origin or (None if self.extra or self.store else "*")


def _is_unspecified(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
