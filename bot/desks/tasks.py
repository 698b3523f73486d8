"""What waits for an official, with the way to the console."""

from bot.desks.base import Counter, Sent, Told
from bot.desks.village import STAFF
from bot.effects import Say
from intake.reads.tasks import Task, tasks
from locales import Texts


async def take(at: Counter, sent: Sent) -> Told:
    """Count it."""
    official = sent.asker.official
    if official is None:
        return Told((Say("home.staff_only"),), then="home")
    async with at.reading() as db:
        found = await tasks(db, official, at.now)
    t, link = sent.given.texts, f"{sent.given.site}/admin/"
    if not found:
        return Told((Say("tasks.nothing", {"link": link}),), then=STAFF)
    lines = "\n".join(_line(t, task) for task in found)
    return Told((Say("tasks.waiting", {"lines": lines, "link": link}),), then=STAFF)


def _line(t: Texts, task: Task) -> str:
    line = t(f"tasks.{task.kind}", n=task.count)
    return t("tasks.late", line=line, n=task.late) if task.late else line
