//! One incident with what finds it and what does not: the desk and the service must agree, on open incidents and on those that are over.

/// The customer's name.
pub const CUSTOMER: &str = "Sägesser Fördertechnik & Söhne";
/// The room's name.
pub const ROOM: &str = "Großer Saal Århus 2";
/// The name of the room's device.
pub const HOST: &str = "MTR-00015";
/// The problem, of a customer's report.
pub const PROBLEM: &str = "Anna Schütz, Reederei: Steuergerät Nr. 7, sagt Jens So\u{308}rensen";

/// Each of these finds the incident.
pub const FINDS: [&str; 32] = [
    "technik",
    "foerdertechnik",
    "FÖRDER",
    "forder",
    "Fo\u{308}rder",
    "sagesser",
    "saegesser",
    "gesser",
    "soehne",
    "sohne &",
    "schuetz",
    "schutz",
    "Schütz, Anna",
    "Schütz Anna",
    "schuetz,anna",
    "eederei",
    "steuergeraet",
    "ergerat",
    "Sorensen",
    "Soerensen",
    "Sørensen",
    "jens sorensen",
    "grosser",
    "GROẞER saal",
    "Aarhus",
    "arhus 2",
    "MTR-00015",
    "mtr-0001",
    "00015 saal",
    "Großer MTR-00015 technik",
    "customer reported",
    "ported reederei",
];

/// None of these does.
pub const MISSES: [&str; 6] = ["technik xyz", "MTR-00016", "annaschütz", "saalgroßer", "sagessar", "oslo"];
