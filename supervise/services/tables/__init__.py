"""Reading tables from outside: workbooks and text files into cells, headings, draft rows.

Nothing here knows the ledger. A workbook is parsed in a process of its own with little memory.
"""
