"""团干部管理: the holders of posts, with or without 团籍."""
