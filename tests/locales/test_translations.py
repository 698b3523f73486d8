"""The translations: complete, in their own script, and true to the words that the bot understands."""

import re
import unicodedata

import pytest

from bot.answers.words import plain
from bot.commands import Command
from locales import HOME, Texts, coverage, languages, messages, texts
from locales.catalogs import FOLDER, read
from locales.faults import faults, is_word_list, rooms_of_people

OTHERS = [language for language in languages() if language != HOME]

QUOTED = re.compile("“([^“”{}]+)”")
HAN = re.compile(r"[\u3400-\u9fff]")
FIELD = re.compile(r"\{\w+\}")

NAMES = ("王建国", "买买提·吐尔逊江", "潭头镇石门村", "石门村", "石门", "上沟", "公示情况", "允许", "我的聊天账号")
"""Chinese that a translation may show: a name, a village (the places are in Chinese), a button of a Chinese page."""

CODES = (
    "/api/v1/openapi.json",
    "Idempotency-Key",
    "Authorization",
    "Content-Type",
    "application/json",
    "Retry-After",
    "Bearer",
    "JavaScript",
    "JSON",
    "UUID",
)
"""Words of computers, which are the same in every language."""


def test_there_are_chinese_english_and_tibetan() -> None:
    assert languages() == (HOME, "bo_CN", "en")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_that_people_meet_is_missing_wrong_or_old(language: str) -> None:
    found = faults(language)
    assert not found, "\n" + "\n".join(map(str, found))
    assert coverage()[language].percent == 100


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("room", rooms_of_people())
def test_a_machine_made_translation_says_so(language: str, room: str) -> None:
    head = (FOLDER / language / "LC_MESSAGES" / f"{room}.po").read_text("utf-8").split("\n\n")[0]
    assert "# Machine-made translation: a native reader has to check it.\n" in head
    assert f'"Language: {language}\\n"' in head
    assert '"X-Translation: machine\\n"' in head


@pytest.mark.parametrize("language", OTHERS)
def test_every_key_has_a_text_in_every_language(language: str) -> None:
    say = texts(language)
    assert [key for key in messages(HOME) if not say(key) or say(key) == key] == []


@pytest.mark.parametrize("language", languages())
def test_texts_are_composed(language: str) -> None:
    """A word that is stored otherwise than people type it is never found."""
    assert [key for key, text in messages(language).items() if unicodedata.normalize("NFC", text) != text] == []


def test_english_has_no_chinese_and_no_tibetan() -> None:
    assert [key for key, text in _own("en") if HAN.search(_bare(text)) or _tibetan(text)] == []


def test_tibetan_is_in_tibetan_letters() -> None:
    """Of the letters nine in ten: a card's X, a JPG and an example of a Chinese name aside."""
    assert [key for key, text in _own("bo_CN") if HAN.search(_bare(text)) or _share(_bare(text)) < 0.9] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_word_that_people_are_told_to_type_is_a_command_of_that_language(language: str) -> None:
    """Where Chinese says reply “返回”, the translation names a word of the same command."""
    home, here = _commands(texts(HOME)), _commands(texts(language))
    wrong = []
    for key, text in messages(HOME).items():
        wanted = {home[word] for word in QUOTED.findall(text) if word in home}
        given = {here.get(word) for word in QUOTED.findall(messages(language).get(key, ""))}
        if key in messages(language) and not wanted <= given:
            wrong.append(key)
    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_no_word_means_two_commands_neither_here_nor_in_chinese(language: str) -> None:
    words = [(plain(word).lower(), command) for command in Command for word in _words(texts(language), command)]
    assert len({word for word, _ in words}) == len(set(words))


@pytest.mark.parametrize("language", OTHERS)
def test_a_menu_command_of_telegram_is_a_word_of_its_command(language: str) -> None:
    say = texts(language)
    for command in (Command.HELP, Command.CANCEL, Command.BACK):
        assert say(f"channel.command.{command}") in _words(say, command)


@pytest.mark.parametrize("language", languages())
def test_no_word_is_yes_and_no(language: str) -> None:
    say = texts(language)
    for kind in ("answer.yes", "answer.consent"):
        yes, no = (set(map(str.lower, say.names(f"{kind}.{code}"))) for code in ("yes", "no"))
        assert not yes & no


@pytest.mark.parametrize("language", languages())
def test_no_two_codes_of_a_list_have_the_same_name(language: str) -> None:
    say = texts(language)
    for prefix in ("category", "disaster", "relief"):
        keys = [key for key in messages(HOME) if key.startswith(f"{prefix}.") and not is_word_list(key)]
        names = [(plain(name).lower(), key) for key in keys for name in say.names(key)]
        assert len({name for name, _ in names}) == len(set(names)), prefix


@pytest.mark.parametrize("language", languages())
def test_the_number_words_are_nought_to_twenty(language: str) -> None:
    assert len(messages(language)["answer.numbers.words"].split()) == 21


@pytest.mark.parametrize("language", OTHERS)
def test_tibetan_words_end_in_a_letter(language: str) -> None:
    """Whoever reads a word cuts the tsheg and the shad off its end; with one it would never be found."""
    lists = [text for key, text in messages(language).items() if is_word_list(key)]
    assert [word for text in lists for word in text.split() if word.endswith(("་", "།"))] == []


def _own(language: str) -> list[tuple[str, str]]:
    """The messages of a language that are its own words: not its patterns, nor what is said in all languages at once."""
    home = messages(HOME)
    return [
        (key, str(message.string))
        for room in rooms_of_people()
        for key, message in read(language, room).items()
        if not key.startswith(("language.", "date.", "figure.")) and not _tibetan(home.get(key, ""))
    ]


def _bare(text: str) -> str:
    for name in (*NAMES, *CODES):
        text = text.replace(name, "")
    return FIELD.sub("", text)


def _tibetan(text: str) -> list[str]:
    return [character for character in text if "\u0f00" <= character <= "\u0fff"]


def _share(text: str) -> float:
    """How many of the letters and their signs are Tibetan, 1 where there are none."""
    letters = [character for character in text if unicodedata.category(character)[0] in "LM"]
    return (
        len([character for character in letters if "\u0f00" <= character <= "\u0fff"]) / len(letters) if letters else 1
    )


def _words(say: Texts, command: Command) -> tuple[str, ...]:
    return say.words(f"command.{command}.words")


def _commands(say: Texts) -> dict[str, Command]:
    return {word: command for command in Command for word in _words(say, command)}
