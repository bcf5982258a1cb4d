"""The forms of this room: the door, what people tell about themselves, and what they want to be asked for."""
