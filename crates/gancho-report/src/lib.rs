//! Reports: table, json, jsonl, csv, html.
