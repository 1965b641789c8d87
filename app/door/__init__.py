"""At the door of an event: who came, also while the network is down."""
