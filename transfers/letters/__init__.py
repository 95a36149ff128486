"""团组织关系介绍信: registers, sheets, receipts and the public check (§6.8)."""
