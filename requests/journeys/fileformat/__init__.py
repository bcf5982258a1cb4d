"""The wegwijzer and list files: reading, the model, writing back, and what somebody sees. No Django in here."""
