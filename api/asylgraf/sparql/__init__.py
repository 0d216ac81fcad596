"""SPARQL over the law: here, over HTTP with workers that can be killed, and by name."""
