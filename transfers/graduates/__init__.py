"""毕业生工作台: who leaves with which class, how far they are, and until when (§6.6)."""
