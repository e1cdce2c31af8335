//! Facts against facts: contradictions, discounts upward, impossible dates, prices in another currency.

use super::conflicts::{
    contradictions, foreign_sign, impossible_date, impossible_discount, other_price, upward,
};
use super::{Checked, Class, ProblemKind, Reason, short, text_of};
use crate::brief::Brief;

pub(super) fn check(brief: &Brief, checked: &mut Checked) {
    for (one, other) in contradictions(brief) {
        let (a, b) = (text_of(brief, &one), text_of(brief, &other));
        let kind =
            ProblemKind::Contradiction { text: short(&a), other_field: other.clone(), other: short(&b) };
        checked.report(&one, Class::Warn, kind);
        checked.leave_out(brief, &one, Reason::Contradiction);
        checked.leave_out(brief, &other, Reason::Contradiction);
    }
    for (field, text) in brief.sources() {
        if field.starts_with("required") || field == "brand" || field == "product" {
            continue;
        }
        let found = upward(text).map(|(old, new)| ProblemKind::DiscountUpward { old, new });
        let impossible = || impossible_discount(text).or_else(|| impossible_date(text));
        if let Some(kind) = found.or_else(|| impossible().map(|text| ProblemKind::Impossible { text })) {
            checked.report(&field, Class::Warn, kind);
            checked.leave_out(brief, &field, Reason::Contradiction);
        }
    }
    if let Some((price, offer)) = other_price(&brief.offer, &brief.price) {
        checked.report("offer", Class::Warn, ProblemKind::OtherPrice { price, offer });
        checked.leave_out(brief, "offer", Reason::Contradiction);
    }
    let price = brief.price.trim();
    let free = ["gratis", "free", "gratuito"].contains(&price.to_lowercase().as_str());
    if !price.is_empty() && !price.contains(char::is_numeric) && !free {
        checked.report("price", Class::Warn, ProblemKind::NoNumberInPrice { text: short(price) });
    }
    if let Some(sign) = foreign_sign(price, &brief.currency) {
        let currency = short(&brief.currency);
        checked.report("price", Class::Warn, ProblemKind::OtherCurrency { sign: short(&sign), currency });
    }
}
