"""The official papers: what stands on each is a :class:`~intake.papers.model.Paper`, made from frozen facts; one writer
for each format draws it. Pure: nothing here knows the database (``intake.reads.papers`` does)."""
