"""Our own estimators, for what scikit-learn and imbalanced-learn do not have.

Each is an ordinary scikit-learn estimator. They import scikit-learn, so the rest of the room
imports them inside the functions that use them.
"""
