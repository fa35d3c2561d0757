"""The parts that show regional channels: hours, service levels, who is on duty, who was told."""
