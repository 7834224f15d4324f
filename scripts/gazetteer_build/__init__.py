"""The parts of scripts/build_gazetteer.py: sources, names, points, seats and the file that is written."""
