//! A second opinion on the one function that decides about rights: for random worlds, `model::access` and a policy in Cedar, which was
//! written from the rules and not from the code, say the same.
//!
//! `TENANTRY_RIGHTS_CASES` says how many worlds (20,000), `TENANTRY_RIGHTS_SEED` which is the first (as printed when one fails). To change
//! a rule, change `rights.cedar` from the rule's own words, and see the code disagree before you mend it.

mod opinion;
mod ours;
mod world;

use anyhow::{Context, Result, ensure};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tenantry_model::permission::Permission;

use opinion::{Opinion, Verdict};
use world::{Question, World};

fn number(name: &str, otherwise: u64) -> Result<u64> {
    match std::env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name} must be a whole number, not {text:?}")),
        Err(_) => Ok(otherwise),
    }
}

fn case(seed: u64) -> (World, Question) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let world = World::random(&mut rng);
    let question = world.question(&mut rng);
    (world, question)
}

/// What the two say differently, if they do.
fn difference(world: &World, question: Question, verdict: &Verdict) -> Option<String> {
    let ours = ours::ask(world, question);
    let named_one_that_allows = match ours.by {
        Some(at) => verdict.by.contains(&at),
        None => verdict.administrator || !ours.allowed,
    };
    let same = ours.allowed == verdict.allowed()
        && named_one_that_allows
        && ours.explained == verdict.allowed()
        && ours.explained_by == verdict.by;
    (!same).then(|| format!("{question:?}\nthe code says {ours:?}\nthe policy says {verdict:?}\n{world:#?}"))
}

/// Which kinds of cases came up, and how often.
#[derive(Debug, Default)]
struct Tally {
    allowed: u64,
    denied: u64,
    /// Allowed on the customer's own side.
    own_side: u64,
    administrator: u64,
    /// Allowed by nothing but an assignment that has the user through a group in a group.
    nested: u64,
    /// Allowed by nothing but an assignment that has the room through a room group.
    room_group: u64,
    /// Allowed to a partner's user in a room that a room group, or *all*, delegates.
    delegated_by_word: u64,
    /// Denied, though the user's assignments would do together.
    would_multiply: u64,
}

impl Tally {
    fn add(&mut self, world: &World, question: Question, verdict: &Verdict) {
        let only = |what: fn(&World, usize, usize) -> bool, it: usize| {
            !verdict.administrator && !verdict.by.is_empty() && verdict.by.iter().all(|at| what(world, *at, it))
        };
        let counts = [
            (&mut self.allowed, verdict.allowed()),
            (&mut self.denied, !verdict.allowed()),
            (&mut self.own_side, verdict.allowed() && world.relationship.is_none()),
            (&mut self.administrator, verdict.administrator && verdict.by.is_empty()),
            (&mut self.nested, only(World::has_by_nesting, question.user)),
            (&mut self.room_group, only(World::reaches_by_group, question.room)),
            (&mut self.delegated_by_word, verdict.allowed() && world.delegated_by_word(question.room)),
            (&mut self.would_multiply, !verdict.allowed() && world.would_multiply(question)),
        ];
        for (count, here) in counts {
            *count += u64::from(here);
        }
    }
}

#[test]
fn the_policies_fit_their_schema_and_the_schema_knows_every_permission() -> Result<()> {
    let opinion = Opinion::read()?;
    assert_eq!(opinion.complaints(), [""; 0]);
    let mut ours: Vec<&str> = Permission::ALL.iter().map(|it| it.as_str()).collect();
    ours.sort_unstable();
    let mut theirs = opinion.permissions()?;
    theirs.sort_unstable();
    assert_eq!(theirs, ours);
    Ok(())
}

#[test]
fn r57_r58_a9_a20_a36_r55_the_code_and_the_policy_say_the_same() -> Result<()> {
    let opinion = Opinion::read()?;
    let (cases, first) = (number("TENANTRY_RIGHTS_CASES", 20_000)?, number("TENANTRY_RIGHTS_SEED", 1)?);
    println!("{cases} worlds from seed {first}");
    let mut tally = Tally::default();
    let mut differences = vec![];
    for seed in first..first + cases {
        let (world, question) = case(seed);
        let verdict = opinion.ask(&world, question).with_context(|| format!("seed {seed}"))?;
        tally.add(&world, question, &verdict);
        differences.extend(difference(&world, question, &verdict).map(|it| (seed, it)));
    }
    println!("{} differences; {tally:?}", differences.len());
    if let Some((seed, difference)) = differences.first() {
        let alone = format!("TENANTRY_RIGHTS_SEED={seed} TENANTRY_RIGHTS_CASES=1");
        panic!("{} differences. The first, by itself with {alone}: {difference}", differences.len());
    }
    // Cases that never come up prove nothing. A few worlds, asked for by hand, need not have them all.
    if cases >= 1_000 {
        let at_least = |count: u64, percent: u64| count * 100 >= cases * percent;
        ensure!(at_least(tally.allowed, 20) && at_least(tally.denied, 20), "one-sided: {tally:?}");
        ensure!(at_least(tally.own_side, 4) && at_least(tally.administrator, 1), "too little of the customer's own side: {tally:?}");
        ensure!(at_least(tally.nested, 2) && at_least(tally.room_group, 2), "too few groups that matter: {tally:?}");
        ensure!(at_least(tally.delegated_by_word, 4), "too little that is delegated by a group or as a whole: {tally:?}");
        ensure!(at_least(tally.would_multiply, 2), "too few that would multiply: {tally:?}");
    }
    Ok(())
}

#[test]
fn each_policy_decides_some_cases_by_itself() -> Result<()> {
    const CASES: u64 = 1_000;
    let opinion = Opinion::read()?;
    let names = opinion.names();
    assert_eq!(names.len(), 5);
    for name in names {
        let lacking = opinion.without(&name)?;
        let mut differences = 0;
        for (world, question) in (1..=CASES).map(case) {
            let verdict = lacking.ask(&world, question)?;
            differences += u64::from(difference(&world, question, &verdict).is_some());
        }
        println!("without {name}: {differences} differences in {CASES}");
        assert!(differences * 100 >= CASES, "without {name}: only {differences} differences in {CASES}");
    }
    Ok(())
}
