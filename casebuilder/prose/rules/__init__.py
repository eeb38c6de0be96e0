"""The rules on the language of a paper; `table` lists them. All pure."""
