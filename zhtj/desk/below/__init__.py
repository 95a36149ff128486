"""下级组织管理: the list with its export, the search of the whole scope, and the tree."""
