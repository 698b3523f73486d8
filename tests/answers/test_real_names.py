"""Names as they stand on identity cards: none is refused, none is changed; the words around them go."""

import pytest
from hypothesis import example, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from bot.answers.agreement import agreement
from bot.answers.base import Given
from bot.answers.name import Name
from tests.answers.saying import said

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏"
    "户家是本母妻公老户岳管成安闻侯向有农言年难黑死毒肖付揭占步门计官后从元干支国万生"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "慕容", "令狐", "公孙", "夏侯", "端木")
GIVEN = (
    "秀英建国强伟芳娜敏静丽军磊洋勇艳杰娟涛明超兰霞平刚桂花玉珍凤户家主本人子女孙妻中成可好行同意对要正常安全有无未水火地金银山川石门木"
    "田春夏秋冬梅竹菊松柏龙虎牛羊福禄寿喜才让扎西卓玛德吉次仁䶮㛃翀贇"
)
PARTS = (
    "买买提",
    "吐尔逊江",
    "阿依古丽",
    "阿卜杜热合曼",
    "艾孜买提",
    "古丽",
    "努尔兰",
    "户尔班",
    "家尼亚",
    "迪丽热巴",
    "玛依拉",
)
TIBETAN = ("才让扎西", "扎西才让", "多杰", "卓玛", "次仁旺堆", "格桑梅朵", "索南达杰", "尕藏", "央金", "阿旺罗布")

one, two = st.sampled_from(SURNAMES), st.sampled_from(COMPOUND)
character = st.sampled_from(GIVEN)
HAN = st.one_of(
    st.builds(str.__add__, one, character),
    st.builds(lambda *parts: "".join(parts), one, character, character),
    st.builds(str.__add__, two, character),
    st.builds(lambda *parts: "".join(parts), two, character, character),
)
ETHNIC = st.one_of(st.lists(st.sampled_from(PARTS), min_size=2, max_size=3).map("·".join), st.sampled_from(TIBETAN))
NO_NAMES = {
    "本人",
    "本地",
    "户主",
    "老人",
    "公主",
    "孙子",
    "孙女",
    "妻子",
    "子女",
    *(f"老{surname}" for surname in SURNAMES),
}
"""What our rules read as a word; so is a name of nothing but words of agreement (有好), two of them apart (成中)."""


@any_of(name=st.one_of(HAN, ETHNIC))
@example(name="户家声")
@example(name="孙子涵")
@example(name="李家")
@example(name="张户")
@example(name="王治家")
@example(name="欧阳治家")
@example(name="是永强")
@example(name="成中")
@example(name="子女英")
@settings(max_examples=2000, deadline=None, derandomize=True)
def test_a_real_name_is_taken_as_it_is(given: Given, name: str) -> None:
    if name not in NO_NAMES and (name == "成中" or agreement(name) is None):
        assert said(Name(), given, name) == name


@any_of(
    name=st.builds(lambda *parts: "".join(parts), st.sampled_from(SURNAMES[:60]), character, character),
    head=st.sampled_from(
        (
            "户主",
            "本人",
            "我是",
            "我叫",
            "名字叫",
            "俺爹",
            "我妈",
            "儿子",
            "俺家老伴",
            "户主：",
            "户主是",
            "他爸叫",
            "女儿",
            "我儿子",
        )
    ),
)
@settings(max_examples=400, deadline=None)
def test_the_words_before_a_name_go(given: Given, name: str, head: str) -> None:
    assert said(Name(), given, head + name) == name


@pytest.mark.parametrize("tail", ["户", "家", "家的", "一家", "这户"])
def test_the_word_for_a_household_behind_a_name_goes(given: Given, tail: str) -> None:
    assert said(Name(), given, f"李秀英{tail}") == "李秀英"
    assert said(Name(), given, f"欧阳修文{tail}") == "欧阳修文"


@pytest.mark.parametrize("text", ["刘老汉", "王大娘", "张奶奶", "李老太", "小名狗蛋", "外号老黑", "王师傅"])
def test_what_people_are_called_is_no_name(given: Given, text: str) -> None:
    assert said(Name(), given, text) == "?name.nickname"


@pytest.mark.parametrize("text", ["多少钱", "去世了", "稍等", "等一下", "死了", "忘了", "还没有", "干什么", "俺不会"])
def test_a_sentence_is_no_name(given: Given, text: str) -> None:
    assert said(Name(), given, text) == "?name.sentence"
