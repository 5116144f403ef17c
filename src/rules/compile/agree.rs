//! The parts of `agree` and `require` that are more than statements.

use jiff::civil::Date;

use super::{CompiledSay, Compiler};
use crate::facts::Form;
use crate::lang::Localized;
use crate::language::vocabulary::ConceptId;
use crate::pattern::Pattern;
use crate::rules::schema::{self, AgreeValue, EarlierNeed};

/// Compares a value.
#[derive(Debug)]
pub struct Agree {
    pub value: AgreeValue,
    pub forms: Vec<(Form, Pattern)>,
    pub any: Vec<CompiledSay>,
    pub unless: Vec<CompiledSay>,
    /// Concepts of own desks, and of other bodies.
    pub desk: Vec<ConceptId>,
    pub others: Vec<ConceptId>,
    /// Jurisdictions with rules of their own for what `scope` compares with the facts.
    pub facts_except: Vec<String>,
}

/// A part of what is required.
#[derive(Debug)]
pub struct Need {
    pub name: Localized,
    pub any: Vec<CompiledSay>,
    /// The id of a rule that will do instead.
    pub met: Option<String>,
    pub earlier: Option<EarlierNeed>,
    /// Days of awareness for which it is needed.
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Compiler<'_> {
    pub(super) fn need(&mut self, index: &str, need: &schema::Need) -> Need {
        let at = |key| ["require", "all", index, "in-force", key];
        match (need.any.is_empty() && need.met.is_none(), need.earlier) {
            (true, None) => {
                let message = "this can never be met: `any` is empty".to_owned();
                self.complain(&["require", "all", index, "any"], message, None);
            }
            (false, Some(_)) => {
                let key = if need.any.is_empty() { "met" } else { "any" };
                let message = format!("`{key}` does nothing beside `earlier`");
                let hint = Some("remove one of the two".to_owned());
                self.complain(&["require", "all", index, key], message, hint);
            }
            (true, Some(EarlierNeed::Corrected)) if index == "0" => {
                let message = "`earlier: corrected` looks where the need before it is met";
                let hint = Some("put a need with `any` before it".to_owned());
                self.complain(
                    &["require", "all", index, "earlier"],
                    message.to_owned(),
                    hint,
                );
            }
            _ => {}
        }
        Need {
            name: need.name.clone(),
            any: self.says(&["require", "all", index, "any"], &need.any),
            met: need.met.clone(),
            earlier: need.earlier,
            from: self.date(&at("from"), need.in_force.from.as_ref()),
            until: self.date(&at("until"), need.in_force.until.as_ref()),
        }
    }

    pub(super) fn agree(&mut self, agree: &schema::Agree) -> Agree {
        let known: Vec<&str> = Form::ALL.iter().map(|form| form.as_str()).collect();
        let mut forms = Vec::new();
        for (name, pattern) in &agree.forms.0 {
            let path = ["agree", "forms", name.as_str()];
            match Form::ALL.iter().find(|form| form.as_str() == name) {
                Some(form) => {
                    forms.extend(self.pattern(&path, pattern).map(|regex| (*form, regex)));
                }
                None => {
                    let message = format!("unknown form `{}`", crate::yaml::shown(name));
                    self.complain(&path, message, crate::yaml::hint_for(name, &known));
                }
            }
        }
        let useless = |given: bool, wanted: AgreeValue| given && agree.value != wanted;
        for (key, wrong) in [
            ("forms", useless(!forms.is_empty(), AgreeValue::Form)),
            (
                "any",
                useless(!agree.any.is_empty(), AgreeValue::Lookup)
                    && useless(true, AgreeValue::EarlierDate)
                    && useless(true, AgreeValue::Denial),
            ),
            (
                "facts-except",
                useless(!agree.facts_except.is_empty(), AgreeValue::Scope),
            ),
            ("desk", useless(!agree.desk.is_empty(), AgreeValue::Contact)),
            (
                "others",
                useless(!agree.others.is_empty(), AgreeValue::Contact),
            ),
            (
                "unless",
                useless(!agree.unless.is_empty(), AgreeValue::Claims),
            ),
        ] {
            if wrong {
                let message = format!("`{key}` does nothing for this `value`");
                self.complain(&["agree", key], message, Some("remove it".to_owned()));
            }
        }
        if agree.value == AgreeValue::Form && forms.is_empty() {
            let hint = "add a pattern for each form, such as `hashed: 'hash'`".to_owned();
            self.complain(&["agree"], "`forms` is missing".to_owned(), Some(hint));
        }
        Agree {
            value: agree.value,
            forms,
            any: self.says(&["agree", "any"], &agree.any),
            unless: self.says(&["agree", "unless"], &agree.unless),
            desk: self.concepts(&["agree", "desk"], &agree.desk),
            others: self.concepts(&["agree", "others"], &agree.others),
            facts_except: agree.facts_except.clone(),
        }
    }
}
