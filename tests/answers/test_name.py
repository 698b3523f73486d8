"""> 我叫王建国 / < 王建国"""

import pytest

from bot.answers.base import Given
from bot.answers.name import Name
from tests.answers.saying import said

NAMES = {
    "王建国": "王建国", " 王 建 国 ": "王建国", "我叫王建国": "王建国", "我是王建国。": "王建国", "姓名：王建国": "王建国", "户主是李大妮": "李大妮",
    "我的名字叫李大妮": "李大妮", "俺叫二妞": "二妞", "张䶮": "张䶮", "𠮷田": "𠮷田", "王〇": "王〇", "欧阳修文": "欧阳修文", "卓玛": "卓玛",
    "买买提·吐尔逊江": "买买提·吐尔逊江", "买买提•吐尔逊江": "买买提·吐尔逊江", "买买提‧吐尔逊江": "买买提·吐尔逊江",
    "买买提・吐尔逊江": "买买提·吐尔逊江", "买买提．吐尔逊江": "买买提·吐尔逊江", "买买提 · 吐尔逊江": "买买提·吐尔逊江",
    "买买提.吐尔逊江": "买买提·吐尔逊江", "阿卜杜热合曼·阿卜杜热西提江": "阿卜杜热合曼·阿卜杜热西提江", "བཀྲ་ཤིས་སྒྲོལ་མ": "བཀྲ་ཤིས་སྒྲོལ་མ",
    "王\u200b建国": "王建国", "王　建国": "王建国", "是永强": "是永强", "欧阳 修文": "欧阳修文", "王 建国": "王建国", "叫小花": "小花", "王建国😀": "王建国", "谢广坤": "谢广坤", "户口花": "户口花",
    "مەمەت تۇرسۇن": "مەمەت تۇرسۇن", "扎西多吉卓玛次仁": "扎西多吉卓玛次仁", "钱多多！": "钱多多",
}  # fmt: skip
REFUSED = {
    "": "short", "王": "short", "王建国3": "digits", "13800001234": "digits", "王建国①": "digits", "王jian国": "letters",
    "Wang Jianguo": "letters", "你好": "sentence", "不知道": "sentence", "我家房子被水冲了": "sentence", "王建国，李大妮": "sentence",
    "怎么填": "sentence", "没有": "sentence", "好的": "sentence", "人工": "sentence", "张\ue863": "characters",
    "···": "short", "王建国<b>": "letters", "王_建国": "characters", "扎西" * 31: "long", "་་་": "characters", "Ⅳ王": "digits", "王建国 李大妮": "gap", "王建国 男": "gap", "买买提 吐尔逊江": "gap",
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_names(given: Given, text: str, name: str) -> None:
    assert said(Name(), given, text) == name
    assert Name().check(given, name) and Name().show(given, name) == name


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_is_no_name(given: Given, text: str, reason: str) -> None:
    assert said(Name(), given, text) == f"?name.{reason}"


@pytest.mark.parametrize("stored", [None, 3, "", "王", "王1"])
def test_stored_values_that_are_no_names(given: Given, stored: object) -> None:
    assert not Name().check(given, stored)
