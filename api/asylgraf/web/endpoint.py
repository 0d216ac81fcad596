"""The endpoint of a site; light to import, so that its graph loads while the pages are still imported."""

from __future__ import annotations

from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec
from asylgraf.web.settings import Settings


def open_endpoint(settings: Settings) -> Endpoint:
    """The endpoint of a site; its graph begins to load at once, in a process of its own."""
    files = tuple(str(path) for path in settings.extra)
    pool = Pool(Spec("law", files, derive="asylgraf.service.derived"), settings.limits)
    pool.spawn()
    return Endpoint(pool, settings.clock, cors=settings.cors)


async def start(endpoint: Endpoint) -> None:
    """Wait until the endpoint can answer about today."""
    await endpoint.pool.start()
    await endpoint.pool.warm(endpoint.pool.calendar.key(endpoint.clock.today(), None))
