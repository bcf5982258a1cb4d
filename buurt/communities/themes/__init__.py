"""A community's own colours: read from one file, checked for contrast, served as one small style sheet.

`tokens` reads and completes a theme, `contrast` says which pairs cannot be read, `nlds` translates a file of NL Design
System, `shelf` knows which themes there are, `sheet` writes the style sheet, `logo` cleans a picture.
"""
