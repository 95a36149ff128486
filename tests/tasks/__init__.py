"""How many clicks and fields the commonest tasks take; docs/tasks.md has the numbers."""
