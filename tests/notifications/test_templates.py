"""Every step of the procedure is told, in words that exist."""

import re

import pytest

from intake.procedure import TABLE
from locales import texts
from notifications.render import render
from notifications.templates import AMOUNT, CLOSES_AT, PAYMENT, QUIET, REASON, TEMPLATES, Template

COMMON = {
    "number": "LC2022-000001",
    "village": "石门村",
    "hotline": "66789599",
    "phone": "66781234",
    "days": 5,
    "appeal_days": 15,
}
FACTS: dict[str, dict[str, object]] = {
    REASON: {"reason": "家里有固定工资"},
    CLOSES_AT: {"closes_at": "2022-11-06T04:00:00+00:00"},
    AMOUNT: {"tier": "heavier", "amount_fen": 600_00},
    PAYMENT: {"amount_fen": 600_00, "paid_on": "2022-12-30", "card_end": "5678"},
}
EACH = sorted({template.key: template for template in TEMPLATES.values()}.items())


def told(template: Template) -> str:
    facts: dict[str, object] = {"due_on": "2023-01-22", **COMMON}
    for need in template.needs:
        facts |= FACTS[need]
    return render("zh_Hans_CN", template.key, facts)


def test_L8_every_step_of_both_passes_is_told() -> None:
    assert set(TEMPLATES) == {(row.pass_, row.action) for row in TABLE if row.action not in QUIET}


@pytest.mark.parametrize(("key", "template"), EACH, ids=[key for key, _ in EACH])
def test_every_text_exists_and_is_short_and_names_case_and_hotline(key: str, template: Template) -> None:
    text = told(template)
    assert texts().has(key)
    assert "{" not in text
    assert "LC2022-000001" in text and "石门村" in text
    assert "举报投诉电话 66789599" in text
    assert len(re.findall(r"[\u4e00-\u9fff]", text)) <= 120


@pytest.mark.parametrize(("key", "template"), EACH, ids=[key for key, _ in EACH])
def test_L8_who_is_refused_or_sent_back_is_told_why_and_nobody_else_reads_reasons(key: str, template: Template) -> None:
    told_why = "家里有固定工资" in told(template)
    assert told_why is bool(re.search(r"refused|cut|returned|upheld|asked|appeal_|reopened", key))


def test_money_and_days_are_written_as_people_write_them() -> None:
    text = told(Template("message.paid", frozenset({PAYMENT})))
    assert "¥600.00" in text and "2022年12月30日" in text and "尾号 5678" in text


def test_the_end_of_a_notice_is_told_in_chinese_time() -> None:
    assert "2022年11月6日 12:00" in told(Template("message.need.on_notice", frozenset({CLOSES_AT})))


def test_a_tier_of_the_countys_own_is_shown_by_its_code() -> None:
    text = render("zh_Hans_CN", "message.grant.reviewed", {**COMMON, "tier": "一档", "amount_fen": 100})
    assert "一档，¥1.00" in text
