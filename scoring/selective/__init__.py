"""Selective labels: a blocked event never shows its outcome, so its silence proves nothing.

A small random share of would-be blocks is held for a person instead (`scoring/policy.py`). What they show
measures how often a block is right (`measuring.py`), and stands for the blocked in training (`selecting.py`).
"""
