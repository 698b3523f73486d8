"""Puts the house together: settings, the composition root, the command line, the web application, the worker."""
