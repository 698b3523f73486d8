"""A flow as a list in a workbook, one household a row: the template, its reading, and the rows that were refused.

Columns are the flow's questions, cells are read by the talk's own answers: there is no second list of fields.
"""

from bot.faces.lists.again import typed_again as typed_again
from bot.faces.lists.columns import Column as Column
from bot.faces.lists.columns import columns as columns
from bot.faces.lists.reading import read_book as read_book
from bot.faces.lists.rows import Asked as Asked
from bot.faces.lists.template import refused as refused
from bot.faces.lists.template import template as template
