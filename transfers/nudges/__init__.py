"""催办: a short text for the class chat, and that it was produced (§6.4)."""
