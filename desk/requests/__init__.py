"""Requests: what authorities, and apart from them users, ask for, from arrival to answer.

- `book.py`: `book_of(home)`, the authorities that are known; `number_to_call(state, book)` in acting.py.
- `acting.py`: `receive`, `check`, `call_back`, `verify`, `doubt`, `authenticity`.
- `answering.py`: `narrow`, `ask_disclosure`, `disclose`, `keep`, `refuse`, `withdraw`, `say_nothing_found`,
  `give_help`, `set_secret`, `drop_undone`.
- `orders.py`: `ask_order`, `execute`, `ask_hand_over`, `ask_end`, `follow_freezes`.
- `reading.py`: `requests`, `request`, `history`: for a person, who may not know of all.
- `clocks.py`: `deadlines`, `clock_state`; in SQL the macro `request_clock(answered, at_risk, due, moment)`.
- `tables.py`: `desk_requests` and `desk_request_steps` of the store; a step's `details` hold the checks.
"""
