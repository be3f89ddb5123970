//! The policy in Cedar, and a world as it sees it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use anyhow::{Context as _, Result, ensure};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId, PolicySet, Request,
    RestrictedExpression as Value, Schema, SchemaFragment, ValidationMode, Validator,
};
use tenantry_model::permission::PermissionSet;

use crate::world::{Question, World};

const POLICY: &str = include_str!("rights.cedar");
const SCHEMA: &str = include_str!("rights.cedarschema");

/// Parsed once: a name's own parser costs more than a decision.
static TYPES: LazyLock<HashMap<&str, EntityTypeName>> = LazyLock::new(|| {
    let names = ["Action", "Assignment", "Customer", "Group", "Permission", "Relationship", "Role", "Room", "RoomGroup", "User"];
    names.iter().filter_map(|name| Some((*name, name.parse().ok()?))).collect()
});

/// The policies and what decides by them.
pub(crate) struct Opinion {
    schema: Schema,
    policies: PolicySet,
    authorizer: Authorizer,
}

/// What the policies say to one question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The assignments that each allow it by themselves, by their places.
    pub(crate) by: Vec<usize>,
    /// Whether it is the user's as an administrator.
    pub(crate) administrator: bool,
}

impl Verdict {
    pub(crate) fn allowed(&self) -> bool {
        self.administrator || !self.by.is_empty()
    }
}

impl Opinion {
    pub(crate) fn read() -> Result<Self> {
        let (schema, _warnings) = Schema::from_cedarschema_str(SCHEMA).context("rights.cedarschema")?;
        Ok(Self { schema, policies: POLICY.parse().context("rights.cedar")?, authorizer: Authorizer::new() })
    }

    /// What is wrong with the policies, measured by the schema.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let found = Validator::new(self.schema.clone()).validate(&self.policies, ValidationMode::Strict);
        found.validation_errors().map(ToString::to_string).chain(found.validation_warnings().map(ToString::to_string)).collect()
    }

    /// The permissions that the schema knows.
    pub(crate) fn permissions(&self) -> Result<Vec<String>> {
        let json = SchemaFragment::from_cedarschema_str(SCHEMA)?.0.to_json_value()?;
        let names = json.pointer("//entityTypes/Permission/enum").and_then(|it| it.as_array()).with_context(|| json.to_string())?;
        Ok(names.iter().filter_map(|it| it.as_str()).map(str::to_owned).collect())
    }

    /// The names that the policies carry as `@id`.
    pub(crate) fn names(&self) -> Vec<String> {
        self.policies.policies().filter_map(|it| it.annotation("id")).map(str::to_owned).collect()
    }

    /// The same without one policy.
    pub(crate) fn without(&self, name: &str) -> Result<Self> {
        let id: PolicyId = self.policies.policies().find(|it| it.annotation("id") == Some(name)).context("no such policy")?.id().clone();
        let mut policies = self.policies.clone();
        policies.remove_static(id)?;
        Ok(Self { schema: self.schema.clone(), policies, authorizer: Authorizer::new() })
    }

    /// Decides assignment by assignment: rights of two never come together, because no request holds two.
    pub(crate) fn ask(&self, world: &World, question: Question) -> Result<Verdict> {
        let entities = Entities::from_entities(entities(world)?, Some(&self.schema))?;
        let permission = ("permission".to_owned(), link("Permission", question.permission));
        let mut by = vec![];
        for at in 0..world.assignments.len() {
            let context = Context::from_pairs([permission.clone(), ("assignment".to_owned(), link("Assignment", at))])?;
            if self.permits("useAssignment", question, context, &entities)? {
                by.push(at);
            }
        }
        let administrator = self.permits("administer", question, Context::from_pairs([permission])?, &entities)?;
        Ok(Verdict { by, administrator })
    }

    fn permits(&self, action: &str, question: Question, context: Context, entities: &Entities) -> Result<bool> {
        let (user, room) = (uid("User", question.user), uid("Room", question.room));
        let request = Request::new(user, uid("Action", action), room, context, Some(&self.schema))?;
        let response = self.authorizer.is_authorized(&request, &self.policies, entities);
        // A policy that fails is left out of the decision; a `forbid` that is left out would go unnoticed.
        let failed: Vec<String> = response.diagnostics().errors().map(ToString::to_string).collect();
        ensure!(failed.is_empty(), "{failed:?}");
        Ok(response.decision() == Decision::Allow)
    }
}

fn uid(kind: &str, id: impl ToString) -> EntityUid {
    EntityUid::from_type_name_and_id(TYPES[kind].clone(), EntityId::new(id.to_string()))
}

fn link(kind: &str, id: impl ToString) -> Value {
    Value::new_entity_uid(uid(kind, id))
}

fn links<T: ToString>(kind: &str, ids: impl IntoIterator<Item = T>) -> Value {
    Value::new_set(ids.into_iter().map(|id| link(kind, id)))
}

fn permissions(set: PermissionSet) -> Value {
    links("Permission", set.iter())
}

fn entity<const N: usize>(uid: EntityUid, values: [(&str, Value); N], parents: HashSet<EntityUid>) -> Result<Entity> {
    Ok(Entity::new(uid, values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), parents)?)
}

/// Parents are direct ones: Cedar follows them upwards itself.
fn parents(kind: &str, ids: &[usize]) -> HashSet<EntityUid> {
    ids.iter().map(|id| uid(kind, id)).collect()
}

fn entities(world: &World) -> Result<Vec<Entity>> {
    let none = HashSet::new;
    let mut all = vec![entity(uid("Customer", "customer"), [], none())?, entity(uid("Customer", "partner"), [], none())?];
    let own = if world.relationship.is_some() { "partner" } else { "customer" };
    if let Some(it) = &world.relationship {
        let delegated = it.delegated.as_ref();
        let values = [
            ("active", Value::new_bool(it.active)),
            ("delegatedEverything", Value::new_bool(delegated.is_none())),
            ("delegated", links("Room", delegated.map_or(&[][..], |scope| &scope.rooms))),
            ("delegatedGroups", links("RoomGroup", delegated.map_or(&[][..], |scope| &scope.room_groups))),
            ("ceiling", permissions(it.ceiling)),
        ];
        all.push(entity(uid("Relationship", 0), values, none())?);
    }
    for (at, above) in world.groups.iter().enumerate() {
        all.push(entity(uid("Group", at), [], parents("Group", above))?);
    }
    for (at, user) in world.users.iter().enumerate() {
        let (uid, above) = (uid("User", at), parents("Group", &user.groups));
        all.push(if user.administrator { entity(uid, [("administers", link("Customer", own))], above)? } else { entity(uid, [], above)? });
    }
    for at in 0..world.room_groups {
        all.push(entity(uid("RoomGroup", at), [], none())?);
    }
    for (at, groups) in world.rooms.iter().enumerate() {
        all.push(entity(uid("Room", at), [("customer", link("Customer", "customer"))], parents("RoomGroup", groups))?);
    }
    for (at, role) in world.roles.iter().enumerate() {
        all.push(entity(uid("Role", at), [("permissions", permissions(*role))], none())?);
    }
    for (at, it) in world.assignments.iter().enumerate() {
        let scope = it.scope.as_ref();
        let mut values = HashMap::from([
            ("customer".to_owned(), link("Customer", "customer")),
            ("role".to_owned(), link("Role", it.role)),
            ("users".to_owned(), links("User", &it.users)),
            ("groups".to_owned(), links("Group", &it.groups)),
            ("everything".to_owned(), Value::new_bool(scope.is_none())),
            ("rooms".to_owned(), links("Room", scope.map_or(&[][..], |scope| &scope.rooms))),
            ("roomGroups".to_owned(), links("RoomGroup", scope.map_or(&[][..], |scope| &scope.room_groups))),
        ]);
        if world.relationship.is_some() {
            values.insert("relationship".to_owned(), link("Relationship", 0));
        }
        all.push(Entity::new(uid("Assignment", at), values, none())?);
    }
    Ok(all)
}
