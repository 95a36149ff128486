"""管理员注册码 of the direct subordinates: the list, 批量导出 and the slips to print (§4)."""
