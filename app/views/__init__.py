"""The pages: each a form around one service, no SQL and no geometry."""
