"""A person's name."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.answers.agreement import agreement
from bot.answers.base import Given, Miss, Parsed, Value
from bot.answers.kinship import without_kin
from bot.answers.text import tidy
from bot.answers.typed import Typed, words
from bot.answers.words import unadorned
from bot.inbound import Input

_DOTS = re.compile(r"\s*[·・•‧．.･∙⋅]+\s*(?=\w)")
_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER_SCRIPTS = "\u0600-\u06ff\u0750-\u077f\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf"
_WHO = "(?:我的?|俺的?|本人的?|他的?|她的?|户主的?)"
_WORD = "(?:全名|真名|姓名|名字|大名)"
_IS = "(?:就?是|叫做?|[:：])"
_HESITATION = "(?:(?:那个|这个|嗯+|呃+|哦|哎|就是)[,，、\\s]*)*"
_LEAD = re.compile(rf"^{_HESITATION}(?:{_WHO}?{_WORD}(?:{_IS}+|\s)|{_WHO}{_IS}+|叫做?)?\s*")
_TAIL = re.compile(r"[\s,，。.!！~;；、]+$|(?<=[\u0f40-\u0fbc])[་།༎\s]+$")
_SENTENCE = re.compile(
    r"[我俺咱你您他她它吗呢么啥怎没很请谁]|谢谢|[,，。!！?？;；:：]|不[知会是想要能用在]|什么|人工|申请|救助|低保|五保|特困|身份证|电话"
    r"|多少|[去过]世|[死忘走丢错搬][了掉]|^(?:稍|等[一等会下]|马上|知道|干[啥嘛]|咋|已故|本地|外地)|手机|银行"
    r"|[།༎]|མིང་|ཟེར|ཡིན|རེད|འདུག|རེ་ཞུ|རོགས"
    r"|^(?:本人|户主|同上|老公|老婆|老伴|儿子|女儿|爸爸?|妈妈?|父亲|母亲|丈夫|妻子|孩子|爷爷|奶奶)$"
)
_NAME = re.compile(rf"[{_HAN}·{_OTHER_SCRIPTS} ]+")
_PARTED = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_SURNAME_APART = re.compile(rf"(?:[{_HAN}]|欧阳|司马|上官|诸葛|东方|皇甫|尉迟|慕容|令狐|公孙|司徒|夏侯|长孙|端木) ")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_PLACE = re.compile("(?:村|社区|镇|乡|街道|县)$")
_NICKNAME = re.compile(
    rf"[老小][{_SURNAMES}]|[{_HAN}]{{1,3}}(?:大爷|大伯|大娘|大妈|大叔|大婶|大嫂|奶奶|爷爷|书记|主任|队长|老师|媳妇|家的|"
    r"老汉|老头子?|老太[太婆]?|婆婆|阿姨|大姐|大哥|二哥|三哥|师傅|老板|村长|支书|会计|组长|家媳妇|家老大|家小子)"
    r"|(?:小名|外号|绰号|人称|大家叫|都叫).*"
)
_NAMES_LIKE_A_YES = re.compile("成[行中好可要]|管[行中好可要]")
"""Two words of agreement that are a surname and a name: 成中."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Name(Typed):
    """A name in Chinese characters, rare ones too, with · between the parts of an ethnic name (买买提·吐尔逊江), or in
    Tibetan, Uyghur, Mongolian or Yi letters. The value is the name in NFC."""

    kind: ClassVar[str] = "name"

    def parse(self, given: Given, sent: Input) -> Parsed:
        """The name, also from 我叫王建国, or a miss that says what a name cannot have."""
        text = words(sent, self.kind)
        if isinstance(text, Miss):
            return text
        name = clean(text)
        refused = _refusal(name) or ("place" if _is_place(given, name) else "")
        return Miss(f"answer.name.{refused}", {"high": _LONGEST}) if refused else Value(name)

    def show(self, given: Given, value: Any) -> str:
        """The name itself."""
        return str(value)

    def check(self, given: Given, value: Any) -> bool:
        """Whether it is a name as :meth:`parse` gives it."""
        return isinstance(value, str) and value == unicodedata.normalize("NFC", value) and not _refusal(value)


def clean(text: str) -> str:
    """The name without the words around it, every middle dot made ·, no blank behind a Chinese surname. A blank
    elsewhere stays: 王建国 李大妮 are two people."""
    name = without_kin(_LEAD.sub("", without_kin(_TAIL.sub("", tidy(unadorned(text))))))
    name = _DOTS.sub("·", name).strip("· ")
    name = re.sub(r"\s+", " ", name)
    return _PARTED.sub("", name) if _SURNAME_APART.match(name) else name


def _is_place(given: Given, name: str) -> bool:
    """Whether it is a village or a township with its 村 or 镇: 石门村, but not 高山, which may be a person."""
    found = given.places.find(name) if _PLACE.search(name) else ()
    return any(match.exact for match in found)


def _refusal(name: str) -> str:
    """The last part of the key of what is wrong, empty for a name."""
    if any(unicodedata.category(character).startswith("N") and character != "〇" for character in name):
        return "digits"
    if _NICKNAME.fullmatch(name):
        return "nickname"
    if _SENTENCE.search(name) or (agreement(name) is not None and not _NAMES_LIKE_A_YES.fullmatch(name)):
        return "sentence"
    if _PARTED.search(name):
        return "gap"
    if re.search(r"[A-Za-z\uff21-\uff3a\uff41-\uff5a]", name):
        return "letters"
    if len(name) < 2:
        return "short"
    if len(name) > _LONGEST:
        return "long"
    return "" if _NAME.fullmatch(name) and any(map(str.isalpha, name)) else "characters"
