//! A claim with holes and conditions. A question, a statement to verify, a provision of law and an office term are
//! all patterns; one matcher serves them.

use crate::{ClaimId, Date, Decimal, Modality, Polarity};

/// What one slot of a pattern asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Anything; the slot need not be there.
    Any,
    /// Something must be there; it is bound to this name.
    Hole(String),
    /// One of these entities, by id or canonical name.
    Entity(Vec<String>),
    /// The head lemma or any content word is one of these (lower case).
    Words(Vec<String>),
    /// None of these words.
    Not(Vec<String>),
    /// All of these hold.
    All(Vec<Condition>),
}

/// A condition on a role. The first role of `names` that a claim has is the one asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCondition {
    /// Role names, in the order they are looked up.
    pub names: Vec<String>,
    /// What is asked of it.
    pub condition: Condition,
}

/// A condition on the figure.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum FigureCondition {
    /// Any figure or none.
    #[default]
    Any,
    /// There must be one; it is bound.
    Hole,
    /// It must overlap this interval (either end may be open).
    Within {
        /// Least.
        low: Option<Decimal>,
        /// Greatest.
        high: Option<Decimal>,
    },
}

/// A claim with holes and conditions.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Pattern {
    /// Frame names; empty means any. The lattice decides what else is comparable.
    pub frames: Vec<String>,
    /// Conditions on roles, all of which must hold.
    pub roles: Vec<RoleCondition>,
    /// Condition on the figure.
    pub figure: FigureCondition,
    /// Condition on the innermost source.
    pub source: Option<Condition>,
    /// Wanted polarity.
    pub polarity: Option<Polarity>,
    /// Wanted modalities; empty means any.
    pub modality: Vec<Modality>,
    /// The claim's time (event, else as-of, else published) must meet this interval.
    pub from: Option<Date>,
    /// Last day of the interval.
    pub until: Option<Date>,
}

/// A claim that a pattern matched, what filled the holes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The claim.
    pub claim: ClaimId,
    /// Hole name and the words that filled it.
    pub holes: Vec<(String, String)>,
    /// One sentence a condition.
    pub reasons: Vec<String>,
}
