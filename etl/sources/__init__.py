"""What outsiders send, a module a source: each decodes and shapes, and knows no other."""
