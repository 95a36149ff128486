"""操作中心: everything that waits for the organisation acted for, or for the person (§7)."""
