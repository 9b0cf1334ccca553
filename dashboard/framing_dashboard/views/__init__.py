"""Pure functions from a study's tables to what the pages draw: rows, texts, payloads. No Streamlit."""
