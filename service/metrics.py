"""Counters for operators: what happened, how often, never to whom."""

from prometheus_client import CollectorRegistry, Counter, generate_latest


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._messages = Counter(
            "nuandong_channel_messages",
            "Messages by channel and outcome",
            ("channel", "outcome"),
            registry=self.registry,
        )

        self._deliveries = Counter(
            "nuandong_deliveries",
            "Tries to deliver a notification, by channel and what came of it",
            ("channel", "outcome"),
            registry=self.registry,
        )

    def count_delivery(self, channel: str, outcome: str) -> None:
        """One more try to deliver on a channel."""
        self._deliveries.labels(channel, outcome).inc()

    def count(self, channel: str, outcome: str) -> None:
        """One more message of a channel with an outcome."""
        self._messages.labels(channel, outcome).inc()

    def text(self) -> bytes:
        """All counters in the format that Prometheus reads."""
        return generate_latest(self.registry)
