"""Who speaks: names behind mentions, roles, anonymity; one name for one speaker."""
