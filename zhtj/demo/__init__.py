"""The demo country: a believable tree with people whose numbers match nobody."""
