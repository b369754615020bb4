"""What cameras see: pure functions on arrays and frames, in metres, without files, clocks or hidden chance."""
