//! Packages, and what keeps an agreement from being final.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::ids::{ClauseId, DelegationId, Name, Seq};
use crate::time::Timestamp;

/// Clauses that are agreed together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its clauses.
    pub clauses: BTreeSet<ClauseId>,
    /// The entry that formed it.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// What caps an agreement at ad referendum; the first that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cap {
    /// Confirmations are awaited (R-A2).
    Awaiting(BTreeSet<DelegationId>),
    /// The package is not agreed as a whole (R-A5).
    Package(Name),
    /// Nothing is agreed until everything is agreed (R-A4).
    NothingAgreed,
}

impl Draft {
    /// The package that the clause is in. A clause is in one at most.
    pub fn package_of(&self, clause: &ClauseId) -> Option<(&Name, &Package)> {
        self.packages
            .iter()
            .find(|(_, p)| p.clauses.contains(clause))
    }

    /// Whether some clause of the package is still to be settled.
    pub fn is_open(&self, package: &Package) -> bool {
        !package.clauses.iter().all(|id| self.is_settled(id))
    }

    /// What keeps the agreement on the clause from being final; none if nothing does, or there is no agreement.
    ///
    /// It is computed, never set: a clause of a package that falls back takes the others with it.
    pub fn cap(&self, clause: &ClauseId) -> Option<Cap> {
        let agreement = self.clauses.get(clause)?.agreement.as_ref()?;
        if !agreement.awaiting.is_empty() {
            return Some(Cap::Awaiting(agreement.awaiting.clone()));
        }
        if let Some((name, package)) = self.package_of(clause)
            && self.is_open(package)
        {
            return Some(Cap::Package(name.clone()));
        }
        (self.rule.nothing_agreed && self.adopted.is_none()).then_some(Cap::NothingAgreed)
    }

    /// Agreed, with nobody's confirmation awaited, or deleted.
    fn is_settled(&self, clause: &ClauseId) -> bool {
        self.clauses.get(clause).is_some_and(|c| {
            let agreement = c.agreement.as_ref();
            c.is_deleted() || agreement.is_some_and(|a| a.awaiting.is_empty())
        })
    }
}
