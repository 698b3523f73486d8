"""Filing: an application becomes an immutable submission and, once per household and scheme, a case.

Works on many applications at once, in a handful of statements, because the chat files them in batches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from intake.corrections import Correction, correct, reach
from intake.events import Event, Journal
from intake.models import Case, Division, Household, Need, Scheme, SchemeVersion, Submission
from intake.normalise import Facts, normalise
from intake.outcomes import Corrected, Filed, FiledBefore, FiledByAnother, NoScheme, Outcome
from intake.procedure import State
from intake.reopening import reopen
from intake.scheme import SchemeContent
from intake.sent_before import sent_before
from store.cipher import keyring
from store.clock import china_date
from store.ids import new_id


@dataclass(frozen=True, slots=True)
class Application:
    """What a contact sends in. ``key`` is the same when the same application is sent again; ``nominator`` says who
    applies for another person; ``typed_by`` is the official who only copied what stood on paper."""

    key: str
    contact_id: int
    flow: str
    flow_version: int
    answers: Mapping[str, Any]
    nominator: Mapping[str, Any] | None = None
    typed_by: int | None = None


_ID_LABEL = "household.id_number"

# Built once: building a statement costs more than running it, and the chat files in every batch.
_SCHEMES = (
    select(Scheme.id, Scheme.county, Scheme.season, Scheme.version, Scheme.last_number, Scheme.closed_at)
    .where(Scheme.county.in_(bindparam("counties", expanding=True)))
    .order_by(Scheme.id)
    .with_for_update(key_share=True)
)
_CONTENTS = select(SchemeVersion.scheme_id, SchemeVersion.content).where(
    tuple_(SchemeVersion.scheme_id, SchemeVersion.version).in_(bindparam("versions", expanding=True))
)
_VILLAGES = select(Division.code).where(Division.code.in_(bindparam("villages", expanding=True)))
_HOUSEHOLDS = select(Household.id_index, Household.id).where(
    Household.id_index.in_(bindparam("indexes", expanding=True))
)
_CASES = select(
    Case.id, Case.scheme_id, Case.household_id, Case.contact_id, Case.number, Case.filed_at, Case.village
).where(
    Case.scheme_id.in_(bindparam("schemes", expanding=True)),
    Case.household_id.in_(bindparam("households", expanding=True)),
)
_COUNTED = update(Scheme).where(Scheme.id == bindparam("scheme")).values(last_number=bindparam("last"))
_INSERTS = {table: insert(table) for table in (Submission, Household, Case, Need)}


def id_index(id_number: str) -> bytes:
    """The blind index under which a household is found by its head's ID number."""
    return keyring().blind_index(_ID_LABEL, id_number)


@dataclass(slots=True)
class _Open:
    id: int
    county: str
    season: str
    content: SchemeContent
    last_number: int
    taken: int = 0

    def next_number(self) -> str:
        self.taken += 1
        return f"{self.county}-{self.season[:4]}-{self.last_number + self.taken:05d}"


async def receive(
    connection: AsyncConnection, journal: Journal, applications: Sequence[Application], now: datetime
) -> list[Outcome]:
    """File applications, in order; one outcome each.

    Raises:
        UnusableError: answers that make no application (a flow lets none through).
        IntegrityError: another process filed the same household meanwhile; try again to see it.
    """
    facts = [
        normalise(application.answers, china_date(now), (application.nominator or {}).get("phone", ""))
        for application in applications
    ]
    schemes = await _open_schemes(connection, facts, now)
    villages = await _known_villages(connection, facts)
    indexes = [id_index(fact.id_number) for fact in facts]
    households = await _households(connection, indexes)
    cases = await _cases(connection, schemes, households)
    again = await sent_before(connection, [application.key for application in applications])
    rows = _Rows()
    outcomes: list[Outcome] = []
    corrections: dict[int, Correction] = {}
    for application, fact, index in zip(applications, facts, indexes, strict=True):
        scheme = schemes.get(fact.village[:6]) if fact.village in villages else None
        if application.key in again:
            filed_now = cases.get((scheme.id, households.get(index, 0))) if scheme else None
            known = _known(filed_now, application, fact) if filed_now else NoScheme(fact.village)
            outcomes.append(again[application.key] or known)
            continue
        if scheme is None:
            outcomes.append(NoScheme(fact.village))
            continue
        submission_id = rows.submission(application, now)
        household_id = households.get(index)
        existing = cases.get((scheme.id, household_id)) if household_id is not None else None
        if existing is not None:
            corrections[len(outcomes)] = Correction(
                existing.case_id, application.contact_id, submission_id, fact, application.nominator
            )
            outcomes.append(_known(existing, application, fact))
            journal.add(Event(now, f"contact:{application.contact_id}", "case.again", f"case:{existing.case_id}"))
            continue
        if household_id is None:
            household_id = households[index] = rows.household(fact, index, now)
        else:
            rows.reached.append((household_id, fact))
        filed = rows.case(application, fact, scheme, household_id, submission_id, now)
        outcomes.append(filed)
        before = FiledBefore(filed.case_id, filed.number, now, fact.village)
        cases[(scheme.id, household_id)] = _Existing(filed.case_id, application.contact_id, before)
        data = {"number": filed.number, "village": fact.village, "nominated": application.nominator is not None}
        journal.add(Event(now, f"contact:{application.contact_id}", "case.filed", f"case:{filed.case_id}", data))
    await rows.write(connection)
    for scheme in schemes.values():
        if scheme.taken:
            last = scheme.last_number + scheme.taken
            await connection.execute(_COUNTED, {"scheme": scheme.id, "last": last})
    for place, correction in corrections.items():
        known = outcomes[place]
        if isinstance(known, FiledBefore) and await correct(connection, journal, correction, now):
            outcomes[place] = Corrected(known.case_id, known.number, known.filed_at, correction.facts.village)
        elif number := await reopen(connection, journal, correction, now):
            village = correction.facts.village
            hit = bool(schemes[village[:6]].content.disasters_of(village))
            outcomes[place] = Filed(correction.case_id, number, village, hit)
    return outcomes


def _content(application: Application) -> dict[str, Any]:
    content = {"answers": dict(application.answers), "nominator": application.nominator}
    return content if application.typed_by is None else {**content, "typed_by": application.typed_by}


@dataclass(frozen=True, slots=True)
class _Existing:
    case_id: int
    contact_id: int
    before: FiledBefore


def _known(existing: _Existing, application: Application, fact: Facts) -> Outcome:
    if existing.contact_id == application.contact_id:
        return existing.before
    return FiledByAnother(fact.village if fact.village == existing.before.village else "")


async def _open_schemes(connection: AsyncConnection, facts: Sequence[Facts], now: datetime) -> dict[str, _Open]:
    counties = {fact.village[:6] for fact in facts}
    rows = (await connection.execute(_SCHEMES, {"counties": list(counties)})).all()
    if not rows:
        return {}
    # Read after the lock: a version saved meanwhile would be missing from a joined row.
    versions = {"versions": [(row.id, row.version) for row in rows]}
    contents = {row.scheme_id: row.content for row in await connection.execute(_CONTENTS, versions)}
    today = china_date(now)
    found: dict[str, _Open] = {}
    for row in rows:
        content = SchemeContent.from_json(contents[row.id])
        if content.is_open(today) and row.closed_at is None:
            found[row.county] = _Open(row.id, row.county, row.season, content, row.last_number)
    return found


async def _known_villages(connection: AsyncConnection, facts: Sequence[Facts]) -> set[str]:
    villages = {fact.village for fact in facts}
    return set(await connection.scalars(_VILLAGES, {"villages": list(villages)}))


async def _households(connection: AsyncConnection, indexes: Sequence[bytes]) -> dict[bytes, int]:
    rows = await connection.execute(_HOUSEHOLDS, {"indexes": list(indexes)})
    return {row.id_index: row.id for row in rows}


async def _cases(
    connection: AsyncConnection, schemes: Mapping[str, _Open], households: Mapping[bytes, int]
) -> dict[tuple[int, int], _Existing]:
    if not households or not schemes:
        return {}
    among = {"schemes": [scheme.id for scheme in schemes.values()], "households": list(households.values())}
    rows = await connection.execute(_CASES, among)
    return {
        (row.scheme_id, row.household_id): _Existing(
            row.id, row.contact_id, FiledBefore(row.id, row.number, row.filed_at, row.village)
        )
        for row in rows
    }


class _Rows:
    """The rows of one call, written table by table at its end."""

    def __init__(self) -> None:
        self.submissions: list[dict[str, Any]] = []
        self.households: list[dict[str, Any]] = []
        self.cases: list[dict[str, Any]] = []
        self.needs: list[dict[str, Any]] = []
        self.reached: list[tuple[int, Facts]] = []
        """Households of an earlier season: they are called what they are called now, and reached where they are now."""

    def submission(self, application: Application, now: datetime) -> int:
        submission_id = new_id(now)
        row = {
            "id": submission_id,
            "key": application.key,
            "flow": application.flow,
            "flow_version": application.flow_version,
            "contact_id": application.contact_id,
            "content": _content(application),
            "sent_at": now,
        }
        self.submissions.append(row)
        return submission_id

    def household(self, fact: Facts, index: bytes, now: datetime) -> int:
        household_id = new_id(now)
        self.households.append(
            {
                "id": household_id,
                "id_index": index,
                "head": fact.head,
                "id_number": fact.id_number,
                "phone": fact.phone,
            }
        )
        return household_id

    def case(
        self,
        application: Application,
        fact: Facts,
        scheme: _Open,
        household_id: int,
        submission_id: int,
        now: datetime,
    ) -> Filed:
        case_id, number = new_id(now), scheme.next_number()
        self.cases.append(
            {
                "id": case_id,
                "number": number,
                "scheme_id": scheme.id,
                "household_id": household_id,
                "submission_id": submission_id,
                "contact_id": application.contact_id,
                "nominator": dict(application.nominator) if application.nominator else None,
                "filed_at": now,
                **fact.circumstances(),
            }
        )
        self.needs.append(
            {"case_id": case_id, "state": State.APPLIED.value, "accepted": False, "revision": 1, "changed_at": now}
        )
        return Filed(case_id, number, fact.village, bool(scheme.content.disasters_of(fact.village)))

    async def write(self, connection: AsyncConnection) -> None:
        for table, rows in (
            (Submission, self.submissions),
            (Household, self.households),
            (Case, self.cases),
            (Need, self.needs),
        ):
            if rows:
                await connection.execute(_INSERTS[table], rows)
        await reach(connection, self.reached)
