"""团员统计, 团员增减 and 历史名册: what is counted of members, now, over a period and on a past date (§7)."""
