"""What a build came to, as one page that can be read in any browser, without scripts and without a net."""
