"""Made-up papers."""

from collections.abc import Callable
from datetime import date, datetime

from admin.qr import modules
from intake.papers.annex1 import Affected, Annex1, annex1
from intake.papers.evaluation import Evaluation, Line, evaluation
from intake.papers.form2 import Form2, form2
from intake.papers.form3 import Form3, Registered, form3
from intake.papers.form4 import Form4, Paid, form4
from intake.papers.minutes import Judged, Minutes, minutes
from intake.papers.model import Paper
from intake.papers.poster import Posted, Poster
from intake.papers.qr import Code
from intake.papers.statistics import Counted, Statistics, statistics
from intake.papers.words import Place, Sum
from locales import texts
from store.clock import CHINA
from tests.world import resident_id

T = texts()
PLACE = Place("栾川", "潭头", "石门")
FAMILIES = ("destitute", "subsistence", "other", "ordinary")
NAMES = ("张䶮", "买买提·吐尔逊江", "李𬱖", "=王建国")


def registered(number: int, cut: bool = False) -> Registered:
    """One household of form 3."""
    head, family = NAMES[number % 4], FAMILIES[number % 4]
    group = ("一组", "东沟自然村", "")[number % 3]
    return Registered(head, resident_id(number), family, 4, 3, None if cut else 300_00 + number, "", group, cut)


def paid(number: int, place: str = "") -> Paid:
    """One household of form 4."""
    return Paid(NAMES[number % 4], 5, 3, f"62284800{number:011d}", FAMILIES[number % 4], 600_00, "棉被1床", place)


def form3_sample() -> Paper:
    """A village of 13 households, one of them cut."""
    return form3(T, Form3(PLACE, [registered(number, number == 5) for number in range(13)], audited=True))


def form4_sample() -> Paper:
    """A township's list of two villages."""
    rows = [paid(number, "潭头镇石门村" if number < 5 else "潭头镇赵庄村") for number in range(9)]
    return form4(T, Form4(Place("栾川", "潭头"), rows))


def evaluation_sample() -> Paper:
    """A season of two townships."""
    lines = (Line("潭头镇", 12, 9, 27, 8, 20, 4000_00, 6, 3000_00), Line("庙子镇", 5, 4, 12, 3, 9, 1500_50, 0, 0))
    facts = Evaluation(
        place="栾川县",
        scheme="栾川县2022-2023年度受灾困难群众冬春救助",
        document="栾应急〔2022〕54号",
        opens_on=date(2022, 10, 1),
        pay_before=date(2023, 1, 22),
        disasters=("hail", "drought"),
        notice_days=5,
        lines=lines,
        persons=51,
        paid_persons=16,
        in_time=5,
        villages=4,
        meetings=6,
        notices=5,
        objections=2,
        upheld=1,
        open=0,
        cut=2,
        cut_persons=5,
        tiers={"ordinary": 6, "heavier": 3, "special": 2},
        families={"subsistence": 4, "ordinary": 7},
    )
    return evaluation(T, facts)


SAMPLES: dict[str, Callable[[], Paper]] = {
    "form2": lambda: form2(T, Form2(PLACE, date(2022, 12, 1), Sum(12, 30, 123_456_789), Sum(11, 28, 120_000_000))),
    "form3": form3_sample,
    "form4": form4_sample,
    "annex1": lambda: annex1(
        T,
        Annex1(
            "6.2风雹灾害",
            [Affected("栾川县潭头镇", "张䶮", True, 45, resident_id(3), "石门村三组", 600_00)],
        ),
    ),
    "minutes": lambda: minutes(
        T,
        Minutes(
            "潭头镇石门村",
            "grant",
            date(2022, 11, 2),
            "villagers",
            25,
            "村主任主持。\n逐户念名单，举手表决。",
            [Judged("张䶮", 3, 20, 5, True, 600_00), Judged("李秀英", 2, 3, 20, False)],
        ),
    ),
    "statistics": lambda: statistics(
        T,
        Statistics(
            "given",
            "栾川县",
            [Counted("张䶮", resident_id(1), "13800001234", "other", 4, "石门村三组", 3, 600_00)],
            ("受灾面积",),
        ),
    ),
    "evaluation": evaluation_sample,
}
BLANKS: dict[str, Callable[[], Paper]] = {
    "form2": lambda: form2(T, Form2()),
    "form3": lambda: form3(T, Form3()),
    "form4": lambda: form4(T, Form4()),
    "annex1": lambda: annex1(T, Annex1()),
    "minutes": lambda: minutes(T, Minutes()),
}


def poster_sample(households: int = 6, with_amounts: bool = True) -> Poster:
    """A village's notice."""
    amounts = (600_00, 400_00, 300_00)
    return Poster(
        place="潭头镇石门村",
        village="石门",
        pass_="grant" if with_amounts else "need",
        scheme="栾川县2022-2023年度受灾困难群众冬春救助",
        document="栾应急〔2022〕54号",
        opens_at=datetime(2022, 11, 2, 9, 30, tzinfo=CHINA),
        closes_at=datetime(2022, 11, 7, 9, 30, tzinfo=CHINA),
        days=5,
        hotline="66789599",
        tiers=(("ordinary", 100_00), ("heavier", 200_00), ("special", 300_00)),
        household_cap_fen=2000_00,
        lines=[
            Posted(NAMES[at % 3], 3, ("winter_spring",), amounts[at % 3] if with_amounts else None)
            for at in range(households)
        ],
        public=Code(modules("https://nuandong.example.cn/notices/410324103201"), ()),
        report=Code(modules("https://nuandong.example.cn/chat?v=r410324103201"), ()),
    )
