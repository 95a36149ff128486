"""团员档案: 两表两书一证 of each person, who lacks what, 补办 of lost 团员证, scans of 入团志愿书 (§5 Documents)."""
