"""The parts of the page 地図."""
