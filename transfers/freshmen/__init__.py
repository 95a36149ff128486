"""新生接收台: who comes, their papers, their class branches, and who has not come (§6.7)."""
