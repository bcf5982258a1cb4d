"""Messages on their way into the database: one set of rules, two stores, one queue that commits many at once."""
