"""Parts of the in-sandbox agent; agent.py says how they fit together."""

VERSION = "1.0.0"
