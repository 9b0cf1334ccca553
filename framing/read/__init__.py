"""Files, folders and tables to cleaned articles, with a report row for everything that was met."""

from framing.read.reading import read
from framing.read.records import Columns, ImportRow, Item

__all__ = ["Columns", "ImportRow", "Item", "read"]
