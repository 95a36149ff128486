"""The access matrix: the world it walks in, its rows, and how an answer is judged."""
