"""The dashboard: one page of HTML with a style sheet and a script of its own, and nothing from anywhere else."""
