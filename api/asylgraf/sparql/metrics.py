"""What an operator may know of the endpoint; never what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from asylgraf.sparql.endpoint import Endpoint


def health(endpoint: Endpoint) -> dict[str, Any]:
    """Whether the endpoint answers, and of what graph."""
    pool = endpoint.pool
    return {
        "status": "ok" if pool.alive else "starting",
        "version": pool.calendar.digest[:12] if pool.alive else None,
        "workers": pool.limits.workers,
        "running": pool.turns.active,
        "waiting": pool.turns.queued,
        "snapshots": pool.snapshots,
    }


def measured(endpoint: Endpoint) -> bytes:
    """The counters in the format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(_Collector(endpoint))
    return generate_latest(registry)


class _Collector:
    """Reads the endpoint's own counters when asked."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def collect(self) -> Iterator[Metric]:
        """Every measurement."""
        from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily

        answers = CounterMetricFamily("asylgraf_answers", "Answers by status", labels=["status"])
        for status, number in sorted(self._endpoint.statuses.items()):
            answers.add_metric([str(status)], number)
        yield answers
        pool, cache = self._endpoint.pool, self._endpoint.cache
        yield CounterMetricFamily("asylgraf_cache_hits", "Answers from memory", value=cache.hits)
        yield CounterMetricFamily("asylgraf_cache_misses", "Answers from a worker", value=cache.misses)
        yield CounterMetricFamily("asylgraf_workers_replaced", "Workers killed or retired", value=pool.kills)
        yield GaugeMetricFamily("asylgraf_cache_bytes", "Bytes of answers kept", value=cache.used)
        yield GaugeMetricFamily("asylgraf_queries_running", "Queries in a worker", value=pool.turns.active)
        yield GaugeMetricFamily("asylgraf_queries_waiting", "Queries in the queue", value=pool.turns.queued)
        yield GaugeMetricFamily(
            "asylgraf_spool_bytes", "Bytes on disk for slow readers", value=pool.disk.used
        )
        yield GaugeMetricFamily("asylgraf_snapshots", "Days kept ready", value=pool.snapshots)
