"""What the garbage collector is told, once a process is ready to serve."""

import gc

_ROUNDS = (50_000, 20, 10)
"""How many new objects make a round, and how many rounds make one over the older ones. Nearly all that a message makes
is freed without the collector; by default it walks through everything there is so often that each time 128 people wait
a fifth of a second, a quarter of all the time."""


def settle() -> None:
    """Take what lives as long as the process (code, catalogs, places) out of the collector's rounds, and make those
    rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_ROUNDS)
