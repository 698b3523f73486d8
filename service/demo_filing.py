"""A household of the demo county applies: what ``intake.filing`` leaves of one application, gathered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.flows import FLOWS
from intake.filing import id_index
from intake.models import Case, Contact, Household, Need, Submission
from intake.normalise import normalise
from intake.procedure import Pass, State
from locales import HOME
from service.demo_member import Member, Season
from service.demo_rows import Rows
from store.clock import china_date


def file(
    rows: Rows,
    season: Season,
    at: datetime,
    number: str,
    answers: Mapping[str, Any],
    nominator: Mapping[str, Any] | None,
) -> Member:
    """File one application under the case number ``number``, from a contact of its own."""
    form = normalise(answers, china_date(at))
    flow = FLOWS["nominate" if nominator else "apply"]
    contact, submission, household, case = (rows.new_id(at) for _ in range(4))
    rows.add(Contact, id=contact, channel="web", address=f"demo-county-{number}", language=HOME, created_at=at)
    rows.add(
        Submission,
        id=submission,
        key=f"demo-county:{number}",
        flow=flow.name,
        flow_version=flow.version,
        contact_id=contact,
        content={"answers": dict(answers), "nominator": nominator},
        sent_at=at,
    )
    row = rows.add(
        Household,
        id=household,
        id_index=id_index(form.id_number),
        head=form.head,
        id_number=form.id_number,
        phone=form.phone,
        bank_card=None,
        card_holder=None,
    )
    rows.add(
        Case,
        id=case,
        number=number,
        scheme_id=season.scheme_id,
        household_id=household,
        submission_id=submission,
        contact_id=contact,
        nominator=nominator,
        filed_at=at,
        **form.circumstances(),
    )
    stage = rows.add(Need, case_id=case, state=State.APPLIED.value, accepted=False, revision=1, changed_at=at)
    data = {"number": number, "village": form.village, "nominated": nominator is not None}
    rows.tell(at, f"contact:{contact}", "case.filed", f"case:{case}", **data)
    return Member(number, case, household, contact, form, Pass.NEED, stage, row)
