"""Goods on the official papers: every paper says what the handouts say, to the fen."""

from pathlib import Path

from intake.handouts import take_back_handout
from intake.papers.money import fen_of_wan, wan
from intake.procedure import Pass
from intake.reads.papers.evaluation import evaluation_facts
from intake.reads.papers.form2 import form2_facts
from intake.reads.papers.form3 import form3_facts
from intake.reads.papers.form4 import form4_facts
from intake.reads.papers.statistics import statistics_facts
from tests.admin.conftest import Console
from tests.admin.test_papers import T, area, paper
from tests.intake.booking import frozen, granted, handed, quilts


async def test_L10_forms_statistics_and_evaluation_have_the_goods_of_the_handouts(
    console: Console, tmp_path: Path
) -> None:
    world = console.world
    fund = await quilts(world, 7, 1000_00, world.zhen)
    one, two, three = [await granted(world) for _ in range(3)]
    await frozen(world, [one, two, three])
    await handed(world, one, {fund.id: 2})
    await handed(world, two, {fund.id: 3})
    (wrong,) = await handed(world, three, {fund.id: 1})
    async with world.units.begin() as unit:
        await take_back_handout(unit, world.zhen, three, wrong.id, "发错了户")
    township, worth = await area(console, "zhen", world.village[:9]), 285_71 + 428_57
    async with world.database.read() as db:
        form2, form4 = await form2_facts(db, township, Pass.GRANT), await form4_facts(db, township)
        need, register = await form2_facts(db, township, Pass.NEED), await form3_facts(db, township, Pass.GRANT)
        given = await statistics_facts(db, township, "given", ())
        needed = await statistics_facts(db, township, "need", ())
        report = await evaluation_facts(db, township)
    assert form2.decided == form4.sum == form2.audited
    assert form4.sum.goods_fen == worth
    assert [row.goods for row in form4.rows] == ["棉被2床", "棉被3床", ""]
    assert need.decided is not None and need.decided.goods_fen == 0
    assert {row.goods for row in register.rows} == {""}, "what is needed is not what was given"
    assert [row.goods_fen for row in given.rows] == [285_71, 428_57]
    assert {row.goods_fen for row in needed.rows} == {None}
    assert (report.total().goods_fen, report.supplied) == (worth, 2)
    code = world.village[:9]
    drawn = await paper(console.zhen, f"/admin/papers/{code}/form2.pdf", tmp_path, pass_="grant")
    assert f"价值{wan(worth)}万元" in drawn.text and fen_of_wan(wan(worth)) == worth
    listed = await paper(console.zhen, f"/admin/papers/{code}/form4.xlsx", tmp_path)
    assert "棉被3床" in listed.text and "物资折款714.28元" in listed.text
    counted = await paper(console.xian, f"/admin/papers/{code}/statistics.xlsx", tmp_path, sheet="given")
    assert "物资" in counted.text and "物资折款714.28元" in counted.text
    assert T("papers.evaluation.goods", households=2, yuan="714.28").strip() == "已发放物资2户，折款714.28元。"
