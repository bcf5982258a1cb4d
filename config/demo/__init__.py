"""The demo neighbourhood: invented people in real places, built through the same services as everybody uses."""
