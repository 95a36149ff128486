"""管理员首页: the first steps, what waits, what is late, what has changed, and the numbers with their trend (§7)."""
