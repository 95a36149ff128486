"""团员列表 and 团干部列表: one table of columns and one of filters each, saved views, bulk acts and exports."""
