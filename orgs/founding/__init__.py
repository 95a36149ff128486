"""创建下级组织 in batch by Excel: read, plan row by row, plant the good ones, return the bad ones (§2)."""
