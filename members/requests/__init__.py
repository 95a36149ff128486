"""What people ask to have changed about themselves, and how it is decided (§5 Editing)."""
