"""帮助中心: the answers to what users ask, offered where the question comes up."""
