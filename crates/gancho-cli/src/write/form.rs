//! The brief, asked for field by field.

use std::io::{self, BufRead, Write};

use gancho_report::Locale;
use serde_json::{Map, Value};

use crate::console::Console;

/// Asks; nothing when the person leaves before there is a brand or a product.
pub(super) fn ask(console: &Console) -> Option<Map<String, Value>> {
    let market = gancho::usual_market(console.messages.locale() == Locale::Es);
    let usual = [
        ("market", market.code().to_owned()),
        ("address", market.usual_address().code().to_owned()),
        ("placement", gancho::Brief::USUAL_PLACEMENT.to_owned()),
    ];
    let mut fields = Map::from_iter([("market".to_owned(), Value::from(market.code()))]);
    let texts = ["brand", "product", "benefits", "proof", "offer", "price", "audience"];
    let more = ["market", "address", "placement", "forbidden", "required"];
    for name in texts.into_iter().chain(more) {
        let default = usual.iter().find(|it| it.0 == name).map_or("", |it| &it.1);
        let question =
            console.messages.text(&format!("write-session-asks-{name}"), &[("usual", default.into())]);
        let Some(answer) = answer(&question) else { break };
        if answer.is_empty() {
            continue;
        }
        let value = match name {
            "benefits" | "proof" | "forbidden" | "required" => {
                answer.split(';').map(str::trim).filter(|it| !it.is_empty()).map(Value::from).collect()
            }
            _ => Value::from(answer),
        };
        fields.insert(name.to_owned(), value);
    }
    (fields.contains_key("brand") || fields.contains_key("product")).then_some(fields)
}

/// One line of stdin behind a question on stderr; nothing at its end.
pub(super) fn answer(question: &str) -> Option<String> {
    let mut err = io::stderr();
    let _ = write!(err, "{question} ").and_then(|()| err.flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim().to_owned()),
    }
}
