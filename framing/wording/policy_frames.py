"""The policy frames (Boydstun et al. 2014), by the names that models, lists and tables use."""

# The label of the model, which names columns too -> the category in the list "frames".
CATEGORY = {
    "economic": "economic",
    "morality": "morality",
    "fairness": "fairness",
    "legality_crime": "legality and crime",
    "political_policy": "political and policy",
    "security_defense": "security and defense",
    "health_safety": "health and safety",
    "cultural_identity": "cultural identity",
    "public_opinion": "public opinion",
}
