"""The questions users ask, each with an example that walks the product as its user does."""
