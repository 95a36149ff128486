"""办理转出 for many at once, the status of a list, and deciding many (§6.1, §6.4)."""
