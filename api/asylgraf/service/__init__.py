"""What needs two of reasoner, citations and SPARQL together, for the command line and the web alike."""
