"""Writes the committed corpus of performance exports with the rows that are expected of them.

    python scripts/corpus/exports.py

Names and numbers are invented. The shapes follow the exports of the platforms: preambles, totals, encodings,
marks. Expectations are written here by hand, never taken from the importer. Needs openpyxl and pyarrow.
"""

import csv
import datetime
import gzip
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parents[2] / "crates/gancho-library/tests/exports"
CASES = []


def case(name, content, rows=(), skipped=(), warnings=(), refused=None, mapping=None):
    """Keeps a file: its bytes, the rows, the skipped records with their reasons, codes of warnings."""
    CASES.append((name, content, list(rows), list(skipped), list(warnings), refused, mapping))


def table(*records, delimiter=",", end="\n"):
    """Separated text; each record is a list of cells."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(records)
    return out.getvalue()


def workbook(sheets, formats=()):
    """A workbook of sheets, each a list of rows; formats are (sheet, cell, number format)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for sheet, cell, form in formats:
        book[sheet][cell].number_format = form
    saved = io.BytesIO()
    book.save(saved)
    # The moment of writing stands in the parts and in their directory: the same workbook, the same bytes.
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", parts.read(name))
            fixed.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parquet(columns, schema):
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), out, compression="snappy")
    return out.getvalue()


# --- Google -------------------------------------------------------------------------------------------
case(
    "google_es_day_words.csv",
    "Informe de anuncios\n1 de agosto de 2026 - 3 de agosto de 2026\n"
    + table(
        ["Día", "Estado de la campaña", "Campaña", "Grupo de anuncios", "Clics", "Impr.", "CTR", "Código de moneda",
         "CPC medio", "Coste", "Conversiones", "Valor conv."],
        ["sáb, 1 ago 2026", "Habilitada", "Marca", "Genérico", "1.247", "12.059", "10,34%", "EUR", "6,94", "8651,95", "31,50", "1.204,00"],
        ["mar, 4 ago 2026", "Habilitada", "Marca", "Largo", "0", "12", "0,00%", "EUR", " --", "0", "0,00", "0,00"],
        ["Total: Campañas", " --", " --", " --", "1.247", "12.071", "10,33%", "EUR", "6,94", "8651,95", "31,50", "1.204,00"],
        ["Total: Cuenta", "", "", "", "1.300", "12.500", "10,40%", "EUR", "6,94", "8700,00", "31,50", "1.204,00"],
    ),
    [
        dict(platform="google", date_start="2026-08-01", date_end="2026-08-01", campaign="Marca", ad_set="Genérico",
             clicks=1247, impressions=12059, currency="EUR", spend="8651.95", results="31.50",
             result_type="Conversiones", revenue="1204.00"),
        dict(platform="google", date_start="2026-08-04", date_end="2026-08-04", campaign="Marca", ad_set="Largo",
             clicks=0, impressions=12, currency="EUR", spend="0", results="0.00", result_type="Conversiones", revenue="0.00"),
    ],
    [(1, "preamble"), (2, "preamble"), (6, "total"), (7, "total")],
)
case(
    "google_pe_months.csv",
    (
        "Informe de campaña\t\t\t\t\r\n1 de setiembre de 2025 - 31 de octubre de 2025\t\t\t\t\r\n"
        + table(
            ["Mes", "Campaña", "Costo", "Impr.", "Clics"],
            ["setiembre de 2025", "Búsqueda", "1,204.50", "45,210", "801"],
            ["octubre de 2025", "Búsqueda", "998.00", "40,001", "702"],
            ["Total: Cuenta", " --", "2,202.50", "85,211", "1,503"],
            delimiter="\t", end="\r\n",
        )
    ).encode("utf-16"),
    [
        dict(platform="google", date_start="2025-09-01", date_end="2025-09-30", campaign="Búsqueda", spend="1204.50",
             impressions=45210, clicks=801),
        dict(platform="google", date_start="2025-10-01", date_end="2025-10-31", campaign="Búsqueda", spend="998.00",
             impressions=40001, clicks=702),
    ],
    [(1, "preamble"), (2, "preamble"), (6, "total")],
    ["unknown-currency"],
)
case(
    "google_en_ads.csv",
    "Ad report\n" + table(["Feb 3 - 16, 2025"])
    + table(
        ["Ad state", "Headline 1", "Headline 2", "Description 1", "Campaign", "Ad group", "Ad ID", "Impr.", "Clicks",
         "Currency code", "Cost", "Conversions", "Conv. value", "Conv. value / cost"],
        ["Enabled", "Total comfort", "Buy now", "Shoes, made to last", "Total Body", "Shoes", "9001", "10,172", "532", "USD", "231.07", "25.50", "612.40", "2.65"],
        ["Paused", "Walk far", "", "Light as air", "Brand", "Shoes", "9002", "< 10", "", "USD", "1.00", "0.00", "0.00", " --"],
        ["Total: Ads", " --", " --", " --", " --", " --", " --", "10,175", "532", "USD", "232.07", "25.50", "612.40", "2.64"],
    ),
    [
        dict(platform="google", date_start="2025-02-03", date_end="2025-02-16", headline="Total comfort",
             text="Shoes, made to last", campaign="Total Body", ad_set="Shoes", ad_id="9001", impressions=10172,
             clicks=532, currency="USD", spend="231.07", results="25.50", result_type="Conversions", revenue="612.40"),
        dict(platform="google", date_start="2025-02-03", date_end="2025-02-16", headline="Walk far", text="Light as air",
             campaign="Brand", ad_set="Shoes", ad_id="9002", currency="USD", spend="1.00", results="0.00",
             result_type="Conversions", revenue="0.00"),
    ],
    [(1, "preamble"), (2, "preamble"), (6, "total")],
    ["totals-differ"],
)
case(
    "google_api.json",
    json.dumps(
        {
            "results": [
                {"campaign": {"id": "17", "name": "Brand"}, "segments": {"date": "2025-05-01", "device": "MOBILE"},
                 "metrics": {"impressions": "1000", "clicks": "30", "costMicros": "12345678", "conversions": 2.5,
                             "conversionsValue": 99.99}},
                {"campaign": {"id": "17", "name": "Brand"}, "segments": {"date": "2025-05-02", "device": "DESKTOP"},
                 "metrics": {"impressions": "0", "costMicros": "0"}},
            ],
            "fieldMask": "campaign.id,campaign.name",
        },
        indent=1,
    ),
    [
        dict(platform="google", campaign="Brand", campaign_id="17", device="MOBILE", date_start="2025-05-01",
             date_end="2025-05-01", impressions=1000, clicks=30, spend="12.345678", results="2.5",
             result_type="metrics.conversions", revenue="99.99"),
        dict(platform="google", campaign="Brand", campaign_id="17", device="DESKTOP", date_start="2025-05-02",
             date_end="2025-05-02", impressions=0, spend="0"),
    ],
    warnings=["unknown-currency"],
)

# --- Meta ---------------------------------------------------------------------------------------------
case(
    "meta_es_levels.csv",
    table(
        ["Inicio del informe", "Fin del informe", "Nombre de la campaña", "Nombre del anuncio", "Importe gastado (MXN)",
         "Impresiones", "Clics en el enlace", "Resultados", "Tipo de resultado"],
        ["03/05/2025", "15/05/2025", "Rebajas", "Playa", "1.200,50", "45.000", "900", "12", "Compras"],
        ["03/05/2025", "15/05/2025", "Rebajas", "Logo", "99,50", "1.000", "10", "", ""],
        ["03/05/2025", "15/05/2025", "Rebajas", "", "1.300,00", "46.000", "910", "12", "Compras"],
        ["03/05/2025", "15/05/2025", "Media naranja", "Fruta", "10,00", "500", "7", "1", "Compras"],
        ["", "", "Media", "", "436,67", "15.500", "306", "", ""],
        ["", "", "Total", "", "1.310,00", "46.500", "917", "13", "Compras"],
        delimiter=";", end="\r\n",
    ).encode("cp1252"),
    [
        dict(platform="meta", date_start="2025-05-03", date_end="2025-05-15", campaign="Rebajas", ad="Playa", currency="MXN",
             spend="1200.50", impressions=45000, link_clicks=900, results="12", result_type="Compras"),
        dict(platform="meta", date_start="2025-05-03", date_end="2025-05-15", campaign="Rebajas", ad="Logo", currency="MXN",
             spend="99.50", impressions=1000, link_clicks=10),
        dict(platform="meta", date_start="2025-05-03", date_end="2025-05-15", campaign="Media naranja", ad="Fruta",
             currency="MXN", spend="10.00", impressions=500, link_clicks=7, results="1", result_type="Compras"),
    ],
    [(4, "subtotal"), (6, "average"), (7, "total")],
)
case(
    "meta_pt.csv",
    "\ufeff"
    + table(
        ["Início dos relatórios", "Término dos relatórios", "Nome da campanha", "Nome do anúncio", "Idade", "Gênero",
         "Valor usado (BRL)", "Impressões", "Alcance", "Cliques no link"],
        ["2025-03-01", "2025-03-31", "Verão", "Praia 1", "18-24", "female", "10.55", "1530", "1210", "22"],
        ["2025-03-01", "2025-03-31", "Verão", "Praia 1", "25-34", "male", "3.10", "400", "380", ""],
    ),
    [
        dict(platform="meta", date_start="2025-03-01", date_end="2025-03-31", campaign="Verão", ad="Praia 1", age="18-24",
             gender="female", currency="BRL", spend="10.55", impressions=1530, reach=1210, link_clicks=22),
        dict(platform="meta", date_start="2025-03-01", date_end="2025-03-31", campaign="Verão", ad="Praia 1", age="25-34",
             gender="male", currency="BRL", spend="3.10", impressions=400, reach=380),
    ],
    warnings=["breakdown-rows"],
)
case(
    "meta_twice.csv",
    table(
        ["Day", "Campaign name", "Ad name", "Platform", "Placement", "Amount spent (USD)", "Impressions", "Leads", "HOOK RATE"],
        ["2025-03-01", "A", "One", "instagram", "Stories", "12.34", "1530", "3", "0.4"],
        ["2025-03-01", "", "", "", "", "12.34", "1530", "3", ""],
        ["Day", "Campaign name", "Ad name", "Platform", "Placement", "Amount spent (USD)", "Impressions", "Leads", "HOOK RATE"],
        ["2025-03-02", "A", "One", "facebook", "Feed", "5.00", "400", "1", ""],
        ["2025-03-02", "A", "=2+3", "facebook", "Feed", "-1.00", "10", "", ""],
        ["2025-03-02", "", "", "", "", "4.00", "410", "1", ""],
    ),
    [
        dict(platform="meta", date_start="2025-03-01", date_end="2025-03-01", campaign="A", ad="One", placement="Stories",
             currency="USD", spend="12.34", impressions=1530, results="3", result_type="Leads",
             extra={"Platform": "instagram", "HOOK RATE": "0.4"}),
        dict(platform="meta", date_start="2025-03-02", date_end="2025-03-02", campaign="A", ad="One", placement="Feed",
             currency="USD", spend="5.00", impressions=400, results="1", result_type="Leads", extra={"Platform": "facebook"}),
        dict(platform="meta", date_start="2025-03-02", date_end="2025-03-02", campaign="A", ad="=2+3", placement="Feed",
             currency="USD", spend="-1.00", impressions=10, extra={"Platform": "facebook"}),
    ],
    [(3, "total"), (4, "repeated-header"), (7, "total")],
    ["formula-like-text", "negative-values"],
)
case(
    "meta_sheets.xlsx",
    workbook(
        {
            "Cover": [["Report of ACME"], ["made by hand"]],
            "Raw Data Report": [
                ["Reporting starts", "Reporting ends", "Ad name", "Ad ID", "Amount spent (EUR)", "Impressions", "Link clicks",
                 "Website purchases", "Website purchase conversion value"],
                ["", "", "", "", 30.3, 3000, 30, 3, 150.25],
                [datetime.date(2025, 5, 1), datetime.date(2025, 5, 31), "Uno", "120210000000000017", 10.1, 1000, 10, 1, 50.25],
                [datetime.date(2025, 5, 1), datetime.date(2025, 5, 31), "Dos", "120210000000000018", 20.2, 2000, 20, 2, 100],
            ],
        }
    ),
    [
        dict(platform="meta", date_start="2025-05-01", date_end="2025-05-31", ad="Uno", ad_id="120210000000000017",
             currency="EUR", spend="10.1", impressions=1000, link_clicks=10, results="1", result_type="Website purchases",
             revenue="50.25"),
        dict(platform="meta", date_start="2025-05-01", date_end="2025-05-31", ad="Dos", ad_id="120210000000000018",
             currency="EUR", spend="20.2", impressions=2000, link_clicks=20, results="2", result_type="Website purchases",
             revenue="100"),
    ],
    [(2, "total")],
)
case(
    "meta_api.jsonl",
    "\n".join(
        [
            '{"date_start":"2025-06-01","date_stop":"2025-06-01","ad_id":"120210000000000001","ad_name":"Uno","spend":"10.10",'
            '"impressions":"1000","account_currency":"EUR","actions":[{"action_type":"link_click","value":"12"},'
            '{"action_type":"onsite_conversion.lead_grouped","value":"4"},{"action_type":"lead","value":"5"},'
            '{"action_type":"video_view","value":"300"}],"video_thruplay_watched_actions":[{"action_type":"video_view","value":"40"}]}',
            '{"date_start":"2025-06-02","date_stop":"2025-06-02","ad_id":"120210000000000001","ad_name":"Uno",'
            '"spend":13033.7499999999967536,"impressions":5,"account_currency":"EUR","actions":[]}',
            "{broken",
            "",
            '{"date_start":"2025-06-03","date_stop":"2025-06-03","ad_id":"120210000000000002","ad_name":"Dos","spend":"0",'
            '"impressions":"0","account_currency":"EUR","actions":[{"action_type":"onsite_conversion.lead_grouped","value":"2"}]}',
        ]
    ),
    [
        dict(platform="meta", date_start="2025-06-01", date_end="2025-06-01", ad="Uno", ad_id="120210000000000001",
             currency="EUR", spend="10.10", impressions=1000, link_clicks=12, video_3s=300, thruplays=40, results="5",
             result_type="lead"),
        dict(platform="meta", date_start="2025-06-02", date_end="2025-06-02", ad="Uno", ad_id="120210000000000001",
             currency="EUR", spend="13033.7499999999967536", impressions=5),
        dict(platform="meta", date_start="2025-06-03", date_end="2025-06-03", ad="Dos", ad_id="120210000000000002",
             currency="EUR", spend="0", impressions=0, results="2", result_type="onsite_conversion.lead_grouped"),
    ],
    [(3, "broken"), (4, "blank")],
)
case(
    "meta_api_nanos.parquet",
    parquet(
        {
            "date_start": [datetime.datetime(2025, 6, 1), datetime.datetime(2025, 6, 2)],
            "ad_id": [120210000000000001, 120210000000000003],
            "spend": [10.1, 0.07],
            "impressions": [1000, None],
            "actions": [[{"action_type": "purchase", "value": "2"}, {"action_type": "omni_purchase", "value": "3"}], None],
            "action_values": [[{"action_type": "omni_purchase", "value": "99.90"}], None],
        },
        pa.schema(
            [
                ("date_start", pa.timestamp("ns")),
                ("ad_id", pa.int64()),
                ("spend", pa.float64()),
                ("impressions", pa.int64()),
                ("actions", pa.list_(pa.struct([("action_type", pa.string()), ("value", pa.string())]))),
                ("action_values", pa.list_(pa.struct([("action_type", pa.string()), ("value", pa.string())]))),
            ]
        ),
    ),
    [
        dict(platform="meta", date_start="2025-06-01", date_end="2025-06-01", ad_id="120210000000000001", spend="10.1",
             impressions=1000, results="3", result_type="omni_purchase", revenue="99.90"),
        dict(platform="meta", date_start="2025-06-02", date_end="2025-06-02", ad_id="120210000000000003", spend="0.07"),
    ],
    warnings=["unknown-currency"],
)

# --- TikTok -------------------------------------------------------------------------------------------
case(
    "tiktok_es-(2025-10-01 to 2025-10-31).xlsx",
    workbook(
        {
            "Sheet1": [
                ["Nombre de la campaña", "Nombre del anuncio", "Estado principal", "Coste", "Impresiones", "Clics (destino)",
                 "CTR (destino)", "Resultados", "Moneda"],
                ["always_on", "reto", "Activo", "580,74", 1324533, 3023, 0.0023, 160, "EUR"],
                ["always_on", "unboxing", "Activo", "1.695,45", 1950325, 4529, 0.0023, "-", "EUR"],
                ["Total de 2 resultados", "-", "-", "2.276,19", 3274858, 7552, 0.0023, 160, "EUR"],
            ]
        },
        [("Sheet1", "G2", "0.00%"), ("Sheet1", "G3", "0.00%"), ("Sheet1", "G4", "0.00%")],
    ),
    [
        dict(platform="tiktok", campaign="always_on", ad="reto", currency="EUR", spend="580.74", impressions=1324533,
             clicks=3023, results="160"),
        dict(platform="tiktok", campaign="always_on", ad="unboxing", currency="EUR", spend="1695.45", impressions=1950325,
             clicks=4529),
    ],
    [(4, "total")],
    ["dates-in-file-name"],
)
case(
    "tiktok_day.csv",
    table(
        ["By Day", "Ad group name", "Ad name", "Cost", "Impressions", "Clicks (all)", "Clicks (destination)",
         "Video views at 25%", "Video views at 50%", "Video views at 75%", "Video views at 100%", "Currency"],
        ["2025-10-01", "G1", "A", "12.50", "9000", "80", "50", "400", "300", "200", "100", "USD"],
        ["Total of 1 results", "-", "-", "12.50", "9000", "80", "50", "400", "300", "200", "100", "USD"],
    ),
    [
        dict(platform="tiktok", date_start="2025-10-01", date_end="2025-10-01", ad_set="G1", ad="A", currency="USD",
             spend="12.50", impressions=9000, clicks=80, link_clicks=50, video_25=400, video_50=300, video_75=200, video_100=100)
    ],
    [(3, "total")],
)

# --- LinkedIn -----------------------------------------------------------------------------------------
case(
    "linkedin_utf8.csv",
    "\ufeff"
    + table(
        ["Ad Performance Report"],
        ["Report Start: January 1, 2025"],
        ["Report End: January 31, 2025"],
        ["Date Generated: February 2, 2025"],
        ["Currency: GBP"],
        ["Account: Acme (500)"],
        end="\r\n",
    )
    + "\r\n"
    + table(
        ["Start Date (in UTC)", "Campaign Name", "Ad Set Name", "Ad ID", "Ad Name", "Total Spent", "Impressions", "Clicks",
         "Click Through Rate", "Leads", "Conversions", "Video Completions"],
        ["Jan 05, 2025", "Demand", "CFO", "77", "Paper", "£1,204.50", "31,002", "188", "0.61%", "0", "7", "12"],
        ["Jan 06, 2025", "Demand", "CFO", "77", "Paper", "£88.00", "2,410", "9", "0.37%", "0", "-", "-"],
        ["-", "-", "-", "-", "-", "£1,292.50", "33,412", "197", "0.59%", "0", "7", "12"],
        end="\r\n",
    ),
    [
        dict(platform="linkedin", date_start="2025-01-05", date_end="2025-01-05", campaign="Demand", ad_set="CFO", ad="Paper",
             ad_id="77", currency="GBP", spend="1204.50", impressions=31002, clicks=188, results="7", result_type="Conversions",
             video_100=12),
        dict(platform="linkedin", date_start="2025-01-06", date_end="2025-01-06", campaign="Demand", ad_set="CFO", ad="Paper",
             ad_id="77", currency="GBP", spend="88.00", impressions=2410, clicks=9),
    ],
    [(n, "preamble") for n in range(1, 7)] + [(7, "blank"), (11, "total")],
)
case(
    "linkedin_demographics.csv",
    table(
        ["Demographics Report"],
        ["2025-03-01 - 2025-03-31"],
        ["Job Title Segment", "Impressions", "Clicks", "Total Spent"],
        ["Chief Financial Officer", "1000", "10", "50.10"],
        ["Controller", "500", "3", "20.00"],
        [""],
        ["Company Size Segment", "Impressions", "Clicks", "Total Spent"],
        ["11-50", "1500", "13", "70.10"],
    ),
    [
        dict(platform="linkedin", date_start="2025-03-01", date_end="2025-03-31", impressions=1000, clicks=10, spend="50.10",
             extra={"Job Title Segment": "Chief Financial Officer"}),
        dict(platform="linkedin", date_start="2025-03-01", date_end="2025-03-31", impressions=500, clicks=3, spend="20.00",
             extra={"Job Title Segment": "Controller"}),
    ],
    [(1, "preamble"), (2, "preamble"), (6, "blank"), (7, "other-table"), (8, "other-table")],
    ["other-table", "unknown-currency"],
)

# --- the others ---------------------------------------------------------------------------------------
case(
    "pinterest.csv.gz",
    gzip.compress(
        (
            "\ufeff"
            + table(
                ["Date", "Campaign name", "Ad group name", "Ad name", "Ad ID", "Spend in account currency", "Impressions",
                 "Outbound clicks", "Total conversions", "Total conversion value", "eCTR", "CPA"],
                ["2025-07-01", "Otoño", "Hogar", "Lámpara", "626", "12.345", "1500", "30", "2", "80.5", "2.0", "6.17"],
                ["2025-07-02", "Otoño", "Hogar", "Lámpara", "626", "1.250", "150", "0", "", "", "0", ""],
            )
        ).encode(),
        mtime=0,
    ),
    [
        dict(platform="pinterest", date_start="2025-07-01", date_end="2025-07-01", campaign="Otoño", ad_set="Hogar",
             ad="Lámpara", ad_id="626", spend="12.345", impressions=1500, clicks=30, results="2",
             result_type="Total conversions", revenue="80.5"),
        dict(platform="pinterest", date_start="2025-07-02", date_end="2025-07-02", campaign="Otoño", ad_set="Hogar",
             ad="Lámpara", ad_id="626", spend="1.250", impressions=150, clicks=0),
    ],
    warnings=["unknown-currency"],
)
case(
    "pinterest_api.tsv",
    table(
        ["date", "campaign_id", "spend_in_micro_dollar", "impression_1", "impression_2", "clickthrough_1", "clickthrough_2",
         "total_conversions_value_in_micro_dollar"],
        ["2025-07-01", "626700000000000001", "12345000", "1500", "20", "30", "1", "80500000"],
        delimiter="\t",
    ),
    [
        dict(platform="pinterest", date_start="2025-07-01", date_end="2025-07-01", campaign_id="626700000000000001",
             currency="USD", spend="12.345", impressions=1500, clicks=30, revenue="80.50")
    ],
)
case(
    "x_api.csv",
    table(
        ["date", "promoted_tweet_id", "placement", "billed_charge_local_micro", "impressions", "clicks", "url_clicks"],
        ["2025-08-01", "1950000000000000001", "ALL_ON_TWITTER", "1500000", "900", "40", "12"],
        ["2025-08-01", "1950000000000000002", "ALL_ON_TWITTER", "-", "0", "0", "0"],
    ),
    [
        dict(platform="x", date_start="2025-08-01", date_end="2025-08-01", ad_id="1950000000000000001",
             placement="ALL_ON_TWITTER", spend="1.50", impressions=900, clicks=40, link_clicks=12),
        dict(platform="x", date_start="2025-08-01", date_end="2025-08-01", ad_id="1950000000000000002",
             placement="ALL_ON_TWITTER", impressions=0, clicks=0, link_clicks=0),
    ],
    warnings=["unknown-currency"],
)
case(
    "x_web.csv",
    table(
        ["Time period", "Campaign name", "Ad Group name", "Impressions", "Spend", "Results", "Result type", "Clicks", "Link clicks", "Currency"],
        ["2025-08-01 - 2025-08-31", "C", "G", "1000", "10.50", "3", "Website visits", "40", "12", "USD"],
        ["Total", "", "", "1000", "10.50", "3", "", "40", "12", ""],
    ),
    [
        dict(platform="x", date_start="2025-08-01", date_end="2025-08-31", campaign="C", ad_set="G", currency="USD", spend="10.50",
             impressions=1000, clicks=40, link_clicks=12, results="3", result_type="Website visits")
    ],
    [(3, "total")],
)
case(
    "linkedin_es.csv",
    table(
        ["Informe de rendimiento de campañas (en UTC)"],
        ["Inicio del informe: 1 de marzo de 2025, 0:00"],
        ["Fin del informe: 31 de marzo de 2025, 23:59"],
        ["Fecha de generación: 2 de abril de 2025"],
        [""],
        ["Fecha de inicio (en UTC)", "Moneda", "Nombre del grupo de campañas", "Nombre de la campaña", "ID de la campaña",
         "Total invertido", "Impresiones", "Clics", "Porcentaje de clics", "Posibles clientes"],
        ["04/03/2025", "EUR", "Demanda", "Libro", "500", "1.204,50", "31.002", "188", "0,61%", "7"],
        ["12/03/2025", "EUR", "Demanda", "Libro", "500", "990,25", "28.110", "151", "0,54%", "5"],
        delimiter="\t", end="\r\n",
    ).encode("utf-16"),
    [
        dict(platform="linkedin", date_start="2025-03-04", date_end="2025-03-04", campaign="Libro", campaign_id="500",
             ad_set="Demanda", currency="EUR", spend="1204.50", impressions=31002, clicks=188, results="7",
             result_type="Posibles clientes"),
        dict(platform="linkedin", date_start="2025-03-12", date_end="2025-03-12", campaign="Libro", campaign_id="500",
             ad_set="Demanda", currency="EUR", spend="990.25", impressions=28110, clicks=151, results="5",
             result_type="Posibles clientes"),
    ],
    [(n, "preamble") for n in range(1, 5)] + [(5, "blank")],
)
case(
    "sheet_numbers_for_days.xlsx",
    workbook(
        {
            "Formatted Report": [["Day", "Ad name", "Amount spent (EUR)", "Impressions"], ["15 Nov", "A", "12,50 €", "1.000"]],
            "Raw Data Report": [
                ["Día", "Nombre del anuncio", "Identificador del anuncio", "Importe gastado (EUR)", "Impresiones", "CTR (todos)", "Clics (todos)"],
                [45976, "A", 120210000000000017, "12,5", 1000, 0.01, 10],
                [None, None, None, None, None, None, None],
                ["Total", None, None, 12.5, 1000, 0.01, 10],
            ],
        }
    ),
    [
        dict(platform="meta", date_start="2025-11-15", date_end="2025-11-15", ad="A", ad_id="120210000000000000", currency="EUR",
             spend="12.5", impressions=1000, clicks=10)
    ],
    [(3, "blank"), (4, "total")],
    ["rounded-id", "other-sheets"],
)
case("no_figures.parquet", parquet({"item": ["a"], "click": [1]}, pa.schema([("item", pa.string()), ("click", pa.int64())])), refused="no-header")
case(
    "snapchat.csv",
    table(
        ["Start Date", "End Date", "Campaign Name", "Ad Squad Name", "Ad Name", "Amount Spent", "Paid Impressions", "Swipe Ups",
         "Swipe Up Rate", "Currency"],
        ["2025-09-01", "2025-09-30", "C", "S", "Lens", "100.00", "5000", "75", "1.5%", "USD"],
    ),
    [
        dict(platform="snapchat", date_start="2025-09-01", date_end="2025-09-30", campaign="C", ad_set="S", ad="Lens",
             currency="USD", spend="100.00", impressions=5000, clicks=75)
    ],
)
case(
    "microsoft_url.csv",
    (
        table(
            ["Report Name: Ads"],
            ["Report Time: 3/1/2025 - 3/31/2025"],
            ["Time Zone: (GMT+01:00)"],
            ["Last Completed Available Day: 4/2/2025"],
            [""],
            ["Gregorian date", "Campaign name", "Ad group", "Ad ID", "Currency code", "Impressions", "Clicks", "Spend", "Avg. CPC", "Conversions", "Revenue"],
            ["3/4/2025", "Marca", "G", "81", "EUR", "1,500", "30", "12.50", "0.42", "2", "80.00"],
            ["3/5/2025", "Marca", "G", "81", "EUR", "900", "10", "4.00", "0.40", "", ""],
            ["©2025 Microsoft Corporation. All rights reserved. "],
            delimiter="\t", end="\r\n",
        )
    ).encode("utf-16"),
    [
        dict(platform="microsoft", date_start="2025-03-04", date_end="2025-03-04", campaign="Marca", ad_set="G", ad_id="81",
             currency="EUR", impressions=1500, clicks=30, spend="12.50", results="2", result_type="Conversions", revenue="80.00"),
        dict(platform="microsoft", date_start="2025-03-05", date_end="2025-03-05", campaign="Marca", ad_set="G", ad_id="81",
             currency="EUR", impressions=900, clicks=10, spend="4.00"),
    ],
    [(n, "preamble") for n in range(1, 5)] + [(5, "blank"), (9, "footnote")],
)
case(
    "amazon.csv",
    "\ufeff"
    + table(
        ["Date", "Portfolio name", "Currency", "Campaign Name", "Ad Group Name", "Impressions", "Clicks",
         "Click-Thru Rate (CTR)", "Spend", "7 Day Total Sales ", "7 Day Total Orders (#)"],
        ["Jan 05, 2025", "P", "USD", "Zapatos", "G", "12500", "41", "0.3280%", "$1,234.56", "$4,000.00", "31"],
        ["Jan 06, 2025", "P", "USD", "Zapatos", "G", "100", "0", "0.0000%", "$0.00", "$0.00", "0"],
    ),
    [
        dict(platform="amazon", date_start="2025-01-05", date_end="2025-01-05", currency="USD", campaign="Zapatos", ad_set="G",
             impressions=12500, clicks=41, spend="1234.56", revenue="4000.00", results="31", result_type="7 Day Total Orders (#)"),
        dict(platform="amazon", date_start="2025-01-06", date_end="2025-01-06", currency="USD", campaign="Zapatos", ad_set="G",
             impressions=100, clicks=0, spend="0.00", revenue="0.00", results="0", result_type="7 Day Total Orders (#)"),
    ],
)
case(
    "ga4.csv",
    "# ----------------------------------------\n# Traffic acquisition\n# Account: ACME\n# Property: Shop\n"
    "# ----------------------------------------\n#\n# All Users\n# Start date: 20260101\n# End date: 20260131\n\n"
    "Session campaign,Session source / medium,Sessions,Engaged sessions,Key events,Total revenue\n"
    "rebajas,meta / paid,500,300,12.5,1200.50\n"
    "(not set),google / cpc,20,10,0,0\n"
    ",,520,310,12.5,1200.5,Grand total\n"
    "\n# Start date: 20260101\n# End date: 20260131\n\nSession source / medium,Sessions,Key events,Total revenue\nmeta / paid,500,12.5,1200.5\n",
    [
        dict(platform="ga4", date_start="2026-01-01", date_end="2026-01-31", campaign="rebajas", results="12.5",
             result_type="Key events", revenue="1200.50"),
        dict(platform="ga4", date_start="2026-01-01", date_end="2026-01-31", campaign="(not set)", results="0",
             result_type="Key events", revenue="0"),
    ],
    [(n, "preamble") for n in range(1, 10)]
    + [(10, "blank"), (14, "total"), (15, "blank"), (16, "footnote"), (17, "footnote"), (18, "blank"), (19, "other-table"), (20, "other-table")],
    ["other-table", "unknown-currency"],
)
case(
    "dv360.csv",
    table(
        ["Date", "Campaign", "Insertion Order", "Line Item", "Creative", "Advertiser Currency", "Impressions", "Clicks",
         "Media Cost (Advertiser Currency)", "Revenue (Adv Currency)"],
        ["2025/02/01", "Primavera", "IO 1", "LI 1", "banner_300x250.png", "EUR", "1000", "3", "4.500000", "6.000000"],
        ["", "", "", "", "", "", "1000", "3", "4.500000", "6.000000"],
        ["Report Time:", "2025/03/02"],
        ["Group By:", "Date"],
    ),
    [
        dict(platform="dv360", date_start="2025-02-01", date_end="2025-02-01", campaign="Primavera", ad_set="LI 1",
             ad="banner_300x250.png", currency="EUR", impressions=1000, clicks=3, spend="4.500000")
    ],
    [(3, "total"), (4, "footnote"), (5, "footnote")],
)

# --- plain tables, styles, questions --------------------------------------------------------------------
case(
    "plain_pipe.txt",
    "sep=|\nimage|impressions|clicks|spend|color\nhero.jpg|1 234|7|€ 12,50|rojo\nmar.png|999|0|€ 0,75|\n",
    [
        dict(image="hero.jpg", impressions=1234, clicks=7, spend="12.50", currency="EUR", extra={"color": "rojo"}),
        dict(image="mar.png", impressions=999, clicks=0, spend="0.75", currency="EUR"),
    ],
    [(1, "preamble")],
    ["no-dates"],
)
case(
    "plain_mixed_ends.csv",
    "Campaign,Date,Impressions,Clicks,Spend\r\nA,2025-01-01,100,1,2.50\nB,2025-01-01,200,2,3.50\r\rC,2025-01-02,300,3,4.50\r\n\r\n\r\n",
    [
        dict(campaign="A", date_start="2025-01-01", date_end="2025-01-01", impressions=100, clicks=1, spend="2.50"),
        dict(campaign="B", date_start="2025-01-01", date_end="2025-01-01", impressions=200, clicks=2, spend="3.50"),
        dict(campaign="C", date_start="2025-01-02", date_end="2025-01-02", impressions=300, clicks=3, spend="4.50"),
    ],
    [(4, "blank")],
    ["unknown-currency"],
)
case(
    "plain_unquoted_comma.csv",
    "ad,date,impressions,clicks,spend\nA,2025-01-01,100,1,2.50\nB, or C,2025-01-01,200,2,3.50\nD,2025-01-01\n\"E,2025-01-01,1,1,1\nF,2025-01-01,1,1,1\n",
    [
        dict(ad="A", date_start="2025-01-01", date_end="2025-01-01", impressions=100, clicks=1, spend="2.50"),
        dict(ad="D", date_start="2025-01-01", date_end="2025-01-01"),
    ],
    [(3, "too-many-cells"), (5, "unclosed-quote")],
    ["short-records", "unknown-currency"],
)
case(
    "question_numbers.csv",
    "ad,date,impressions,spend\nA,2025-01-01,45210,1.234\nB,2025-01-01,999,2.500\n",
    refused="ambiguous-numbers",
)
case(
    "answer_numbers.csv",
    "ad,date,impressions,spend\nA,2025-01-01,45210,1.234\nB,2025-01-01,999,2.500\n",
    [
        dict(ad="A", date_start="2025-01-01", date_end="2025-01-01", impressions=45210, spend="1234", currency="CLP"),
        dict(ad="B", date_start="2025-01-01", date_end="2025-01-01", impressions=999, spend="2500", currency="CLP"),
    ],
    mapping='decimal = "comma"\ncurrency = "CLP"\n',
)
case(
    "rates_tell_the_numbers.csv",
    "ad;date;impressions;spend;CPM\nA;2025-01-01;45210;1.234;27,29\nB;2025-01-01;999;2.500;2502,5\n",
    [
        dict(ad="A", date_start="2025-01-01", date_end="2025-01-01", impressions=45210, spend="1234"),
        dict(ad="B", date_start="2025-01-01", date_end="2025-01-01", impressions=999, spend="2500"),
    ],
    warnings=["unknown-currency"],
)
case("question_dates.csv", "ad,date,impressions,clicks\nA,03/04/2025,100,1\nB,05/06/2025,200,2\n", refused="ambiguous-dates")
case("mixed_dates.csv", "ad,date,impressions,clicks\nA,03/14/2025,100,1\nB,15/06/2025,200,2\n", refused="mixed-dates")
case(
    "answer_dates.csv",
    "ad,date,impressions,clicks\nA,03/04/2025,100,1\nB,05/06/2025,200,2\n",
    [
        dict(ad="A", date_start="2025-04-03", date_end="2025-04-03", impressions=100, clicks=1),
        dict(ad="B", date_start="2025-06-05", date_end="2025-06-05", impressions=200, clicks=2),
    ],
    mapping='dates = "day-month"\n',
)
case(
    "weeks_tell_the_dates.csv",
    "Semana,Campaña,Impr.,Clics,Coste\n03/02/2025,A,100,1,2.50\n10/02/2025,A,200,2,3.50\n",
    [
        dict(platform="google", date_start="2025-02-03", date_end="2025-02-09", campaign="A", impressions=100, clicks=1, spend="2.50"),
        dict(platform="google", date_start="2025-02-10", date_end="2025-02-16", campaign="A", impressions=200, clicks=2, spend="3.50"),
    ],
    warnings=["unknown-currency"],
)
case(
    "rounded_ids.csv",
    "Ad ID,Day,Impressions,Amount spent (USD)\n1.2021E+17,2025-01-01,100,1.00\n1.2021E+17,2025-01-01,200,2.00\n",
    [
        dict(platform="meta", ad_id="1.2021E+17", date_start="2025-01-01", date_end="2025-01-01", impressions=100, spend="1.00", currency="USD"),
        dict(platform="meta", ad_id="1.2021E+17", date_start="2025-01-01", date_end="2025-01-01", impressions=200, spend="2.00", currency="USD"),
    ],
    warnings=["rounded-id"],
)
case(
    "wrong_rate.csv",
    "Day,Ad name,Amount spent (USD),Impressions,Link clicks,CTR (link click-through rate)\n2025-01-01,A,1.00,1000,10,1.0\n2025-01-01,B,1.00,1000,10,10.0\n",
    [
        dict(platform="meta", ad="A", date_start="2025-01-01", date_end="2025-01-01", impressions=1000, link_clicks=10, spend="1.00", currency="USD"),
        dict(platform="meta", ad="B", date_start="2025-01-01", date_end="2025-01-01", impressions=1000, link_clicks=10, spend="1.00", currency="USD"),
    ],
    warnings=["rate-differs"],
)
case("hostile_empty.csv", "", refused="empty-file")
case("hostile_blank.csv", "\ufeff\n \n,,\n", refused="no-header")
case("hostile_preamble_only.csv", "Campaign report\n1 de mayo de 2025 - 31 de mayo de 2025\n", refused="no-header")
case("hostile_header_only.csv", "Campaign name,Amount spent (USD),Impressions\n", refused="header-only")
case("hostile_totals_only.csv", "Campaign name,Amount spent (USD),Impressions\nTotal,1.00,100\n", refused="no-rows")
case("hostile_truncated.csv.gz", gzip.compress(("ad,impressions,clicks\n" + "a,100,1\n" * 500).encode(), mtime=0)[:-20], refused="broken-gzip")
case("hostile_not_gzip.csv.gz", b"\x1f\x8bnot at all", refused="broken-gzip")
case("hostile_cut_short.json", '{"data":[{"ad_id":"1","impressions":5,"spend":"1"},{"ad_id"', refused="broken")
case("hostile_not_a_zip.xlsx", b"PK\x03\x04 and no more", refused="broken")
case("hostile_cut_short.parquet", b"PAR1 and no more", refused="broken")
case(
    "hostile_nul.csv",
    "ad,date,impressions,clicks\na\0b,2025-01-01,100,1\nc,2025-01-01,\0,2\n",
    [
        dict(ad="a\0b", date_start="2025-01-01", date_end="2025-01-01", impressions=100, clicks=1),
        dict(ad="c", date_start="2025-01-01", date_end="2025-01-01", clicks=2),
    ],
    warnings=["control-characters", "bad-number"],
)
case(
    "hostile_bytes.csv",
    "ad,date,impressions,clicks\nniño año,2025-01-01,100,1\ncaf".encode() + b"\xff,2025-01-01,7,2\n",
    [
        dict(ad="niño año", date_start="2025-01-01", date_end="2025-01-01", impressions=100, clicks=1),
        dict(ad="caf\ufffd", date_start="2025-01-01", date_end="2025-01-01", impressions=7, clicks=2),
    ],
    warnings=["invalid-bytes"],
)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.iterdir():
        old.unlink()
    for name, content, rows, skipped, warnings, refused, mapping in CASES:
        (OUT / name).write_bytes(content.encode() if isinstance(content, str) else content)
        expected = {
            "refused": refused,
            "mapping": mapping,
            "rows": rows,
            "skipped": [{"record": record, "reason": reason} for record, reason in skipped],
            "warnings": warnings,
        }
        text = json.dumps({key: it for key, it in expected.items() if it}, ensure_ascii=False, indent=1)
        (OUT / f"{name}.expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
