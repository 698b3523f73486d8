"""What a message costs beside a handler that does nothing, and what a ``kill -9`` loses. Run with ``make bench``."""
