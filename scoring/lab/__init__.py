"""The policy lab: what another policy would have done, what it will do, and what it did.

1. `evidence` reads the scored events of one area, with the truth as it was known at an instant.
2. `draft` is a policy to try: thresholds or an alert budget, and rules of verification.
3. `backtest` decides the same events under the present policy and the draft, with the code that serves.
4. `frontier` tries many drafts and marks those that no other beats.
5. `forecast` foretells alerts, loss caught and wrongful holds of the weeks after a roll-out.
6. `effect` measures afterwards what changed, against the areas without a change.
"""
