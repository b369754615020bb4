"""The only door to the tables: a module a theme. Import the module you need; the package imports none."""
