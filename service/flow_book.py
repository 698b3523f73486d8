"""What the console shows of the talks: their pictures, made from the flows themselves, and their funnels."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.context import FlowPicture, Share, Step
from bot.answers.base import Given
from bot.flow import Flow, Question
from bot.flows import FLOWS
from bot.models import StepCount
from bot.render import wording
from bot.session import REVIEW
from bot.tally import WHAT
from locales import Texts
from service.condition_words import condition_words
from service.world import KnownWorld
from store.clock import Clock, china_date


class FlowBook:
    """An :class:`admin.context.FlowBook` over the flows of this release."""

    def __init__(self, world: KnownWorld, clock: Clock) -> None:
        self._world = world
        self._clock = clock

    def pictures(self, t: Texts) -> tuple[FlowPicture, ...]:
        """Every flow, in the order of the menus."""
        given = self._world().given(t, china_date(self._clock.now()))
        return tuple(_picture(flow, given) for flow in FLOWS.values())

    async def funnel(self, db: AsyncSession, flow: str, since: date, channel: str, language: str) -> tuple[Share, ...]:
        """The counts of a flow's questions since a day, on one channel or language, or on all where empty."""
        sums: list[Any] = [func.sum(getattr(StepCount, what)).label(what) for what in WHAT]
        query = select(StepCount.question, *sums).where(StepCount.flow == flow, StepCount.day >= since)
        if channel:
            query = query.where(StepCount.channel == channel)
        if language:
            query = query.where(StepCount.language == language)
        rows = await db.execute(query.group_by(StepCount.question))
        return tuple(Share(row.question, *(int(getattr(row, what)) for what in WHAT)) for row in rows)


def _picture(flow: Flow, given: Given) -> FlowPicture:
    t = given.texts
    steps = tuple(_step(flow, question, given) for question in flow.questions)
    if flow.review:
        steps = (*steps, Step(REVIEW, t("admin.flow.review"), t("review.title"), (), t("review.send"), ""))
    return FlowPicture(flow.name, t(f"home.{flow.name}"), flow.version, steps, t("admin.flow.ends"))


def _step(flow: Flow, question: Question, given: Given) -> Step:
    t = given.texts
    ask = wording(flow, question, given)
    choices = tuple(label for _, label in question.answer.choices(replace(given, answers={})))
    key = f"example.{question.answer.kind}"
    example = t(key) if t.has(key) else choices[0] if choices else ""
    condition = condition_words(question.when, flow, given) if question.asked else t("admin.flow.not_asked")
    return Step(question.key, t(flow.text(question, "name")), ask, choices, example, condition)
