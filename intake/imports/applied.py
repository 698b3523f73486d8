"""Which households have applied this season."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.models import Case, Grant, Household, Need
from intake.procedure import State

_AT_ONCE = 1000
_APPLIED = (
    select(Household.id_index, Case.id, Need.state.label("need"), Grant.state.label("grant"))
    .join(Case, Case.household_id == Household.id)
    .join(Need, Need.case_id == Case.id)
    .outerjoin(Grant, Grant.case_id == Case.id)
    .where(Case.scheme_id == bindparam("scheme"), Household.id_index.in_(bindparam("indexes", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A household's case of the season; ``withdrawn`` says that it may apply again."""

    case_id: int
    withdrawn: bool


async def applied(connection: AsyncConnection, scheme_id: int, indexes: Collection[bytes]) -> dict[bytes, Applied]:
    """The cases of these households, by the blind index of the head's ID number."""
    found: dict[bytes, Applied] = {}
    wanted = list(indexes)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for row in await connection.execute(_APPLIED, {"scheme": scheme_id, "indexes": some}):
            withdrawn = (row.grant or row.need) == State.WITHDRAWN.value
            found[row.id_index] = Applied(row.id, withdrawn)
    return found
