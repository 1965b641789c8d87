"""Documents to be signed: blocks that are set alike as a page, as PDF and for Word."""
