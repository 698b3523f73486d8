"""Frozen lists: the village's register, the township's batch, and the proof that nothing on them was changed since."""
