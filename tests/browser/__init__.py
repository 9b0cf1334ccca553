"""The dashboard in a real browser: what a reader sees, hears and can reach."""
