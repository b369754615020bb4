"""What people meet: use cases, command line, dashboard, report."""
