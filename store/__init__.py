"""Engine and sessions of SQLAlchemy, base types, encryption and migrations.

Importing this package first makes ``sqlite3`` the library we trust (see :mod:`store.sqlite`).
"""

from store import sqlite as sqlite
