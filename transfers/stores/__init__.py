"""省级专库: who left for the army or a 涉密 unit, kept by the province alone, and the way back (§6.2)."""
