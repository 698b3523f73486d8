"""The printed form: laid out once from a flow's questions (:mod:`bot.faces.paper.sheet`), drawn as PDF or as Word."""

from bot.faces.paper.pdf import pdf
from bot.faces.paper.sheet import Filed, Sheet, sheet
from bot.faces.paper.word import word

__all__ = ["Filed", "Sheet", "pdf", "sheet", "word"]
