"""A scheme: the rules of one county and one season, as data (``content``), what is wrong with one (``faults``), and
how two versions differ (``differences``)."""

from intake.scheme.content import SchemeContent

__all__ = ["SchemeContent"]
