"""SPARQL over the law: here, over HTTP with workers that can be killed, and by name.

Nothing is imported here, since the process that holds the graph starts by importing this package.
"""
