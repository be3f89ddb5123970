//! What is said where there is no page to say it: in a window of the system's own, in both languages, since no preference is known there.

use std::path::Path;

/// A message that is answered with *Try again* or *Close*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) title: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    TryAgain,
    Close,
}

const TRY_AGAIN: &str = "Try again · Erneut versuchen";
const CLOSE: &str = "Close · Schließen";

impl Message {
    fn new(title: [&str; 2], english: &str, german: &str) -> Self {
        Self { title: title.join(" · "), text: format!("{english}\n\n{german}") }
    }

    /// The data folder, or something in it, cannot be used.
    pub(crate) fn folder(path: &Path, cause: &str) -> Self {
        let path = path.display();
        Self::new(
            ["Tenantry cannot use its folder", "Tenantry kann seinen Ordner nicht verwenden"],
            &format!(
                "Tenantry keeps its data in {path}, and cannot write there: {cause}. Make sure that the folder exists, that you may write in it, and \
                 that its disk is not read-only; then try again. Nothing was changed or deleted."
            ),
            &format!(
                "Tenantry speichert seine Daten in {path} und kann dort nicht schreiben: {cause}. Sorgen Sie dafür, dass der Ordner vorhanden ist, Sie \
                 darin schreiben dürfen und der Datenträger nicht schreibgeschützt ist; versuchen Sie es dann erneut. Nichts wurde geändert oder \
                 gelöscht."
            ),
        )
    }

    /// The system names no folder for data.
    pub(crate) fn no_folder(variable: &str) -> Self {
        Self::new(
            ["Tenantry has no folder for its data", "Tenantry hat keinen Ordner für seine Daten"],
            &format!("This system names no folder for data. Set {variable} to a folder that you may write in, and start Tenantry anew."),
            &format!(
                "Dieses System nennt keinen Ordner für Daten. Setzen Sie {variable} auf einen beschreibbaren Ordner und starten Sie Tenantry neu."
            ),
        )
    }

    /// Another process uses the data folder, and could not be handed this start.
    pub(crate) fn running(path: &Path) -> Self {
        let path = path.display();
        Self::new(
            ["Tenantry is already running", "Tenantry läuft bereits"],
            &format!("Another Tenantry uses the folder {path}. Go to its window, or close it and try again."),
            &format!(
                "Ein anderes Tenantry verwendet den Ordner {path}. Wechseln Sie zu dessen Fenster, oder schließen Sie es und versuchen Sie es erneut."
            ),
        )
    }

    /// The administrator's settings cannot be read.
    pub(crate) fn settings(path: &Path, cause: &str) -> Self {
        let path = path.display();
        Self::new(
            ["Tenantry’s settings cannot be read", "Die Einstellungen von Tenantry sind nicht lesbar"],
            &format!(
                "Your administrator’s settings in {path} cannot be used: {cause}. Tell your administrator, and try again when they are mended."
            ),
            &format!(
                "Die Einstellungen Ihres Administrators in {path} sind nicht verwendbar: {cause}. Melden Sie es Ihrem Administrator, und versuchen Sie \
                 es nach der Korrektur erneut."
            ),
        )
    }

    /// The toolkit opens no window of the app.
    pub(crate) fn no_window(cause: &str) -> Self {
        Self::new(
            ["Tenantry cannot open its window", "Tenantry kann sein Fenster nicht öffnen"],
            &format!("The system’s web view does not start: {cause}. Restart this device or update its system, and try again."),
            &format!(
                "Die Webansicht des Systems startet nicht: {cause}. Starten oder aktualisieren Sie dieses Gerät und versuchen Sie es erneut."
            ),
        )
    }

    /// The page's process ends again and again.
    pub(crate) fn page_ended(data: &Path) -> Self {
        let log = data.join("logs");
        let log = log.display();
        Self::new(
            ["Tenantry’s window has failed", "Das Fenster von Tenantry ist ausgefallen"],
            &format!(
                "The system’s web view ended several times, and what the window shows is old. Nothing that was saved is lost. Try again, or close \
                 Tenantry, restart this device or update its system, and start Tenantry anew. Your administrator finds the cause in {log}."
            ),
            &format!(
                "Die Webansicht des Systems wurde mehrmals beendet, und das Fenster zeigt einen alten Stand. Gespeichertes ist nicht verloren. Versuchen \
                 Sie es erneut, oder schließen Sie Tenantry, starten oder aktualisieren Sie dieses Gerät und öffnen Sie Tenantry neu. Die Ursache \
                 findet Ihr Administrator in {log}."
            ),
        )
    }
}

/// Shows a message and waits for its answer. On the main thread alone. Where no window can be shown, it is closed at once.
pub(crate) fn ask(message: &Message) -> Answer {
    system::ask(message)
}

#[cfg(target_os = "linux")]
mod system {
    use gtk::prelude::{DialogExt, WidgetExtManual};
    use gtk::{MessageDialog, MessageType, ResponseType};

    use super::{Answer, CLOSE, Message, TRY_AGAIN};

    pub(super) fn ask(message: &Message) -> Answer {
        if gtk::init().is_err() {
            return Answer::Close;
        }
        let dialog = MessageDialog::builder()
            .title(&message.title)
            .text(&message.title)
            .secondary_text(&message.text)
            .message_type(MessageType::Error)
            .build();
        dialog.add_button(CLOSE, ResponseType::Close);
        dialog.add_button(TRY_AGAIN, ResponseType::Accept);
        dialog.set_default_response(ResponseType::Accept);
        let answer = if dialog.run() == ResponseType::Accept { Answer::TryAgain } else { Answer::Close };
        // Nothing else holds it.
        #[expect(unsafe_code, reason = "gtk leaves the end of a window to the caller")]
        unsafe {
            dialog.destroy();
        }
        answer
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use rfd::{MessageButtons, MessageDialog, MessageDialogResult, MessageLevel};

    use super::{Answer, CLOSE, Message, TRY_AGAIN};

    pub(super) fn ask(message: &Message) -> Answer {
        let buttons = MessageButtons::OkCancelCustom(TRY_AGAIN.to_owned(), CLOSE.to_owned());
        let dialog = MessageDialog::new().set_level(MessageLevel::Error).set_title(&message.title).set_description(&message.text);
        match dialog.set_buttons(buttons).show() {
            MessageDialogResult::Custom(button) if button == TRY_AGAIN => Answer::TryAgain,
            MessageDialogResult::Ok => Answer::TryAgain,
            _ => Answer::Close,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_18_every_message_reads_as_sentences_and_names_what_it_is_about() {
        let path = Path::new("/srv/tenantry");
        for message in [
            Message::folder(path, "denied"),
            Message::running(path),
            Message::settings(path, "denied"),
            Message::page_ended(path),
            Message::no_window("denied"),
            Message::no_folder("TENANTRY_DATA"),
        ] {
            assert!(!message.text.contains("  "), "{}", message.text);
            assert!(["/srv/tenantry", "denied", "TENANTRY_DATA"].iter().any(|named| message.text.contains(named)), "{}", message.text);
        }
    }
}
