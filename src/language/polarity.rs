//! How negations, doubts and assurances around a predicate add up.

use super::vocabulary::Role;

/// How something is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stance {
    Asserted,
    Denied,
    Possible,
    /// Neither said nor denied: "has not been confirmed", "no evidence that".
    Unsettled,
    Advised,
    /// The reader is told that there is no need, or not to.
    AdvisedAgainst,
    /// It can be done, without a word on whether it should.
    Available,
    Promised,
    Quoted,
    Question,
    Conditional,
    /// What is to be brought about or prevented.
    Purpose,
    /// About somebody else or another event.
    Foreign,
}

impl Stance {
    pub fn name(self) -> &'static str {
        match self {
            Stance::Asserted => "asserted",
            Stance::Denied => "denied",
            Stance::Possible => "possible",
            Stance::Unsettled => "unsettled",
            Stance::Advised => "advised",
            Stance::AdvisedAgainst => "advised-against",
            Stance::Available => "available",
            Stance::Promised => "promised",
            Stance::Quoted => "quoted",
            Stance::Question => "question",
            Stance::Conditional => "conditional",
            Stance::Purpose => "purpose",
            Stance::Foreign => "foreign",
        }
    }

    /// The stance of this name, as rule files write it.
    pub fn from_name(name: &str) -> Option<Stance> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    pub const ALL: [Stance; 13] = [
        Stance::Asserted,
        Stance::Denied,
        Stance::Possible,
        Stance::Unsettled,
        Stance::Advised,
        Stance::AdvisedAgainst,
        Stance::Available,
        Stance::Promised,
        Stance::Quoted,
        Stance::Question,
        Stance::Conditional,
        Stance::Purpose,
        Stance::Foreign,
    ];
}

/// The state while one walks away from a predicate and meets operators, the nearest first.
#[derive(Debug, Clone, Copy)]
pub struct Polarity {
    pub stance: Stance,
    /// Some operator, or membership, was met.
    pub decisive: bool,
    verified: bool,
    evidence: bool,
    said: bool,
    /// What follows is said of a statement ("the notice that …").
    reported: bool,
    /// A denial of a possibility: denied once more, the possibility is back.
    doubted: bool,
    excluded: bool,
}

impl Polarity {
    pub fn new(stance: Stance) -> Self {
        Self {
            stance,
            decisive: false,
            verified: false,
            evidence: false,
            said: false,
            reported: false,
            doubted: false,
            excluded: false,
        }
    }

    /// Takes in an operator.
    pub fn apply(&mut self, role: Role) {
        use Stance::*;
        match role {
            Role::Neg | Role::NotBe | Role::Unreached => {
                self.decisive = true;
                self.stance = if self.evidence {
                    Unsettled
                } else if self.excluded {
                    Possible
                } else if self.said {
                    match self.stance {
                        Denied => Possible,
                        _ => Unsettled,
                    }
                } else if self.verified {
                    match self.stance {
                        Asserted | Possible => Unsettled,
                        // Not even that it did not happen could be confirmed.
                        Denied => Possible,
                        other => other,
                    }
                } else {
                    match self.stance {
                        Asserted => Denied,
                        Denied if self.doubted => Possible,
                        Denied => Asserted,
                        Possible => {
                            self.doubted = true;
                            Denied
                        }
                        other => other,
                    }
                };
                self.verified = false;
                self.evidence = false;
                self.said = false;
                self.excluded = false;
            }
            Role::Possible => {
                self.decisive = true;
                if self.stance == Asserted {
                    self.stance = Possible;
                }
            }
            Role::Ongoing => {
                self.decisive = true;
                if matches!(self.stance, Asserted | Unsettled | Denied) {
                    self.stance = Possible;
                }
            }
            Role::Evidence => {
                self.decisive = true;
                if self.stance == Asserted {
                    self.stance = Possible;
                }
                self.evidence = true;
            }
            Role::Whether => {
                self.decisive = true;
                self.stance = Unsettled;
            }
            Role::Verify => {
                self.decisive = true;
                self.verified = true;
            }
            Role::Say => {
                self.said = true;
                self.reported = false;
            }
            Role::Correct if self.reported => self.turn(),
            Role::Untrue => self.turn(),
            Role::Exclude => self.excluded = true,
            Role::Member => self.decisive = true,
            Role::Unaffected => {
                self.decisive = true;
                self.stance = Denied;
            }
            Role::Condition => self.close(Conditional),
            Role::Purpose => self.close(Purpose),
            Role::Question => self.close(Question),
            Role::Quote => self.close(Quoted),
            Role::Foreign => self.close(Foreign),
            _ => {}
        }
    }

    /// Whether finding out was met and nothing behind it: "… that it leaked is found".
    pub fn to_be_found(&self) -> bool {
        self.verified
    }

    /// A statement is quoted for something to be said about it.
    pub fn report(&mut self) {
        self.said = true;
        self.reported = true;
    }

    /// What was said is not so.
    fn turn(&mut self) {
        self.decisive = true;
        self.stance = match self.stance {
            Stance::Asserted | Stance::Quoted | Stance::Possible => Stance::Denied,
            Stance::Denied => Stance::Asserted,
            other => other,
        };
        self.said = false;
        self.reported = false;
    }

    fn close(&mut self, stance: Stance) {
        self.decisive = true;
        self.stance = stance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(roles: &[Role]) -> Stance {
        let mut p = Polarity::new(Stance::Asserted);
        roles.iter().for_each(|&r| p.apply(r));
        p.stance
    }

    #[test]
    fn operators_add_up() {
        use Role::*;
        assert_eq!(walk(&[Neg]), Stance::Denied);
        assert_eq!(walk(&[Neg, Verify]), Stance::Denied);
        assert_eq!(walk(&[Verify, Neg]), Stance::Unsettled);
        assert_eq!(walk(&[Possible, Neg]), Stance::Denied);
        assert_eq!(walk(&[Possible, Exclude, Neg]), Stance::Possible);
        assert_eq!(walk(&[Neg, Say, Neg]), Stance::Possible);
        assert_eq!(walk(&[Possible, Neg, Neg]), Stance::Possible);
        assert_eq!(walk(&[Neg, Untrue]), Stance::Asserted);
        assert_eq!(walk(&[Untrue]), Stance::Denied);
        assert_eq!(walk(&[Ongoing]), Stance::Possible);
        assert_eq!(walk(&[Condition]), Stance::Conditional);
    }
}
