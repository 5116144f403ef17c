//! The numbers of the groups in the patterns of dates and numbers, so that none is looked up by name.

use crate::pattern::Pattern;

/// The numbers of the groups of a date in each of its alternatives.
#[derive(Debug)]
pub(super) struct DateGroups {
    pub year: Vec<usize>,
    pub month: Vec<usize>,
    /// The month by its name.
    pub name: Vec<usize>,
    pub day: Vec<usize>,
    /// It is a date only beside another one.
    pub short: Vec<usize>,
    /// Figures with a stroke between: a date only if what stands around says so.
    pub slash: Vec<usize>,
    /// A part of a month.
    pub part: Vec<usize>,
    /// The last day of a period.
    pub last: Vec<usize>,
}

impl DateGroups {
    pub fn of(pattern: &Pattern) -> DateGroups {
        DateGroups {
            year: pattern.groups("year"),
            month: pattern.groups("month"),
            name: pattern.groups("name"),
            day: pattern.groups("day"),
            short: pattern.groups("short"),
            slash: pattern.groups("slash"),
            part: pattern.groups("part"),
            last: pattern.groups("daytwo"),
        }
    }
}

/// The numbers of the groups of a number.
#[derive(Debug)]
pub(super) struct NumberGroups {
    pub number: Vec<usize>,
    pub unit: Vec<usize>,
    pub about: Vec<usize>,
}

impl NumberGroups {
    pub fn of(pattern: &Pattern) -> NumberGroups {
        NumberGroups {
            number: pattern.groups("number"),
            unit: pattern.groups("unit"),
            about: pattern.groups("about"),
        }
    }
}
