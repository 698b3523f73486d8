"""In what hardship people are found, and where a discovery stands (G1). Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from intake.procedure import Role
from intake.referral_codes import URGENT_WITHIN

SITUATIONS = (
    "no_food",
    "no_warmth",
    "house_unsafe",
    "ill",
    "old_alone",
    "child_alone",
    "disabled",
    "no_income",
    "homeless",
    "other",
)
"""没吃的, 没棉衣棉被, 房子不安全, 生病受伤, 老人独居, 孩子没人管, 残疾, 没收入, 流浪, 其他."""

WORKERS = frozenset({Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.CIVIL})
"""Who sees visits, people found and referrals of their area, and goes to look."""

LOOK_WITHIN = timedelta(days=3)
"""By when somebody has to have looked where nobody said that it is urgent."""


class DiscoveryState(StrEnum):
    """What became of someone who was found in need."""

    NEW = "new"
    VISITED = "visited"
    APPLIED = "applied"
    NO_NEED = "no_need"


OUTCOMES: dict[DiscoveryState, tuple[DiscoveryState, ...]] = {
    DiscoveryState.NEW: (DiscoveryState.VISITED, DiscoveryState.APPLIED, DiscoveryState.NO_NEED),
    DiscoveryState.VISITED: (DiscoveryState.APPLIED, DiscoveryState.NO_NEED),
}
"""What may follow; someone who was visited may apply afterwards."""


def due_at(found_at: datetime, *, urgent: bool) -> datetime:
    """By when somebody has to have looked."""
    return found_at + (URGENT_WITHIN if urgent else LOOK_WITHIN)
