"""`manage.py serve`: web server and background worker under one supervisor."""
