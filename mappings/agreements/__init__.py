"""What makes access lawful: agreements, authorisations, evidence of the relation."""
