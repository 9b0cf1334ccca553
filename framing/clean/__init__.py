"""Raw text to :class:`~framing.article.Article`: which line is what, and why."""

from framing.clean.cleaner import clean
from framing.clean.raw import RawArticle
from framing.clean.repeats import RepeatedLines, repeated_lines

__all__ = ["RawArticle", "RepeatedLines", "clean", "repeated_lines"]
