"""The laboratory: makes each cause of a stray happen for real. Read Lab/README.md first."""
