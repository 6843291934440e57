"""What is made of the code for the FHIR package, and of the package for people.

A tool of this repository: nothing here runs in the adapter. `python -m profiles.renew` writes all
of it anew; `--check` writes nothing and names what differs.
"""
