"""What is kept for later readers: papers as PDF/A, packages that verify themselves."""
