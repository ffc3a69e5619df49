"""The one lock around every update of every explorer.

Sliders call back on one thread and the mouse on another, and matplotlib's caches are shared.
"""

import threading

LOCK = threading.RLock()
