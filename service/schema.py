"""Every room's tables, for migrations: importing this module fills the metadata."""

import admin.models
import bot.models
import intake.models
import notifications.models
import service.models
from store.base import Base

__all__ = ["Base", "admin", "bot", "intake", "notifications", "service"]
