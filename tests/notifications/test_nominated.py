"""Who applied for another household is told for whom, for they may have applied for many."""

from intake.filing import Application, receive
from intake.nominations import nominator_of, own_application
from tests.notifications.steps import review, said
from tests.world import World, answers, file_case, make_contact

SAID = {
    "relation": "volunteer",
    "by_name": "赵铁柱",
    "by_phone": "+8613800004321",
    "hindrance": "away",
    "agreement": "urgent",
}


async def test_a_nominator_reads_whose_application_it_is(world: World) -> None:
    contact = await make_contact(world)
    nominations = [
        Application(
            f"n{n}", contact, "nominate", 1, answers(n, world.village, head=head), nominator_of(SAID, None).to_json()
        )
        for n, head in ((21, "钱小花"), (22, "孙大海"))
    ]
    own = answers(23, world.village, head="李秀英")
    nominations.append(Application("n23", contact, "apply", 1, own, own_application(world.zhen)))
    async with world.units.begin() as unit:
        outcomes = await receive(await unit.db.connection(), unit.journal, nominations, unit.now)
    for outcome in outcomes:
        await review(world, outcome.case_id)  # type: ignore[union-attr]
    await review(world, await file_case(world, head="王建军"))
    heads = [text.partition("：")[0] for text in await said(world.database)]
    assert heads == [
        "您好，您替钱小花报的救助申请 410324-2022-00001（石门村）有新消息，请转告他家",
        "您好，您替孙大海报的救助申请 410324-2022-00002（石门村）有新消息，请转告他家",
        "您好，救助申请 410324-2022-00003（石门村）有新消息",
        "您好，救助申请 410324-2022-00004（石门村）有新消息",
    ]
