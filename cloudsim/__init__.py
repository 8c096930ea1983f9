"""cloudsim"""
