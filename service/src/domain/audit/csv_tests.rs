//! Forty names that want to be more than names.

use tenantry_model::audit::{AuditCategory, AuditNames, AuditOperation, AuditResult};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use super::*;

/// A name, and the cell that a reader gets.
const HOSTILE: [(&str, &str); 39] = [
    ("=1+1", "'=1+1"),
    ("+49 40 123", "'+49 40 123"),
    ("-2", "'-2"),
    ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("=HYPERLINK(\"http://x.example\",\"y\")", "'=HYPERLINK(\"http://x.example\",\"y\")"),
    ("\t=1", "' =1"),
    ("\tTab", "' Tab"),
    ("\rReturn", "' Return"),
    ("\n=1", "' =1"),
    ("\r\n+1", "'  +1"),
    ("  =1", "'  =1"),
    ("\u{a0}=1", "'\u{a0}=1"),
    ("\u{200b}=1", "'\u{200b}=1"),
    ("\u{feff}@x", "'\u{feff}@x"),
    ("\0=1", "'\u{fffd}=1"),
    ("\"=1\"", "'\"=1\""),
    ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
    ("\u{ff20}x", "'\u{ff20}x"),
    ("\u{ff0b}1", "'\u{ff0b}1"),
    ("\u{ff0d}1", "'\u{ff0d}1"),
    ("a;=1", "a;'=1"),
    ("a; -1;+2", "a;' -1;'+2"),
    ("a;\"\"=1", "a;'\"\"=1"),
    ("a\nRole,Other,Delete,Successful", "a Role,Other,Delete,Successful"),
    ("a\r\nb", "a  b"),
    ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
    ("a\0b", "a\u{fffd}b"),
    ("\u{1b}[31mred", "\u{fffd}[31mred"),
    ("a\u{7f}\u{8}b", "a\u{fffd}\u{fffd}b"),
    ("\u{202e}gpj.exe", "\u{fffd}gpj.exe"),
    ("\u{2066}a\u{2069}", "\u{fffd}a\u{fffd}"),
    ("\u{200f}=1", "'\u{200f}=1"),
    ("\u{200f}שלום\u{200e}", "\u{200f}שלום\u{200e}"),
    ("\"", "\""),
    ("\"\",\"\"", "\"\",\"\""),
    ("a,b;c\td", "a,b;c d"),
    (" a ", " a "),
    ("", ""),
];

fn record(name: &str) -> AuditRecord {
    AuditRecord {
        id: String::new(),
        category: AuditCategory::PartnerInvitation,
        object_name: name.to_owned(),
        operation: AuditOperation::Create,
        result_status: AuditResult::Failed,
        tenant_id: TenantId::from_uuid(Uuid::from_u128(1)),
        creation_time: Timestamp::from_micros(1_750_000_000_000_001),
        user_id: Some(PrincipalId::from_uuid(Uuid::from_u128(2))),
        user_tenant_id: Some(TenantId::from_uuid(Uuid::from_u128(3))),
        detail: vec![],
        names: AuditNames::default(),
    }
}

/// What any reader of RFC 4180 makes of the text; none if it is no such text.
fn read(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut rows, mut cells, mut cell) = (vec![], vec![], String::new());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if cell.is_empty() => loop {
                match rest.next()? {
                    '"' if rest.peek() == Some(&'"') => cell.push(rest.next()?),
                    '"' => break,
                    c => cell.push(c),
                }
            },
            '"' => return None,
            ',' => cells.push(std::mem::take(&mut cell)),
            '\r' => {
                (rest.next()? == '\n').then_some(())?;
                cells.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut cells));
            }
            '\n' => return None,
            c => cell.push(c),
        }
    }
    (cells.is_empty() && cell.is_empty()).then_some(rows)
}

#[test]
fn r111_the_header_and_a_plain_row_are_exactly_these() {
    assert_eq!(
        header(),
        "activity.category,activity.objectName,activity.operation,activity.resultStatus,activity.tenantId,creationTime,user.userId,\
         user.userTenantId\r\n"
    );
    assert_eq!(
        line(&record("Technik Süd")),
        "PartnerInvitation,Technik Süd,Create,Failed,00000000-0000-0000-0000-000000000001,2025-06-15T15:06:40.000001Z,\
         00000000-0000-0000-0000-000000000002,00000000-0000-0000-0000-000000000003\r\n"
    );
    let by_service = AuditRecord { user_id: None, user_tenant_id: None, ..record("x") };
    assert!(line(&by_service).ends_with("Z,,\r\n"));
}

#[test]
fn a26_hostile_names_are_text_in_one_line_and_come_back_as_they_were_neutralised() {
    let long = "=ä\"".repeat(20_000);
    let long_cell = format!("'{long}");
    let all: Vec<(&str, &str)> = HOSTILE.into_iter().chain([(long.as_str(), long_cell.as_str())]).collect();
    assert_eq!(all.len(), 40);
    let file = header() + &all.iter().map(|(name, _)| line(&record(name))).collect::<String>();
    assert_eq!(file.matches('\n').count(), 41, "a line ends where a record ends, and nowhere else");
    let rows = read(&file).expect("RFC 4180");
    assert_eq!(rows.len(), 41);
    for (row, (name, cell)) in rows[1..].iter().zip(&all) {
        let start: String = name.chars().take(40).collect();
        assert_eq!(row.len(), 8, "{start:?}");
        assert_eq!(row[1], *cell, "{start:?}");
        assert!(!row[1].starts_with(['=', '+', '-', '@', '\t', '\r']), "{start:?}");
        assert!(!row[1].contains(char::is_control), "{start:?}");
    }
}

#[test]
fn a26_what_the_window_is_attacked_with_is_one_cell_each_and_no_formula() {
    let names: Vec<String> = serde_json::from_str(include_str!("../../../../tests/tests/window/hostile_names.json")).unwrap();
    let file = header() + &names.iter().map(|name| line(&record(name))).collect::<String>();
    let rows = read(&file).expect("RFC 4180");
    assert_eq!((rows.len(), names.len()), (51, 50));
    for (row, name) in rows[1..].iter().zip(&names) {
        let cell = row[1].trim_start_matches(is_skipped);
        assert!(row.len() == 8 && !cell.starts_with(is_trigger) && !cell.contains(char::is_control), "{name:?} becomes {cell:?}");
    }
}

#[test]
fn a26_a_spreadsheet_that_splits_at_semicolons_finds_no_formula_either() {
    for (name, _) in HOSTILE {
        for cell in line(&record(name)).trim_end().split(';') {
            let start = cell.trim_start_matches(is_skipped);
            assert!(!start.starts_with(is_trigger), "{name:?} becomes {cell:?}");
        }
    }
}

#[test]
fn fault_21_a_formula_behind_what_nobody_sees_or_in_another_form_is_text() {
    let plain = ["=", "+", "-", "@"];
    let other_forms = [
        "\u{fe66}", "\u{ff1d}", "\u{207c}", "\u{208c}", "\u{2a75}", "\u{fe62}", "\u{ff0b}", "\u{207a}", "\u{208a}", "\u{fb29}", "\u{fe63}",
        "\u{ff0d}", "\u{2212}", "\u{207b}", "\u{208b}", "\u{fe6b}", "\u{ff20}",
    ];
    let unseen = [
        // Blanks and what is ignored where it cannot be drawn.
        "\u{20}",
        "\u{a0}",
        "\u{ad}",
        "\u{34f}",
        "\u{61c}",
        "\u{115f}",
        "\u{1160}",
        "\u{1680}",
        "\u{17b4}",
        "\u{17b5}",
        "\u{180b}",
        "\u{180e}",
        "\u{180f}",
        "\u{2000}",
        "\u{200a}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{200e}",
        "\u{200f}",
        "\u{202f}",
        "\u{205f}",
        "\u{2060}",
        "\u{2061}",
        "\u{2064}",
        "\u{2065}",
        "\u{206a}",
        "\u{206f}",
        "\u{2800}",
        "\u{3000}",
        "\u{3164}",
        "\u{fe00}",
        "\u{fe0f}",
        "\u{feff}",
        "\u{ffa0}",
        "\u{fff0}",
        "\u{fff9}",
        "\u{1bca0}",
        "\u{1d159}",
        "\u{1d173}",
        "\u{1d17a}",
        // Tag characters and the selectors beyond.
        "\u{e0001}",
        "\u{e0020}",
        "\u{e003d}",
        "\u{e007f}",
        "\u{e0100}",
        "\u{e01ef}",
        // Marks: combining, enclosing, spacing.
        "\u{300}",
        "\u{338}",
        "\u{489}",
        "\u{5bf}",
        "\u{64b}",
        "\u{903}",
        "\u{20dd}",
        "\u{302a}",
        "\u{3099}",
        "\u{fe20}",
        "\u{1d165}",
        // What is written otherwise stays a formula's beginning.
        "\u{202d}",
        "\u{2067}",
        "\u{2028}",
        "\u{85}",
        "\0",
        "\u{7f}",
        "\"",
        " \u{61c}\u{300}\u{e0041}\"",
    ];
    let mut formulas = vec![];
    for trigger in plain.iter().chain(&other_forms) {
        for before in unseen.iter().chain(&[""]) {
            for name in [format!("{before}{trigger}1+1"), format!("a;{before}{trigger}1+1")] {
                let cell = &read(&line(&record(&name))).expect("RFC 4180")[0][1];
                let last = cell.rsplit(';').next().unwrap();
                if !last.starts_with('\'') {
                    formulas.push(format!("{:?}", name));
                }
            }
        }
    }
    assert!(formulas.is_empty(), "{formulas:?}");
    // What is seen first decides: these are names as they are.
    for name in ["e\u{301}=1", "\u{e9}-2", "\u{2010}5", "\u{2013} x", "a\u{ff20}b", "\u{2797}1", "#1", "\u{301}e=1"] {
        assert_eq!(read(&line(&record(name))).unwrap()[0][1], name, "{name:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_name_is_one_line_of_eight_cells(name in "\\PC*|[=+@;,\"\r\n\t\0 -]*") {
        let rows = read(&line(&record(&name))).expect("RFC 4180");
        proptest::prop_assert_eq!(rows.len(), 1);
        proptest::prop_assert_eq!(rows[0].len(), 8);
        proptest::prop_assert!(!rows[0][1].starts_with(['=', '+', '-', '@']));
    }
}
