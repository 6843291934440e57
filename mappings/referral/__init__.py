"""The referral and what MESO decides about it."""
