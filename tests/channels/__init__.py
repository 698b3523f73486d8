"""The channels against fake servers on real sockets."""
