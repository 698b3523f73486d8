"""Fen as papers write them: yuan, ten thousand yuan (万元), and capitals (人民币大写). Nothing is ever rounded."""

from decimal import Decimal

import cn2an

MOST_FEN = 10**14 - 1
"""Less than a million million yuan: more has no agreed capitals, and no county gives so much."""


def yuan(fen: int) -> str:
    """``300`` for 30000 fen, ``300.50`` for 30050: no fen where there are none.

    Raises:
        ValueError: negative, or beyond :data:`MOST_FEN`.
    """
    whole, rest = divmod(_checked(fen), 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def wan(fen: int) -> str:
    """The same in ten thousand yuan, to the fen: ``1.23`` for 1230000 fen, ``0.000001`` for one.

    Raises:
        ValueError: negative, or beyond :data:`MOST_FEN`.
    """
    whole, rest = divmod(_checked(fen), 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def fen_of_wan(text: str) -> int:
    """What :func:`wan` wrote, in fen again.

    Raises:
        ValueError: no such number, or parts of a fen.
    """
    fen = Decimal(text) * 1_000_000
    if fen != fen.to_integral_value():
        raise ValueError("less than a fen")
    return int(fen)


def capitals(fen: int) -> str:
    """The amount in capitals, which nobody can add a stroke to.

    cn2an drops what stands behind the second decimal and writes a sign before a negative amount: it is given two
    decimals made of whole numbers, and no sign.

    Raises:
        ValueError: negative, or beyond :data:`MOST_FEN`.
    """
    whole, rest = divmod(_checked(fen), 100)
    return str(cn2an.an2cn(f"{whole}.{rest:02d}", "rmb"))


def _checked(fen: int) -> int:
    if isinstance(fen, bool) or not isinstance(fen, int) or not 0 <= fen <= MOST_FEN:
        raise ValueError("an amount is whole fen, from 0 on")
    return fen
