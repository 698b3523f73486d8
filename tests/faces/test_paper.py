"""Form 1 on paper is the county's own form: its headings in its order, on one page of A4, as PDF and as Word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from admin.qr import modules
from bot.answers.base import Given
from bot.answers.count import Count
from bot.answers.yes import Yes
from bot.faces.paper import Filed, Sheet, pdf, sheet, word
from bot.flow import Question
from bot.flows.apply import apply
from bot.flows.nominate import nominate
from intake.papers.glyphs import MissingGlyphsError, covered
from intake.papers.qr import Code
from intake.papers.typesetting import FONT
from locales import texts
from tests.bot.test_talks import bot_world
from tests.faces.drawn import Drawn, as_office, as_pdf
from tests.world import SHIMEN, answers, resident_id

HEADINGS = (
    "受灾人员生活困难救助申请表",
    "所在区域：",
    "县（市、区）",
    "乡镇（街道）",
    "填表日期：",
    "户主姓名",
    "身份证号码",
    "联系方式",
    "家庭人口",
    "需救助人口",
    "家庭地址",
    "村（居）",
    "自然村（组）",
    "受灾家庭类别（可多选）",
    "遭受灾种类型（可多选）",
    "申请救助类别（可多选）",
    "救助申请理由",
    "申请人（提名人）签名：",
    "备注",
    "注：1.本表一式一份，由村（居）委会留存。2.老年人、残疾人、丧失劳动能力的重病患者等特殊受灾困难群众，"
    "本人办理申请手续困难的特殊群体由村小组向村委提名。",
)
BOXES = (
    "□倒房重建户□脱贫户□因灾致贫返贫户□受灾低保对象□受灾低保边缘户□分散供养特困人员□散居孤儿□留守老人□留守儿童□残疾人"
    "□生活困难的优抚对象□因学生上学导致的困难家庭□因病或突发事故导致的困难家庭□一般户□其他困难户",
    "□干旱□洪涝□风雹□地震□雪灾□滑坡□泥石流□生物灾害□低温冷冻",
    "□冬春生活困难救助□旱灾生活困难救助□灾害应急救助□因灾临时生活救助□遇难人员家属抚慰□过渡性生活救助□倒塌和损坏住房恢复重建",
)
LINK = f"https://nuandong.example.cn/chat?v={SHIMEN}"
Show = Callable[[Sheet], Drawn]


@pytest.fixture
def given() -> Given:
    return bot_world().given(texts(), date(2022, 11, 1))


@pytest.fixture(params=["pdf", "docx"])
def show(request: pytest.FixtureRequest, tmp_path: Path) -> Show:
    """Draws a form in both ways."""
    if request.param == "pdf":
        return lambda page: as_pdf(pdf(page), tmp_path)
    return lambda page: as_office(word(page), tmp_path)


def in_order(text: str, parts: tuple[str, ...]) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, (part, text[at:])
        at = found + len(part)


def test_the_blank_form_is_the_countys_form_with_the_villages_code(given: Given, show: Show) -> None:
    drawn = show(sheet(apply, given, SHIMEN, code=Code(modules(LINK), ("扫码也能申请",))))
    text = drawn.text.replace("_", "")
    in_order(text, HEADINGS)
    assert drawn.boxes == "".join(BOXES)
    assert "栾川县（市、区）潭头乡镇（街道）石门村" in text
    assert "石门村（居）自然村（组）" in text
    assert "年月日" in text
    assert drawn.codes() == [LINK]
    assert drawn.pages == 1
    assert "A4" in drawn.size


def test_the_filled_form_says_what_was_sent(given: Given, show: Show) -> None:
    said = answers(
        7, SHIMEN, head="买买提·吐尔逊江", categories=["disabled", "ordinary"], reason="粮食不够吃。\n" * 9 + "房" * 130
    )
    page = sheet(apply, given, SHIMEN, said, Filed("410324-2022-00001", date(2022, 11, 1), "赵大山（村民组长）"))
    drawn = show(page)
    text = drawn.text
    in_order(text, HEADINGS)
    for part in ("买买提·吐尔逊江", resident_id(7), "13800000007", "三组自然村（组）"):
        assert part in text, part
    ticked = "".join(BOXES)
    for box in ("□残疾人", "□一般户", "□风雹", "□冬春生活困难救助"):
        ticked = ticked.replace(box, box.replace("□", "■"))
    assert drawn.boxes == ticked
    assert "签名：赵大山（村民组长）" in text
    assert "填表日期：2022年11月1日" in text
    assert "申请编号410324-2022-00001" in text
    assert "房" * 20 in text
    assert drawn.pages == 1
    assert drawn.codes() == []


def test_a_new_question_is_one_more_row_on_the_paper(given: Given, show: Show) -> None:
    rooms, agreed = Question("household_size", Count(0, 20)), Question("consent", Yes())
    longer = replace(apply, questions=(*apply.questions, rooms, agreed))
    drawn = show(sheet(longer, given, SHIMEN))
    in_order(drawn.text, ("户主姓名", "家庭人口", "备注", "家庭人口", "同意", "注：1."))
    assert drawn.boxes == "".join(BOXES) + "□是□不是"
    assert drawn.pages == 1


def test_who_nominates_has_the_whole_form_on_one_page(given: Given, show: Show) -> None:
    drawn = show(sheet(nominate, given, SHIMEN))
    assert drawn.boxes.startswith("□村民组长")
    in_order(drawn.text, ("您是他家的", "您的姓名", "户主姓名", "身份证号码", "不能自己申请的原因", "联系方式", "备注"))
    assert drawn.pages == 1


def test_without_a_village_all_of_the_area_is_written_by_hand(given: Given, tmp_path: Path) -> None:
    text = as_pdf(pdf(sheet(apply, given)), tmp_path).text
    assert "所在区域：县（市、区）乡镇（街道）村" in text


def test_rare_characters_are_printed_or_named_never_an_empty_box(given: Given, tmp_path: Path) -> None:
    def filled(head: str, **more: str) -> Sheet:
        return sheet(apply, given, SHIMEN, answers(1, SHIMEN, head=head, **more))

    for head in ("张䶮", "买买提·吐尔逊江", "张𬱖"):
        assert head in as_pdf(pdf(filled(head)), tmp_path).text
    with pytest.raises(MissingGlyphsError) as refused:
        pdf(filled("张𠮷", reason="没粮了😢，𠮷"))
    assert refused.value.characters == ("𠮷", "😢")
    assert "𠮷" in as_office(word(filled("张𠮷")), tmp_path).text


def test_what_was_typed_is_no_markup(given: Given, show: Show) -> None:
    typed = '#set page(paper: "a5") *A<b>&amp; $x$ [#pagebreak()] {{ a }}\x00\ufffe'
    drawn = show(sheet(apply, given, SHIMEN, answers(1, SHIMEN, reason=typed.replace("\x00\ufffe", ""))))
    assert '#setpage(paper:"a5")*A<b>&amp;$x$[#pagebreak()]{{a}}' in drawn.text
    assert drawn.pages == 1


def test_word_leaves_out_what_no_document_can_hold(given: Given, tmp_path: Path) -> None:
    said = answers(1, SHIMEN, reason="没粮\x00\x0b\ud800\ufffe了")
    assert "没粮了" in as_office(word(sheet(apply, given, SHIMEN, said)), tmp_path).text


def test_the_font_is_read_as_its_maker_says() -> None:
    known = covered(FONT)
    assert len(known) > 30_000
    assert {ord(one) for one in "□■·䶮𬱖年"} <= known
    assert ord("𠮷") not in known
    assert 0xFFFF not in known


def test_a_village_that_is_not_there_is_an_error(given: Given) -> None:
    with pytest.raises(KeyError):
        sheet(apply, given, "999999999999")
