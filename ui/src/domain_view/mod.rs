//! How things of the domain look, wherever they are shown. Knows components and hooks, and no page.

pub mod badges;
pub mod bulk;
pub mod copying;
pub mod customer_picker;
pub mod delegated_group;
pub mod filter_text;
pub mod freshness;
pub mod own_domains;
pub mod permission_matrix;
pub mod pickers;
pub mod refusal;
pub mod reliability;
pub mod requested;
pub mod role_labels;
pub mod role_templates;
pub mod room_event;
pub mod saved_key;
pub mod saved_views;
pub mod snooze_form;
pub mod suppression;
pub mod unsent;
pub mod update_action;
pub mod update_tabs;
