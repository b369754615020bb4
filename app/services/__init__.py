"""Use cases, one a file. They know no Streamlit and no SQL; their answers are JSON-ready."""
