"""What a text may ask of the register, and how it becomes blocks."""
