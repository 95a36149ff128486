"""移除团员: asked by the branch, decided by its direct superior, undone within 30 days; and 超龄 (§5 Removing)."""
