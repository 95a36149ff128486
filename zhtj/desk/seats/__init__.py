"""管理员变更: who administers an organisation, changing it, and what is handed over."""
