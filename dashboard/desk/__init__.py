"""The parts of the page Desk: the queue, the handover at shift end, what the desk is measured by."""
