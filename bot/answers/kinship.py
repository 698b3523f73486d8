"""Words of kinship and of a household around a name: 俺爹赵大山, 户主李秀英, 李秀英户. Pure.

Only what cannot be a part of the name goes: 户家声, 孙子涵, 张户 and 王治家 are people.
"""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏"
    "谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳柴柳"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|慕容|令狐|公孙|司徒|夏侯|长孙|端木"
_OWN = "(?:我们?|俺们?|咱们?|他们?|她们?)"
_KIN = (
    "儿子|女儿|闺女|爸爸?|妈妈?|父亲|母亲|爹|娘|爷爷?|奶奶?|姥姥|姥爷|外公|外婆|老伴儿?|老公|老婆|丈夫|媳妇|儿媳妇?|女婿|侄[子女儿]|外甥女?|"
    "哥哥?|弟弟?|姐姐?|妹妹?|大?伯父?|叔叔?|婶子?|嫂子?|舅舅?|姑姑?|姨|岳父|岳母|公公|婆婆|老头子?|老人|邻居|户主|家属|孙子|孙女|妻子|孩子|娃"
)
_CERTAIN = (
    "户主|本人|儿子|女儿|闺女|爸爸|妈妈|父亲|母亲|爷爷|奶奶|老伴儿?|老公|老婆|丈夫|媳妇|儿媳妇?|女婿|侄[子女儿]|外甥女?|哥哥|弟弟|姐姐|妹妹|叔叔|"
    "岳父|岳母|邻居|家属"
)
"""No name begins so, with two characters and more behind it."""
_PERHAPS = "孙子|孙女|妻子|孩子|是"
"""A surname and a character of a name, or a word: 孙子涵, 孙子李明; 是 is a surname too."""
_CALLED = "(?:的?(?:全名|真名|姓名|名字|大名))?(?:就?是|名?叫做?|[:： ])*"
_HEAD = re.compile(
    rf"^(?:{_OWN}(?:家里?)?的?(?:{_KIN}){_CALLED}(?=..)|(?:{_CERTAIN}){_CALLED}(?=..)"
    rf"|(?:{_PERHAPS}){_CALLED}(?=[{_SURNAMES}]..?$|(?:{_COMPOUND}).)(?!(?<=^是)[{_SURNAMES}].$))"
)
_TAIL = re.compile(
    rf"^(?P<name>(?!{_COMPOUND})[{_SURNAMES}](?![户家])\w{{2}}|(?:{_COMPOUND})\w{{2}})(?:[一全这那]?[户家](?:的|里|人)?)$"
)


def without_kin(text: str) -> str:
    """The text without what says whose name it is; the text itself where nothing does."""
    name = _HEAD.sub("", text, count=1)
    found = _TAIL.match(name)
    return found["name"] if found else name
