"""The demo's house, furnished so that no page is empty, and where in it everything stands."""

from sqlalchemy import func, select, update

from intake.access import Official
from intake.imports.deciding import confirm
from intake.imports.keeping import Sent, digest_of, keep, prepare
from intake.imports.kinds import Kind
from intake.models import (
    BankReturn,
    Batch,
    Case,
    Discovery,
    Fund,
    Grant,
    Handover,
    Household,
    ImportFile,
    Need,
    Notice,
    Objection,
    PaymentList,
    Referral,
    Report,
    Review,
    Scheme,
    Staff,
    Visit,
)
from intake.procedure import Pass, State
from locales import texts
from service.list_book import ListBook
from tests.faces.workbooks import LAST_HEADINGS, book, household, listed, number_of
from tests.house.town import Town
from tests.world import SHIMEN


async def furnish(town: Town) -> None:
    """What the demo's story leaves out: all its village officials may sign in; one of them has read a list."""
    async with town.house.database.write() as db:
        known = select(Staff.password_hash).where(Staff.username == "cun").scalar_subquery()
        await db.execute(update(Staff).where(Staff.username.startswith("cun.")).values(password_hash=known))
    await read_lists(town)


async def read_lists(town: Town) -> None:
    """Last year's list, confirmed, and a preview of paper applications with every kind of row."""
    house = town.house
    lists = ListBook(house.world, house.clock)
    async with house.database.read() as db:
        cun = Official.of((await db.scalars(select(Staff).where(Staff.username == "cun"))).one())
        scheme = (await db.scalars(select(Scheme.id))).one()
        known = (await db.scalars(select(Household).join(Case).where(Case.village == SHIMEN))).first()
    lines = [household(at, 户主姓名="李秀英") for at in range(901, 905)]
    lines += [household(905, 身份证号码="4.10324E+17"), household(906, 需救助人口=9), ["合计", None, None, 20, 15]]
    lines += [household(907, 身份证号码=known.id_number)] if known else []
    last = [["王建国", number_of(at), 4, SHIMEN] for at in range(911, 914)]
    for kind, body in ((Kind.LAST, book(LAST_HEADINGS, *last)), (Kind.APPLY, listed(*lines))):
        prepared = prepare(await lists.read(cun, kind, body, lambda _village: True))
        name = texts()(f"admin.import.kind.{kind.value}")
        sent = Sent(f"{name}.xlsx", digest_of(body), kind, lists.version(kind))
        async with house.units.begin() as unit:
            file_id, _ = await keep(unit, cun, scheme, sent, prepared)
            if kind is Kind.LAST:
                await confirm(unit, cun, file_id)


async def landmarks(town: Town) -> dict[str, str]:
    """Villages and cases of the demo's story by how far they have come: ``grant_applied`` is a village where some wait
    for the second review, ``need_posted`` one with a running notice, ``need_notice`` that notice; and the newest of
    everything else."""
    found: dict[str, str] = {}
    async with town.house.database.read() as db:
        for pass_, stage in ((Pass.NEED, Need), (Pass.GRANT, Grant)):
            cases = select(Case.village).join(stage, stage.case_id == Case.id)
            for state in (State.APPLIED, State.REVIEWED):
                first = await db.scalars(cases.where(stage.state == state.value).order_by(Case.id).limit(1))
                found[f"{pass_.value}_{state.value}"] = first.one()
            disputed = select(Notice).join(Objection).where(Notice.pass_ == pass_.value, Objection.settled_at.is_(None))
            notice = (await db.scalars(disputed)).one()
            found |= {f"{pass_.value}_notice": str(notice.id), f"{pass_.value}_posted": notice.village}
        for digits, name in ((9, "batch"), (12, "register")):
            newest = select(Batch).where(func.length(Batch.division) == digits).order_by(Batch.id.desc()).limit(1)
            frozen = (await db.scalars(newest)).one()
            found |= {name: str(frozen.id), f"{name}_of": frozen.division}
        for state in (State.PAID, State.ACCEPTED):
            granted = select(Grant.case_id).where(Grant.state == state.value).order_by(Grant.case_id).limit(1)
            found[f"{state.value}_case"] = str((await db.scalars(granted)).one())
        first = await db.scalars(select(Fund.id).where(Fund.passed_from.is_(None)).order_by(Fund.recorded_at).limit(1))
        found["fund"] = str(first.one())
        for list_state in ("made", "released", "closed"):
            of_state = select(PaymentList.id).where(PaymentList.state == list_state).order_by(PaymentList.id).limit(1)
            found[f"list_{list_state}"] = str((await db.scalars(of_state)).one())
        answered = (await db.scalars(select(BankReturn).order_by(BankReturn.id).limit(1))).one()
        found |= {"returned_list": str(answered.list_id), "bank_return": str(answered.id)}
        for table in (Handover, Report, Visit, Discovery, Referral, ImportFile, Review):
            newest = await db.scalars(select(table.id).order_by(table.id.desc()).limit(1))
            found[table.__tablename__] = str(newest.one())
        lists = select(ImportFile.id).where(ImportFile.kind == Kind.LAST.value)
        found["last_list"] = str((await db.scalars(lists)).one())
    return found
