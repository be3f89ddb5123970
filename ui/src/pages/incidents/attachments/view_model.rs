//! What the tab shows, and which files it does not take.

use tenantry_model::attachment::{self, Attachment, AttachmentState, FileType, MOST_ATTACHMENTS};
use tenantry_model::ipc::{LARGEST_SHOWN, Transfer, TransferDirection, TransferState};
use tenantry_model::problem::FieldCode;

const KB: u64 = 1024;
const MB: u64 = 1024 * 1024;

/// How long a file is, as it is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Length {
    Kilobytes(u32),
    /// In tenths.
    Megabytes(f64),
}

impl Length {
    pub(super) fn of(bytes: u64) -> Self {
        if bytes < MB {
            return Self::Kilobytes(u32::try_from(bytes.div_ceil(KB)).unwrap_or(u32::MAX));
        }
        let tenths = u32::try_from(bytes.saturating_mul(10) / MB).unwrap_or(u32::MAX);
        Self::Megabytes(f64::from(tenths) / 10.0)
    }
}

/// Why each of these files, of a name and a length, is not taken, before anything of it is sent. `before` is how many the incident has without them.
pub(super) fn lacks(files: impl IntoIterator<Item = (String, u64)>, before: usize) -> Vec<Option<FieldCode>> {
    let mut count = before;
    let lacks = files.into_iter().map(|(name, size)| {
        let lack = lack(&name, size, count);
        count += usize::from(lack.is_none());
        lack
    });
    lacks.collect()
}

fn lack(name: &str, size: u64, files: usize) -> Option<FieldCode> {
    attachment::lack(name, size).or_else(|| (files >= MOST_ATTACHMENTS).then_some(FieldCode::FilesTooMany))
}

/// What a file dialog offers first.
pub(super) fn accepted() -> String {
    let all: Vec<String> = FileType::ALL.iter().flat_map(|kind| kind.extensions()).map(|extension| format!(".{extension}")).collect();
    all.join(",")
}

/// A row of the tab.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// One that the incident has; what fetches it, while something does.
    Has(Attachment, Option<Transfer>),
    /// One that is sent from here.
    Sent(Transfer),
}

/// What the incident has, in its order, and behind it what is sent from here. What is sent stands there once.
pub(super) fn rows(attachments: &[Attachment], transfers: &[Transfer]) -> Vec<Row> {
    let going = |direction| transfers.iter().filter(move |transfer| transfer.direction == direction);
    let sent_from_here = |attachment: &&Attachment| {
        let is_it = |transfer: &Transfer| transfer.attachment == Some(attachment.id) && transfer.state != TransferState::Failed;
        attachment.state == AttachmentState::Uploading && going(TransferDirection::Up).any(is_it)
    };
    let arrived = |transfer: &&Transfer| {
        let is_it = |attachment: &Attachment| Some(attachment.id) == transfer.attachment && attachment.state == AttachmentState::Ready;
        transfer.state == TransferState::Done && attachments.iter().any(is_it)
    };
    let has = attachments.iter().filter(|attachment| !sent_from_here(attachment)).map(|attachment| {
        let fetched = going(TransferDirection::Down).find(|transfer| transfer.attachment == Some(attachment.id));
        Row::Has(attachment.clone(), fetched.cloned())
    });
    has.chain(going(TransferDirection::Up).filter(|transfer| !arrived(transfer)).cloned().map(Row::Sent)).collect()
}

/// How many of these the incident has, or will have: what failed on its way from here is none of them.
pub(super) fn counting(rows: &[Row]) -> usize {
    rows.iter().filter(|row| !matches!(row, Row::Sent(transfer) if transfer.state == TransferState::Failed)).count()
}

/// How many of these are on their way from here.
pub(super) fn on_the_way(rows: &[Row]) -> usize {
    let goes = |row: &&Row| matches!(row, Row::Sent(transfer) if !matches!(transfer.state, TransferState::Failed | TransferState::Done));
    rows.iter().filter(goes).count()
}

/// Whether the pane shows it: a picture of points, that is not too large.
pub(super) fn is_shown(attachment: &Attachment) -> bool {
    let is_picture = attachment.file_type.is_some_and(|kind| kind.shown_as().is_some());
    is_picture && attachment.size <= LARGEST_SHOWN && attachment.state == AttachmentState::Ready
}

/// How much of it has arrived, in percent.
pub(super) fn percent(transfer: &Transfer) -> u32 {
    u32::try_from(transfer.done.saturating_mul(100) / transfer.size.max(1)).unwrap_or(100).min(100)
}

#[cfg(test)]
mod tests {
    use tenantry_model::attachment::LARGEST_ATTACHMENT;
    use tenantry_model::id::AttachmentId;
    use tenantry_model::ipc::{FormId, IncidentRef};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn attachment(n: u128, state: AttachmentState) -> Attachment {
        Attachment {
            id: AttachmentId::from_uuid(Uuid::from_u128(n)),
            file_name: "a.png".into(),
            size: 10,
            date: Timestamp::from_micros(0),
            state,
            file_type: (state == AttachmentState::Ready).then_some(FileType::Png),
            sha256: String::new(),
            author: "Ada".into(),
        }
    }

    fn transfer(n: u128, direction: TransferDirection, state: TransferState, of: Option<u128>) -> Transfer {
        Transfer {
            form: FormId(Uuid::from_u128(n)),
            incident: IncidentRef {
                customer_id: tenantry_model::id::TenantId::from_uuid(Uuid::from_u128(1)),
                number: "AAAAAA-000001".parse().unwrap(),
            },
            direction,
            attachment: of.map(|n| AttachmentId::from_uuid(Uuid::from_u128(n))),
            file_name: "a.png".into(),
            size: 10,
            done: 3,
            state,
            failure: None,
        }
    }

    #[test]
    fn r82_what_is_sent_from_here_stands_there_once() {
        use AttachmentState::{Ready, Uploading};
        use TransferDirection::{Down, Up};
        use TransferState::{Done, Failed, Moving, Reading};
        let (ready, theirs, ours) = (attachment(1, Ready), attachment(2, Uploading), attachment(3, Uploading));
        let (up, new) = (transfer(10, Up, Moving, Some(3)), transfer(11, Up, Reading, None));
        let down = transfer(12, Down, Moving, Some(1));
        let all = [ready.clone(), theirs.clone(), ours.clone()];
        assert_eq!(
            rows(&all, &[up.clone(), new.clone(), down.clone()]),
            [Row::Has(ready.clone(), Some(down)), Row::Has(theirs.clone(), None), Row::Sent(up), Row::Sent(new)]
        );
        // It has arrived, and the incident does not say so yet; then it does.
        let done = transfer(10, Up, Done, Some(3));
        assert_eq!(rows(std::slice::from_ref(&ours), std::slice::from_ref(&done)), [Row::Sent(done.clone())]);
        let arrived = attachment(3, Ready);
        assert_eq!(rows(std::slice::from_ref(&arrived), std::slice::from_ref(&done)), [Row::Has(arrived, None)]);
        let failed = transfer(10, Up, Failed, Some(3));
        assert_eq!(rows(&[], std::slice::from_ref(&failed)), [Row::Sent(failed)]);
    }

    #[test]
    fn r82_what_the_service_would_not_take_is_not_sent() {
        assert_eq!(lack("a.png", 1, 0), None);
        assert_eq!(lack("teams.log.3", LARGEST_ATTACHMENT, 19), None);
        for (name, size, files, code) in [
            ("a/b.png", 1, 0, FieldCode::FileNameInvalid),
            ("a.exe", 1, 0, FieldCode::FileTypeRefused),
            ("a.png", 0, 0, FieldCode::FileEmpty),
            ("a.png", LARGEST_ATTACHMENT + 1, 0, FieldCode::FileTooLarge),
            ("a.png", 1, 20, FieldCode::FilesTooMany),
        ] {
            assert_eq!(lack(name, size, files), Some(code), "{name}");
        }
        assert!(accepted().starts_with(".png,.jpg,") && accepted().contains(".log"));
    }

    #[test]
    fn r82_what_is_not_taken_or_failed_takes_no_place_of_the_twenty() {
        let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), 1)).collect::<Vec<_>>();
        assert_eq!(
            lacks(files(&["a.exe", "a.png", "b.exe", "b.png", "c.png"]), 18),
            [Some(FieldCode::FileTypeRefused), None, Some(FieldCode::FileTypeRefused), None, Some(FieldCode::FilesTooMany)]
        );
        use TransferDirection::Up;
        let sent = |n, state| Row::Sent(transfer(n, Up, state, None));
        let has = Row::Has(attachment(1, AttachmentState::Ready), None);
        let all = [has, sent(1, TransferState::Failed), sent(2, TransferState::Moving), sent(3, TransferState::Done)];
        assert_eq!((counting(&all), on_the_way(&all)), (3, 1));
    }

    #[test]
    fn a_length_is_said_in_few_digits() {
        for (bytes, length) in [
            (1, Length::Kilobytes(1)),
            (1_025, Length::Kilobytes(2)),
            (MB - 1, Length::Kilobytes(1024)),
            (MB, Length::Megabytes(1.0)),
            (MB + MB / 2, Length::Megabytes(1.5)),
            (LARGEST_ATTACHMENT, Length::Megabytes(50.0)),
        ] {
            assert_eq!(Length::of(bytes), length, "{bytes}");
        }
        assert_eq!(percent(&transfer(1, TransferDirection::Up, TransferState::Moving, None)), 30);
    }

    #[test]
    fn r82_a_pane_shows_pictures_of_points_that_are_not_too_large() {
        let picture = attachment(1, AttachmentState::Ready);
        assert!(is_shown(&picture));
        assert!(!is_shown(&Attachment { size: LARGEST_SHOWN + 1, ..picture.clone() }));
        assert!(!is_shown(&Attachment { file_type: Some(FileType::Text), ..picture.clone() }));
        assert!(!is_shown(&Attachment { state: AttachmentState::Uploading, ..picture }));
    }
}
