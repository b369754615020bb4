"""Everything between the outside world and our tables, both ways."""
