"""A fresh demo has something to look at on every page: visits, people in need, referrals, reports, talks for a human."""

from sqlalchemy import func, select

from intake.events import verify
from intake.models import Contact, Discovery, Handover, Referral, Report, Staff, Visit
from tests.house.town import open_town


async def test_a_fresh_demo_has_visitors(database_url: str) -> None:
    async with open_town(database_url) as town:
        async with town.house.database.read() as db:
            states = {
                table.__tablename__: sorted(await db.scalars(select(table.state)))
                for table in (Discovery, Referral, Report)
            }
            visits = (await db.scalars(select(Visit))).all()
            talks = (await db.scalars(select(Handover).order_by(Handover.id))).all()
            cadre = await db.scalar(select(Staff.id).where(Staff.username == "cun"))
            bound = await db.scalar(select(func.count()).where(Contact.staff_id == cadre))
            assert isinstance(await verify(await db.connection()), int)
        assert states == {
            "discovery": ["new", "new", "visited"],
            "referral": ["done", "open", "open"],
            "report": ["looking", "received"],
        }
        assert len(visits) == 3 and {visit.staff_id for visit in visits} == {cadre} and bound == 1
        assert [talk.ended_at is None for talk in talks] == [False, True]
        for username, path, words in (
            ("cun", "/admin/visits", "很急"),
            ("zhen", "/admin/discoveries", "还没人去看"),
            ("xian", "/admin/referrals", "修房或找住处"),
            ("jijian", "/admin/reports", "在查"),
            ("xian", "/admin/handovers", "还没人回"),
        ):
            seen = await (await town.browser(username)).get(path)
            assert words in seen.text, path
