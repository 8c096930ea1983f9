"""Floor 4: virtual time, and the choice of who is next.

``actor`` says what the kernel steps, ``strategy`` chooses among what is due together, ``kernel`` moves the clock. None
of them knows what a cloud is.
"""
