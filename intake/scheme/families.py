"""The family types of forms 3 and 4. Pure."""

from collections.abc import Mapping, Sequence

_ORDINARY = "ordinary"


def family_of(families: Mapping[str, str], categories: Sequence[str]) -> str:
    """The family type of forms 3 and 4 for the categories of form 1: by the scheme, whose first match wins."""
    return next((family for category, family in families.items() if category in categories), _ORDINARY)
