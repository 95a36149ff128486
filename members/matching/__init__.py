"""名单对账: any list of names and ID numbers beside the members of an organisation (§5)."""
