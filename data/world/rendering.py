"""Rendering: the clips of the checks that have pictures of their own, one file each.

A recording is a function of its number: the same file played again under another account shows the same
frames, cropped, compressed and coloured a little otherwise.
"""
