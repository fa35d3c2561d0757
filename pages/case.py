"""One case: what is it about, why was it flagged, and what is done about it?"""

from dashboard import state
from dashboard.case import screen
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts

view = state.current()
screen.draw(desk_scene(facts(), view.region), view.case)
