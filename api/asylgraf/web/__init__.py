"""Pages for people and addresses for programs."""
