"""A season's archive: one zip file that anybody can check without our database and without our keys (L10)."""
