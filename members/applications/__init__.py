"""自行注册: people ask a branch to take them in; its administrator or its direct superior's decides (§3 Ways in, 2)."""
