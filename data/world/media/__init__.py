"""The demonstration's media: procedural faces, rooms, a camera, and attacks made from bona fide frames."""
