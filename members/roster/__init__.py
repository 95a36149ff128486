"""Rosters: a workbook read, checked row by row, shown as a plan, and imported whole or not at all (§5)."""
