"""Every operation of the office as rows of tables, a module for each kind of record."""
