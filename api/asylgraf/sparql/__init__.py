"""SPARQL over the law: queries in this process, an endpoint with killable workers, named queries, warnings."""
