"""The workbench: from decided remarks to the next edition, each change with its cause."""
