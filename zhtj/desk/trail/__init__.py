"""操作记录: what was done to an organisation, in its name, or to a person; filtered and exported."""
