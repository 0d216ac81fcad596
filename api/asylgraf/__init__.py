"""Asylgraf: a knowledge graph of Danish asylum law that can be asked."""
