"""Servers on the loopback that keep the documented limits of the outside services."""
