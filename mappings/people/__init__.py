"""The patient, those close to her, and who may speak for her."""
