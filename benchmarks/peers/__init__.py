"""The others who make the same papers, and what it takes to ask them."""
