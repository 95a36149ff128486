"""PostgreSQL for Django: the server named by DATABASE_URL, or an embedded one that comes and goes by itself."""
