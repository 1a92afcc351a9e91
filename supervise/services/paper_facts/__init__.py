"""Facts for papers, gathered from the ledger: one module for each group of papers.

Each gathering function takes the session, the subjects a person named and the unit they limited
the paper to, and gives one record for each paper to be made.
"""
