"""Made findings: random values with event effects, as measures.csv holds them."""

import numpy as np
import pandas as pd


def findings(seed=0, *, outlets=("Herald", "Post", "Times"), n_events=12, effect=None, missing=0.0, n_each=1):
    """Random values with an event effect; ``effect`` adds to an outlet's articles."""
    rng = np.random.default_rng(seed)
    rows = []
    for event in range(n_events):
        base = rng.normal(0, 3)
        for outlet in outlets:
            for n in range(n_each):
                for measure in ("hedges", "loaded"):
                    value = base + rng.normal() + (effect or {}).get(outlet, 0)
                    rows.append(
                        {
                            "article_id": f"{outlet}-{event}-{n}",
                            "outlet": outlet,
                            "event_id": f"e{event:02}",
                            "measure": measure,
                            "voice": "all",
                            "value": None if rng.random() < missing else value,
                        }
                    )
    return pd.DataFrame(rows)
