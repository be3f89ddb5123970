//! Bodies of requests take no unknown member, however deep it lies. The description says so of every object that one can hold, also of the variants of
//! enumerations, of which the derive does not.

use std::collections::BTreeSet;

use utoipa::openapi::schema::{AdditionalProperties, ArrayItems};
use utoipa::openapi::{OpenApi, RefOr, Schema};

pub(super) fn close(document: &mut OpenApi) {
    let mut named = BTreeSet::new();
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
            let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
            for content in body.content.values_mut() {
                if let RefOr::T(content) = content {
                    content.schema.iter_mut().for_each(|schema| close_schema(schema, &mut named));
                }
            }
        }
    }
    let schemas = &mut document.components.get_or_insert_default().schemas;
    let mut closed = BTreeSet::new();
    while let Some(name) = named.pop_first() {
        if closed.insert(name.clone())
            && let Some(schema) = schemas.get_mut(&name)
        {
            close_schema(schema, &mut named);
        }
    }
}

/// Closes the objects of a schema, and names the schemas that it refers to.
fn close_schema(schema: &mut RefOr<Schema>, named: &mut BTreeSet<String>) {
    let schema = match schema {
        RefOr::Ref(reference) => {
            named.extend(reference.ref_location.rsplit('/').next().map(str::to_owned));
            return;
        }
        RefOr::T(schema) => schema,
    };
    match schema {
        Schema::Object(object) => {
            if !object.properties.is_empty() && object.additional_properties.is_none() {
                object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
            object.properties.values_mut().for_each(|schema| close_schema(schema, named));
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                close_schema(items, named);
            }
        }
        Schema::OneOf(any) => any.items.iter_mut().for_each(|schema| close_schema(schema, named)),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(|schema| close_schema(schema, named)),
        // The parts of `allOf` describe one object together: closed, each would refuse the members of the others.
        _ => {}
    }
}
