"""What is sent to be read: to the patient, the GP, the next house."""
