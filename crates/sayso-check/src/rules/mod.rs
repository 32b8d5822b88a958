//! The registry: one file a rule, named by its code. A new rule is a new file and a line in [`RULES`].

use crate::Rule;

mod a001;
mod a002;
mod a003;
mod a004;
mod c001;
mod f001;
mod f002;
mod l001;
mod l002;
mod l003;
mod o001;
mod s004;
mod s005;

/// Every rule, by code.
pub const RULES: &[Rule] = &[
    a001::RULE,
    a002::RULE,
    a003::RULE,
    a004::RULE,
    c001::RULE,
    f001::RULE,
    f002::RULE,
    l001::RULE,
    l002::RULE,
    l003::RULE,
    o001::RULE,
    s004::RULE,
    s005::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_every_rule_is_documented() {
        assert!(RULES.windows(2).all(|w| w[0].code < w[1].code));
        for rule in RULES {
            let d = rule.docs;
            for text in [d.reports, d.matters, d.wrong, d.right, d.decides, d.silent] {
                assert!(!text.trim().is_empty(), "{} lacks a section", rule.code);
            }
            assert!(crate::explain(rule.code).is_some_and(|m| m.contains(rule.title)));
        }
    }
}
