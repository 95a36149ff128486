"""个人首页: what waits for a person, what is under way, what has changed since the last visit, and whom to ask."""
