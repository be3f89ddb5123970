//! What is selected and what is asked about it, of one list. An answer counts only where nothing was chosen since it was asked for. Pure.

use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::ipc::{BulkAction, BulkPlan, IncidentScope, IpcError, MOST_SELECTED};
use yew::prelude::*;

use super::key::Selectable;
use crate::components::table::Picked;

/// Which form stands before the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    #[default]
    Nothing,
    Snoozing,
    Closing,
    Suppressing,
    Grouping,
}

/// When something was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) scope: IncidentScope,
    epoch: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen<K: Selectable> {
    at: At,
    pub(super) keys: Rc<HashSet<K>>,
    pub(super) form: Form,
    /// It stands before the form that it was made by.
    pub(super) plan: Option<(BulkAction, BulkPlan)>,
    /// Why no more was selected than before.
    pub(super) refused: Option<Refused>,
}

/// See [`Chosen::refused`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refused {
    /// So many would have been selected.
    TooMany(u32),
    /// One end of the range is not in the list any more.
    EndLeft,
    Failed(IpcError),
}

impl Refused {
    /// Where so many match, or would be selected with what was before.
    pub(super) fn too_many(matches: u32, all: usize) -> Option<Self> {
        let many = (matches as usize).max(all);
        (many > MOST_SELECTED).then_some(Self::TooMany(many as u32))
    }
}

pub(super) enum Choice<K: Selectable> {
    /// Another list is shown.
    Scope(IncidentScope),
    /// In the list of this scope.
    Pick(IncidentScope, Picked<K>),
    Open(Form),
    /// Back from the plan to the form that it was made by; from a form to the list.
    Back,
    /// The plan names somebody who may not be seen any more.
    DropPlan,
    /// The answers.
    All(At, Vec<K>),
    Range(At, HashSet<K>),
    Refused(At, Refused),
    Plan(At, BulkAction, BulkPlan),
    Started(At),
    Rest(At, HashSet<K>),
}

impl<K: Selectable> Chosen<K> {
    pub(super) fn of(scope: IncidentScope) -> Self {
        Self { at: At { scope, epoch: 0 }, keys: Rc::default(), form: Form::Nothing, plan: None, refused: None }
    }

    pub(super) fn at(&self) -> At {
        self.at
    }

    /// What is selected in the list of this scope: of another list, nothing.
    pub(super) fn keys_in(&self, scope: IncidentScope) -> Rc<HashSet<K>> {
        if self.at.scope == scope { self.keys.clone() } else { Rc::default() }
    }

    /// Nothing that was asked for before is taken over any more.
    fn next(&self) -> Self {
        let At { scope, epoch } = self.at;
        Self { at: At { scope, epoch: epoch + 1 }, refused: None, ..self.clone() }
    }
}

impl<K: Selectable> Reducible for Chosen<K> {
    type Action = Choice<K>;

    fn reduce(self: Rc<Self>, choice: Choice<K>) -> Rc<Self> {
        let asked = match &choice {
            Choice::All(at, _)
            | Choice::Range(at, _)
            | Choice::Refused(at, _)
            | Choice::Plan(at, ..)
            | Choice::Started(at)
            | Choice::Rest(at, _) => Some(*at),
            _ => None,
        };
        if asked.is_some_and(|at| at != self.at) {
            return self;
        }
        let mut next = self.next();
        match choice {
            Choice::Scope(scope) if scope == self.at.scope => return self,
            Choice::Scope(scope) => {
                let At { epoch, .. } = next.at;
                return Rc::new(Self { at: At { scope, epoch }, ..Self::of(scope) });
            }
            Choice::Pick(scope, _) if scope != self.at.scope => return self,
            // Most events are of the run: what it leaves selected is still to come.
            Choice::DropPlan if self.plan.is_none() => return self,
            Choice::Pick(_, picked) => next.keys = Rc::new(picked.of(&self.keys)),
            Choice::Open(form) => next.form = form,
            Choice::Back if self.plan.is_none() => next.form = Form::Nothing,
            Choice::Back | Choice::DropPlan => next.plan = None,
            Choice::All(_, all) => next.keys = Rc::new(self.keys.iter().copied().chain(all).collect()),
            Choice::Range(_, keys) => next.keys = Rc::new(keys),
            Choice::Refused(_, why) => next.refused = Some(why),
            Choice::Plan(_, action, plan) => next.plan = Some((action, plan)),
            Choice::Started(_) => (next.form, next.plan) = (Form::Nothing, None),
            // A run may have been at incidents of other customers, too: what this list cannot show is not selected in it.
            Choice::Rest(_, rest) => next.keys = Rc::new(rest.into_iter().filter(|key| shows(self.at.scope, *key)).collect()),
        }
        Rc::new(next)
    }
}

/// Whether a list of this scope can show it.
fn shows<K: Selectable>(scope: IncidentScope, key: K) -> bool {
    match scope {
        IncidentScope::All => true,
        IncidentScope::Customer { id } => key.customer() == id,
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::TenantId;
    use tenantry_model::ipc::{FormId, IncidentRef};
    use uuid::Uuid;

    use super::*;

    fn tenant(n: u128) -> TenantId {
        TenantId::from_uuid(Uuid::from_u128(n))
    }

    fn key(customer: u128) -> IncidentRef {
        IncidentRef { customer_id: tenant(customer), number: "AAAAAA-000001".parse().unwrap() }
    }

    fn at(customer: u128) -> IncidentScope {
        IncidentScope::Customer { id: tenant(customer) }
    }

    fn plan() -> BulkPlan {
        BulkPlan { id: FormId(Uuid::nil()), customers: vec![], waits: false }
    }

    fn with_one() -> Rc<Chosen<IncidentRef>> {
        Rc::new(Chosen::of(at(1))).reduce(Choice::Pick(at(1), Picked::Toggle(key(1))))
    }

    #[test]
    fn bulk_an_answer_about_another_customers_list_is_dropped() {
        let asked = with_one();
        let when = asked.at();
        let moved = asked.reduce(Choice::Scope(at(2)));
        assert!(moved.keys.is_empty());
        for late in [
            Choice::All(when, vec![key(1)]),
            Choice::Plan(when, BulkAction::Claim, plan()),
            Choice::Rest(when, [key(1)].into()),
            Choice::Refused(when, Refused::TooMany(9)),
            Choice::Pick(at(1), Picked::Toggle(key(1))),
        ] {
            assert_eq!(*moved.clone().reduce(late), *moved);
        }
        let back = moved.clone().reduce(Choice::Scope(at(1)));
        assert_eq!(*back.clone().reduce(Choice::All(when, vec![key(1)])), *back, "also where one has come back meanwhile");
    }

    #[test]
    fn bulk_an_answer_after_something_else_was_selected_is_dropped() {
        let asked = with_one();
        let when = asked.at();
        for picked in [Picked::These(HashSet::new()), Picked::Toggle(key(2))] {
            let now = asked.clone().reduce(Choice::Pick(at(1), picked));
            assert_eq!(*now.clone().reduce(Choice::All(when, vec![key(3)])), *now);
            assert_eq!(*now.clone().reduce(Choice::Plan(when, BulkAction::Claim, plan())), *now);
        }
        let all = asked.reduce(Choice::All(when, vec![key(3)]));
        assert_eq!(*all.keys, HashSet::from([key(1), key(3)]), "in time, it counts");
    }

    #[test]
    fn bulk_what_a_run_has_left_of_other_customers_is_not_selected_in_the_list_of_one() {
        let rest = HashSet::from([key(1), key(2)]);
        let of_one = with_one();
        let when = of_one.at();
        assert_eq!(*of_one.reduce(Choice::Rest(when, rest.clone())).keys, HashSet::from([key(1)]));
        let all = Rc::new(Chosen::of(IncidentScope::All));
        let when = all.at();
        assert_eq!(*all.reduce(Choice::Rest(when, rest.clone())).keys, rest);
    }

    #[test]
    fn bulk_a_range_that_cannot_be_told_leaves_what_is_selected_and_says_why_until_something_else_is_chosen() {
        let failed = IpcError::new(tenantry_model::ipc::IpcErrorKind::Internal, "told", false);
        for why in [Refused::EndLeft, Refused::Failed(failed), Refused::TooMany(5_001)] {
            let asked = with_one();
            let refused = asked.clone().reduce(Choice::Refused(asked.at(), why.clone()));
            assert_eq!((&refused.keys, &refused.refused), (&asked.keys, &Some(why)));
            assert_eq!(refused.reduce(Choice::Pick(at(1), Picked::Toggle(key(2)))).refused, None);
        }
    }

    #[test]
    fn bulk_it_says_how_many_would_be_selected_where_that_is_too_much() {
        assert_eq!(Refused::too_many(5_000, 5_000), None);
        assert_eq!(Refused::too_many(40, 5_020), Some(Refused::TooMany(5_020)), "with what was selected before");
        assert_eq!(Refused::too_many(7_000, 3), Some(Refused::TooMany(7_000)));
    }

    #[test]
    fn bulk_two_rows_that_are_ticked_before_it_is_drawn_again_are_both_selected() {
        let both = with_one().reduce(Choice::Pick(at(1), Picked::Toggle(key(2))));
        assert_eq!(*both.keys, HashSet::from([key(1), key(2)]));
        assert_eq!(*both.reduce(Choice::Pick(at(1), Picked::Toggle(key(1)))).keys, HashSet::from([key(2)]));
    }

    #[test]
    fn bulk_from_the_plan_one_comes_back_to_its_form() {
        let formed = with_one().reduce(Choice::Open(Form::Closing));
        let when = formed.at();
        let planned = formed.reduce(Choice::Plan(when, BulkAction::MarkRead, plan()));
        assert!(planned.plan.is_some() && planned.form == Form::Closing, "it is kept behind the plan, with what was typed");
        let dropped = planned.clone().reduce(Choice::DropPlan);
        assert!(dropped.plan.is_none());
        assert_eq!(*dropped.clone().reduce(Choice::DropPlan), *dropped, "without a plan, no answer is lost by it");
        let back = planned.clone().reduce(Choice::Back);
        assert!(back.plan.is_none() && back.form == Form::Closing);
        assert_eq!(back.reduce(Choice::Back).form, Form::Nothing);
        let started = planned.clone().reduce(Choice::Started(planned.at()));
        assert!(started.plan.is_none() && started.form == Form::Nothing);
    }
}
