"""疑似重复 and 合并账号: two accounts of one person become one, and can be two again."""
