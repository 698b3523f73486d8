"""The facts of the official papers, read for one official of one area. What has names, numbers and cards in it is open:
whoever gets it must leave an event."""
