"""Which services help beside winter relief, who answers for each, by when, and which comes next (X3, M2). Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from intake.procedure import Role

SERVICES = (
    "temporary",
    "subsistence",
    "destitute",
    "housing",
    "water",
    "power",
    "heating",
    "medical",
)
"""临时救助, 低保, 特困供养, 住房, 饮水, 用电, 取暖物资, 看病."""

NEXT: Mapping[str, str] = {"temporary": "subsistence", "subsistence": "destitute"}
"""The chain of X3 from temporary relief on: who is still in hardship is passed on to the next service."""

ANSWERERS: Mapping[str, frozenset[Role]] = {
    "temporary": frozenset({Role.TOWNSHIP, Role.CIVIL}),
    "subsistence": frozenset({Role.CIVIL}),
    "destitute": frozenset({Role.CIVIL}),
    "housing": frozenset({Role.COUNTY}),
    "water": frozenset({Role.COUNTY}),
    "power": frozenset({Role.COUNTY}),
    "heating": frozenset({Role.COUNTY}),
    "medical": frozenset({Role.COUNTY}),
}
"""Who ends a referral to a service. Social assistance is the civil affairs bureau's; temporary relief may be the
township's too, where few are hit (X3)."""

URGENT_WITHIN = timedelta(hours=24)
"""By when an urgent need has to be met, or somebody has to have looked (G5: not left overnight)."""
MEET_WITHIN = timedelta(days=5)
"""By when any other referral has to be answered. The county's scheme names no time; five days is a notice's time."""


class ReferralState(StrEnum):
    """Where a referral stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


def answered_by(role: Role) -> tuple[str, ...]:
    """The services that a role answers for."""
    return tuple(service for service in SERVICES if role in ANSWERERS[service])
