"""The same work in pandas: vectorised, every file read once, nothing kept between runs.

Usage: house.py overview DIR | insights DIR | queries DIR SELECTIONS
Prints one JSON document; the caller takes the time of the whole process, except for `queries`, which times itself.
"""

import json
import os
import sys
import time

import numpy as np
import pandas as pd

QUALIFIED = {"QUALIFIED", "HIGH_INTEREST", "MEETING_DONE", "DONE_DEAL"}
UNDECIDED = {"UNKNOWN", "NEW_LEAD"}


def read(folder, name, columns, dates=()):
    table = pd.read_csv(os.path.join(folder, name + ".csv"), usecols=columns, encoding="utf-8")
    for column in dates:
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d %H:%M:%S")
    return table


def campaigns_of(folder):
    columns = ["id", "daily_budget", "start_time", "stop_time", "user_id", "project_name"]
    campaigns = read(folder, "campaigns", columns, ["start_time", "stop_time"])
    campaigns["project_name"] = campaigns["project_name"].astype(str).str.strip()
    return campaigns.rename(columns={"id": "campaign_id"})


def insights_of(folder):
    columns = ["ad_set_id", "campaign_id", "reach", "spend", "clicks", "impressions", "created_at"]
    insights = read(folder, "insights", columns, ["created_at"]).drop_duplicates()
    insights["spend"] = (insights["spend"] * 100).round().astype("int64")
    return insights


def leads_of(folder):
    columns = ["id", "campaign_id", "lead_status", "added_date"]
    leads = read(folder, "campaign_leads", columns, ["added_date"])
    leads["day"] = leads["added_date"].dt.normalize()
    leads["qualified"] = leads["lead_status"].isin(QUALIFIED)
    leads["undecided"] = leads["lead_status"].isin(UNDECIDED)
    return leads


def overview_of(insights, leads, campaigns):
    """Totals, daily trend, top projects and accounts, funnel and the campaign table of one selection."""
    totals = insights[["spend", "clicks", "impressions"]].sum()
    qualified = int(leads["qualified"].sum())
    trend = pd.concat(
        [
            insights.groupby("created_at")[["spend", "clicks", "impressions"]].sum(),
            leads.groupby("day")[["qualified", "undecided"]].sum(),
        ],
        axis=1,
    )
    spend = insights.groupby("campaign_id")[["spend", "clicks", "impressions"]].sum()
    outcome = leads.groupby("campaign_id").agg(
        leads=("id", "size"), qualified=("qualified", "sum"), undecided=("undecided", "sum")
    )
    table = campaigns.set_index("campaign_id").join(spend).join(outcome)
    measures = ["spend", "clicks", "impressions", "leads", "qualified", "undecided"]
    projects = table.groupby("project_name")[measures].sum().nlargest(10, "spend")
    accounts = table.groupby("user_id")[measures].sum().nlargest(10, "spend")
    top = table.nlargest(100, "spend")
    stages = leads["lead_status"].value_counts()
    return {
        "spend_minor": int(totals["spend"]),
        "impressions": int(totals["impressions"]),
        "clicks": int(totals["clicks"]),
        "leads": int(len(leads)),
        "qualified": qualified,
        "days": int(len(trend)),
        "projects": int(len(projects)),
        "accounts": int(len(accounts)),
        "campaigns": int(len(top)),
        "stages": int(len(stages)),
    }


def overview(folder):
    campaigns, insights, leads = campaigns_of(folder), insights_of(folder), leads_of(folder)
    log = read(folder, "lead_status_changes", ["lead_id", "status", "created_at"], ["created_at"])
    log = log.drop_duplicates()
    hits = log[log["status"].isin(QUALIFIED)].merge(
        leads[["id", "added_date"]], left_on="lead_id", right_on="id"
    )
    soon = hits[hits["created_at"] <= hits["added_date"] + pd.Timedelta(days=30)]
    answer = overview_of(insights, leads, campaigns)
    answer["qualified_within_30_days"] = int(soon["lead_id"].nunique())
    return answer


def insights_only(folder):
    campaigns, insights = campaigns_of(folder), insights_of(folder)
    daily = insights.groupby(["campaign_id", "created_at"], as_index=False)[
        ["spend", "clicks", "impressions"]
    ].sum()
    daily = daily.merge(campaigns[["campaign_id", "user_id", "project_name"]], on="campaign_id")
    return {"campaign_days": int(len(daily)), "spend_minor": int(daily["spend"].sum())}


def queries(folder, selections):
    campaigns, insights, leads = campaigns_of(folder), insights_of(folder), leads_of(folder)
    owner = campaigns[["campaign_id", "user_id", "project_name"]]
    insights = insights.merge(owner, on="campaign_id")
    leads = leads.merge(owner, on="campaign_id")
    for table in (insights, leads, campaigns):
        table["project_name"] = table["project_name"].astype("category")
    random = np.random.default_rng(20260)
    accounts, projects = campaigns["user_id"].unique(), campaigns["project_name"].unique()
    first, days = insights["created_at"].min(), (insights["created_at"].max() - insights["created_at"].min()).days
    times = []
    for _ in range(selections):
        length = int(random.integers(7, 121))
        start = first + pd.Timedelta(days=int(random.integers(0, max(1, days - length))))
        end = start + pd.Timedelta(days=length)
        kind = random.random()
        account, project = random.choice(accounts), random.choice(projects, 2)
        begun = time.perf_counter()
        some = insights[insights["created_at"].between(start, end)]
        came = leads[leads["day"].between(start, end)]
        which = campaigns
        if kind < 0.5:
            some, came, which = (t[t["user_id"] == account] for t in (some, came, which))
        elif kind >= 0.75:
            some, came, which = (t[t["project_name"].isin(project)] for t in (some, came, which))
        overview_of(some, came, which)
        # One selection answers six questions; the share of one is what is compared with one query.
        times.append((time.perf_counter() - begun) * 1000 / 6)
    return {"p95_ms": float(np.quantile(times, 0.95)), "median_ms": float(np.median(times))}


TASKS = {"overview": overview, "insights": insights_only}

if __name__ == "__main__":
    task, folder = sys.argv[1], sys.argv[2]
    answer = queries(folder, int(sys.argv[3])) if task == "queries" else TASKS[task](folder)
    print(json.dumps(answer))
