"""Regional models: challengers that learn for one area, beside the champion that serves everywhere.

1. Challengers are grown as of an instant, on what was known then, each in its own way (`kinds`).
2. They score the same events as the champion in shadow, which decides nothing (`shadow`).
3. Both are compared on matured events at the area's alert budget (`comparing`), and a written rule says
   whether one may take over (`rule`).
4. A promotion of two people puts one in force for a share of the area's accounts (`promoting`).
"""
