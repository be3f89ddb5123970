# Die Wörter der Oberfläche auf Deutsch; dieselben Schlüssel in derselben Reihenfolge wie in en.ftl.
# The app
opening = Wird geöffnet …
loading = Wird geladen …
first-sync = Ihre Kunden werden zum ersten Mal abgerufen …
demo = Demo
demo-more = – alles hier ist erfunden
demo-full = Demo – alles hier ist erfunden
app-version = Version { $version }
close = Schließen
cancel = Abbrechen
change = Ändern
yes = Ja
never = Nie
locked = Gesperrt
try-again = Erneut versuchen
the-service = Der Dienst
zoom = Größe
zoom-percent = { $percent } %
zoom-larger = Größer
zoom-smaller = Kleiner
language = Sprache
theme = Darstellung
language-en = English
language-de = Deutsch
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
navigation = Seiten
skip-to-content = Zum Inhalt springen
nav-form-open = Hier ist ein Formular offen; Eingetipptes bleibt erhalten

# Sign-in
sign-in = Anmelden
sign-in-title = Mit dem Arbeitskonto anmelden
sign-in-text = Ihr Browser öffnet die Anmeldeseite Ihrer Organisation. Ihr Kennwort wird nie hier eingegeben.
sign-in-connect-title = Mit Ihrem Dienst verbinden
details = Details
refusal-code = Code
refusal-correlation-id = Korrelations-ID
refusal-description = Der Anbieter sagt
sign-in-waiting-title = Weiter im Browser
sign-in-waiting = Warten, bis die Anmeldung im Browser abgeschlossen ist. Sie endet nach fünf Minuten von selbst.
service = Dienst
service-address = Adresse des Dienstes
service-address-hint = Ihr Administrator kennt sie. Sie beginnt mit https://
service-managed = Verwaltet
service-managed-why = Von Ihrem Administrator festgelegt; hier nicht änderbar
connect = Verbinden
connecting = Verbindung wird hergestellt …
acting-as-partner = Für Ihre Kunden
acting-as-customer = Für die eigenen Räume
act-as-partner = Zu Ihren Kunden wechseln
act-as-customer = Zu den eigenen Räumen wechseln
act-as-partner-title = Zu Ihren Kunden wechseln?
act-as-customer-title = Zu den eigenen Räumen wechseln?
act-as-partner-text = Was dieses Gerät von Ihren eigenen Räumen speichert, wird gelöscht, und Ihre Kunden werden vom Dienst gelesen.
act-as-customer-text = Was dieses Gerät von Ihren Kunden speichert, wird gelöscht, und Ihre eigenen Räume werden vom Dienst gelesen.
act-as-unsent =
    { $count ->
        [one] { $count } Eingabe oder Datei von Ihnen ist noch nicht gesendet. Senden oder verwerfen Sie sie zuerst.
       *[other] { $count } Eingaben und Dateien von Ihnen sind noch nicht gesendet. Senden oder verwerfen Sie sie zuerst.
    }
sign-out = Abmelden
sign-out-title = Von Tenantry abmelden?
sign-out-text = Was dieses Gerät von Ihren Kunden speichert, wird gelöscht. Um es wieder zu sehen, brauchen Sie eine Verbindung zum Dienst.
sign-out-unsent =
    { $count ->
        [one] { $count } Eingabe oder Datei von Ihnen ist noch nicht gesendet. Mit der Abmeldung geht sie verloren.
       *[other] { $count } Eingaben und Dateien von Ihnen sind noch nicht gesendet. Mit der Abmeldung gehen sie verloren.
    }
user-menu = Konto: { $name }
portal-role-global-administrator = Globaler Administrator
portal-role-managed-service-administrator = Verwalteter Dienstadministrator
managed-service-administrators = Verwaltete Dienstadministratoren
global-administrators = Globale Administratoren
portal-role-tenant-manager = Mandantenmanager

# Schlüsselbund
key-problem-locked = Der Schlüsselbund ist gesperrt
key-problem-refused = Der Zugriff auf den Schlüsselbund wurde abgelehnt
key-problem-not-answering = Der Schlüsselbund antwortet nicht
key-problem-no-keychain = Zurzeit gibt es keinen Schlüsselbund
key-problem-failed = Der Schlüsselbund meldet einen Fehler
key-problem-key-gone = Der Schlüsselbund hat den Schlüssel zu den Daten auf diesem Gerät nicht mehr. Melden Sie sich an, dann werden sie neu abgerufen.
key-problem-key-unreadable = Der Schlüssel im Schlüsselbund ist nicht verwendbar. Melden Sie sich an, dann werden die Daten auf diesem Gerät neu abgerufen.
key-text = Was Tenantry auf diesem Gerät speichert, ist verschlüsselt, und der Schlüsselbund des Systems hat den Schlüssel. Entsperren Sie ihn, vielleicht in einem Fenster hinter diesem: Die App versucht es von selbst wieder und macht weiter, sobald es geht.
key-without = Wenn Sie ohne ihn weitermachen, wird nichts gelöscht. Ihre gespeicherten Daten bleiben ungeöffnet, und was inzwischen geladen wird, bleibt nur erhalten, bis Sie die App schließen.
key-go-on = Ohne ihn weiter

# A disk that does not let the store be opened, and what was left closed
disk-title = Ihre Daten auf diesem Gerät lassen sich zurzeit nicht öffnen
disk-problem-full = Der Datenträger dieses Geräts ist voll. Schaffen Sie Platz.
disk-problem-read-only = Die App darf auf diesem Gerät nicht in ihren Ordner schreiben. Prüfen Sie dessen Rechte.
disk-problem-locked = Ein anderes Programm auf diesem Gerät belegt die Datei der App. Schließen Sie es.
disk-problem-failed = Der Datenträger dieses Geräts meldet einen Fehler.
disk-text = Sie sind weiterhin angemeldet, und nichts wird gelöscht. Die App versucht es von selbst wieder und macht weiter, sobald es geht. Sie können auch ohne die gespeicherten Daten weitermachen: Diese bleiben unverändert, und was inzwischen geladen wird, bleibt nur erhalten, bis Sie die App schließen.
left-closed-keychain = Was auf diesem Gerät gespeichert ist, blieb geschlossen, weil der Schlüsselbund den Schlüssel nicht herausgab.
left-closed-disk = Was auf diesem Gerät gespeichert ist, blieb geschlossen, weil der Datenträger es nicht öffnen ließ.
left-closed-open = Gespeichertes öffnen

# Errors, by what one can do
error-invalid = Die Eingabe ist ungültig.
error-signed-out = Melden Sie sich zuerst an.
error-not-found = Es existiert nicht oder ist für Sie nicht mehr sichtbar.
error-locked = Dieser Kunde erlaubt das Lesen ohne Verbindung nicht oder nicht mehr. Verbinden Sie sich mit dem Dienst, um ihn zu sehen.
error-may-be-done = Das Senden wurde zuerst vor mehr als 30 Tagen versucht, vielleicht ist es angekommen.
error-offline = Der Dienst ist nicht erreichbar. Prüfen Sie das Netzwerk und die Adresse.
error-not-a-service = Unter dieser Adresse antwortet kein Tenantry-Dienst oder einer mit anderer Version.
error-cancelled = Der Vorgang wurde abgebrochen.
error-timed-out = Die Anmeldung wurde nicht innerhalb von fünf Minuten abgeschlossen. Starten Sie sie neu.
error-refused = Die Anmeldung wurde abgelehnt.
error-denied = Die Anmeldung wurde im Browser abgebrochen, oder Ihr Administrator muss dieser App zuerst zustimmen.
error-no-browser = Es konnte kein Browser geöffnet werden. Legen Sie einen Standardbrowser fest und versuchen Sie es erneut.
error-wrong-clock = Die Anmeldung lässt sich nicht prüfen, weil die Uhr dieses Geräts falsch geht. Stellen Sie sie und melden Sie sich erneut an.
error-disk-full = Der Datenträger dieses Geräts ist voll. Schaffen Sie Platz.
error-disk-read-only = Die App darf auf diesem Gerät nicht in ihren Ordner schreiben. Prüfen Sie dessen Rechte.
error-downloads-unusable = Die Datei wurde nicht gespeichert: Ihr unten genannter Ordner für Downloads nimmt sie nicht an. Sorgen Sie dafür, dass er vorhanden ist und Sie darin schreiben dürfen, und speichern Sie erneut.
error-file-damaged = Angekommen ist nicht die Datei, die dem Vorfall hinzugefügt wurde. Versuchen Sie es erneut.
error-waiting-full = Auf diesem Gerät warten so viele Dateien, dass es keine weiteren annimmt. Warten Sie, bis einige gesendet sind, oder verwerfen Sie einige unter „Noch nicht gesendet“.
error-file-unreadable = Diese Datei lässt sich nicht lesen: Sie ist vielleicht ein Ordner, verschoben, gelöscht oder geschützt. Wählen Sie sie erneut.
error-file-stalled = Das Kopieren dieser Datei stand fünf Minuten lang still und wurde abgebrochen. Wählen Sie sie erneut.
error-file-changed = Diese Datei hat sich geändert, während sie gelesen wurde. Wählen Sie sie erneut, sobald sie fertig ist.
error-file-locked = Ein anderes Programm auf diesem Gerät belegt die Datei der App. Schließen Sie es.
error-disk-failed = Der Datenträger dieses Geräts meldet einen Fehler.
error-internal = In der App ist ein Fehler aufgetreten. Die Protokolldatei sagt mehr.
failed-title = Das hat nicht geklappt
gone-title = Nicht mehr verfügbar
offline-title = Nicht verbunden
locked-title = Gesperrt

# Sync
sync-connecting = Verbinden …
sync-current = Aktuell · { $ago }
sync-current-bare = Aktuell
sync-offline = Offline · Stand { $ago }
sync-offline-bare = Offline
sync-access-ended = Zugriff beendet
sync-as-of = Stand: { $moment }
sync-history-pending = Einzelheiten, Räume und gelöste Vorfälle werden noch abgerufen
sync-history-percent = Verlauf { $percent } %
sync-now = Klicken, um jetzt abzugleichen
offline-reason-unreachable = Der Dienst ist nicht erreichbar.
offline-reason-service-error = Der Dienst meldet einen Fehler.
offline-reason-too-many-requests = Der Dienst bittet um weniger Anfragen.
offline-reason-disk-full = Der Datenträger dieses Geräts ist voll. Schaffen Sie Platz.
offline-reason-disk-read-only = Die App darf auf diesem Gerät nicht in ihren Ordner schreiben. Prüfen Sie dessen Rechte.
offline-reason-file-locked = Ein anderes Programm auf diesem Gerät belegt die Datei der App. Schließen Sie es.
offline-reason-disk-failed = Der Datenträger dieses Geräts meldet einen Fehler.
offline-reason-intercepted = Zwischen diesem Gerät und dem Dienst antwortet etwas anderes an seiner Stelle, etwa die Anmeldeseite eines Netzwerks.
offline-as-of = Sie sehen den Stand von { $ago } ({ $moment }).
offline-nothing = Es wurde noch nichts abgerufen.
offline-next = Nächster Versuch: { $moment }.
offline-since = Offline seit { $moment }
access-ended-sign-in-expired = Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, um neue Daten zu erhalten.
access-ended-tenant-refused = Ihre Organisation hat keinen Zugriff auf diesen Dienst. Fragen Sie Ihren Administrator.
clock-off = Die Uhr dieses Geräts zeigt { $here }, die des Dienstes { $service }. Stellen Sie sie: Altersangaben und Offline-Fristen richten sich nach ihr.
memory-only-no-keychain = Dieses System hat keinen Schlüsselbund, daher wird nichts gespeichert: Ihre Daten bleiben, bis Sie die App schließen.
memory-only-without-disk = Sie arbeiten ohne den Datenträger dieses Geräts, daher wird nichts Neues gespeichert: Ihre Daten bleiben, bis Sie die App schließen.
memory-only-without-keychain = Sie arbeiten ohne den Schlüsselbund, daher wird nichts Neues gespeichert: Ihre Daten bleiben, bis Sie die App schließen.
ago-moment = gerade eben
age-minutes = { $minutes } Min.
age-hours = { $hours } Std.
age-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
age-months =
    { $count ->
        [one] { $count } Monat
       *[other] { $count } Monate
    }
age-years =
    { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahre
    }
ago-minutes = vor { $minutes } Min.
ago-hours = vor { $hours } Std.
ago-days =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
ago-months =
    { $count ->
        [one] vor { $count } Monat
       *[other] vor { $count } Monaten
    }
ago-years =
    { $count ->
        [one] vor { $count } Jahr
       *[other] vor { $count } Jahren
    }
day-day = TT
day-month = MM
day-year = JJJJ

# Customers
customers = Kunden
all-customers = Alle Kunden
choose-customer = Kunde auswählen
customer-dropdown = Kunde: { $name }
customer-search = Kunden suchen
customer-locked = Gesperrt: Zum Entsperren mit dem Dienst verbinden
customer-online-only = Nur mit Verbindung lesbar
rows-customers =
    { $count ->
        [one] { $count } Kunde
       *[other] { $count } Kunden
    }
rows-customers-of =
    { $count } von { $all ->
        [one] { $all } Kunden
       *[other] { $all } Kunden
    }
open-none = Nichts offen
open-count =
    { $count ->
        [one] { $count } offener Vorfall
       *[other] { $count } offene Vorfälle
    }
open-worst = { $count } offen, höchster Schweregrad: { $worst }
no-customers-title = Noch keine Kunden
no-customers-text = Ein Kunde erscheint hier, sobald Sie eine Rolle für ihn erhalten. Fragen Sie einen primären Administrator dieses Kunden in Ihrer Organisation.
customer-gone-title = Dieser Kunde ist nicht mehr verfügbar
customer-gone-text = Ihr Zugriff darauf ist beendet. Wählen Sie oben einen anderen Kunden.
customer-locked-title = { $name } ist gesperrt
customer-locked-text = Dieser Kunde erlaubt das Lesen ohne Verbindung nur für begrenzte Zeit; sie ist { $ago } abgelaufen ({ $moment }). Verbinden Sie sich mit dem Dienst, um ihn zu entsperren.
customer-online-only-title = { $name } ist nur mit Verbindung lesbar
customer-online-only-text = Dieser Kunde erlaubt das Lesen ohne Verbindung nicht. Sie sehen ihn wieder, sobald eine Verbindung zum Dienst besteht.

# Search
search-incidents = Vorfälle suchen
search-rooms = Räume suchen
search-clear = Suche leeren

# Befehlspalette und Tasten
palette = Befehlspalette
palette-key = Strg K
palette-key-mac = ⌘ K
key-with-shift = Umschalt { $key }
key-with-ctrl = Strg { $key }
key-with-cmd = ⌘ { $key }
palette-hint = Zu Kunde, Raum, Benutzer, Vorfall oder Seite gehen, oder hier etwas tun
palette-count =
    { $count ->
        [0] Nichts gefunden
        [one] { $count } Ergebnis
       *[other] { $count } Ergebnisse
    }
palette-count-more =
    { $count ->
        [one] Mehr als { $count } Ergebnis
       *[other] Mehr als { $count } Ergebnisse
    }
palette-customer = Kunde
palette-person = Benutzer
palette-person-holds =
    { $count ->
        [0] Hat nichts aus der Liste in Arbeit
        [one] Hat { $count } Vorfall in Arbeit
       *[other] Hat { $count } Vorfälle in Arbeit
    }
palette-page = Seite
palette-action = Auf dieser Seite
palette-filter = Filter
palette-show-filter = Vorfälle anzeigen
palette-show-rooms = Räume anzeigen
keys = Tastatur
keys-text = Diese Tasten gelten, solange Sie nichts eingeben.
key-rows = Nächste und vorige Zeile
key-open = Zeile öffnen
key-close-pane = Schließen, was neben der Liste offen ist
key-customers = Voriger und nächster Kunde in derselben Ansicht
key-select = Die Zeile auswählen oder abwählen
key-select-range = Zeile für Zeile auswählen
key-select-all = Alle Treffer auswählen
key-write = Nachricht schreiben
key-claim = Den Vorfall in Arbeit nehmen oder freigeben
key-snooze = Den Vorfall zurückstellen, den Raum unterdrücken, oder zurückholen
key-close = Vorfall schließen oder Raum bearbeiten
key-record = Vorfall melden
key-search = Liste durchsuchen
key-regions = Nächster Bereich des Fensters

# Links
copy-number = Nummer kopieren
copy-link = Link kopieren
copied = Kopiert
copy-failed = Das ließ sich nicht kopieren. Markieren Sie Nummer oder Namen und kopieren Sie mit der Tastatur.
link-dead = Dieser Link führt nirgendwohin
link-malformed = Er ist kein Link eines Vorfalls, eines Raums oder einer Liste. Kopieren Sie ihn noch einmal, wo Sie ihn herhaben.
link-unknown = Was er öffnen soll, gibt es nicht, oder Sie haben keine Rolle dafür.

# Die Sprache der Filter
filter-customers =
    { $count ->
        [one] { $name } ({ $count } Kunde)
       *[other] { $name } ({ $count } Kunden)
    }
filter-nobody = { $name } (kein Kunde hier)
filter-unknown-key = Zeichen { $at }: Kein Filter beginnt mit „{ $text }“. Möglich sind { $right }. Um danach zu suchen, setzen Sie es in Anführungszeichen.
filter-unknown-value = Zeichen { $at }: „{ $text }“ kann nicht hinter { $key } stehen. Möglich sind { $right }.
filter-no-value = Zeichen { $at }: Geben Sie an, was hinter { $key } steht. Möglich sind { $right }.
filter-no-name = Zeichen { $at }: Schreiben Sie einen Teil des Namens hinter { $key }
filter-not-a-mark = Zeichen { $at }: „{ $text }“ ist kein Kennzeichen eines Kunden; das hat 12 Ziffern oder Buchstaben von a bis f. Wählen Sie den Kunden aus der Liste.
filter-not-an-age = Zeichen { $at }: „{ $text }“ ist keine Dauer. Schreiben Sie sie wie { $right }.
filter-second-bound = Zeichen { $at }: Diese Grenze steht schon da. Behalten Sie eine der beiden.
filter-second-of-work = Zeichen { $at }: Ein Filter hat nur eines von is:mine, is:claimed, is:free oder Namen hinter by:. Behalten Sie eines davon.
filter-both-tabs = Zeichen { $at }: Offene und gelöste Vorfälle stehen in verschiedenen Listen. Filtern Sie nach einer davon.
filter-too-long = Ein Filter hat höchstens { $most } Zeichen, was darüber hinausgeht, gilt nicht. Kürzen Sie ihn.

# Incidents
incident = Vorfall
incidents = Vorfälle
rows-incidents =
    { $count ->
        [one] { $count } Vorfall
       *[other] { $count } Vorfälle
    }
all-tickets = Alle Vorfälle
all-tickets-title = Vorfälle aller Kunden in einer Liste anzeigen
tab-active = Aktiv
tab-resolved = Gelöst
period = Zeitraum
period-days =
    { $days ->
        [one] { $days } Tag
       *[other] { $days } Tage
    }
by-category = Nach Kategorie gruppieren
counters = Zähler; jeder filtert die Liste
counter-all-active = Aktiv
counter-all-resolved = Gelöst oder geschlossen
column-problem = Problem
column-ticket = Nummer
column-customer = Kunde
column-room = Raum
column-type = Typ
column-category = Kategorie
column-status = Status
column-severity = Schweregrad
column-unread = Ungelesen
column-since = Aktiv seit
column-resolved = Gelöst
sum-needs-action =
    { $count ->
        [one] { $count } erfordert Aktion
       *[other] { $count } erfordern Aktion
    }
unread-count = { $count } ungelesen
rooms-none = Kein Raum
rooms-more = +{ $count }
rooms-redacted =
    { $count ->
        [one] { $count } für Sie nicht sichtbarer Raum
       *[other] { $count } für Sie nicht sichtbare Räume
    }
filters = Filter
filter-age = Alter
filter-unread = Nur ungelesene
filter-work = In Arbeit
filter-work-mine = Von mir in Arbeit genommen
filter-work-claimed = Von jemandem in Arbeit genommen
filter-work-free = Nicht in Arbeit
filter-holder = In Arbeit bei
filter-holder-me = mir
filter-holders = in Arbeit bei { $names }
filter-more = { $first } +{ $count }
filter-remove = Filter entfernen: { $name }
filter-clear-all = Alle entfernen
age-under-day = Weniger als 1 Tag
age-over-day = Mehr als 1 Tag
age-over-week = Mehr als 7 Tage
age-over-month = Mehr als 30 Tage
unreliable =
    { $count ->
        [one] { $count } Kunde fehlt oder ist nicht aktuell
       *[other] { $count } Kunden fehlen oder sind nicht aktuell
    }
unreliable-show = Welche?
unreliable-more = und { $count } weitere
fresh-stale = Stand { $ago }
fresh-incomplete = noch nicht alles geladen
fresh-locked = Zeit zum Lesen ohne Verbindung { $ago } abgelaufen; zum Entsperren verbinden
fresh-online-only = nur mit Verbindung lesbar
all-well-title = Alles in Ordnung
all-well-text = Hier gibt es keine offenen Vorfälle. Neue erscheinen von selbst.
none-resolved-title =
    { $days ->
        [one] Am letzten Tag nichts gelöst
       *[other] In den letzten { $days } Tagen nichts gelöst
    }
none-resolved-text = Wählen Sie einen längeren Zeitraum, um weiter zurückzublicken.
no-match-title = Kein passender Vorfall
no-match-text = Zu Suche und Filtern passt nichts.
no-tickets-title = Sie dürfen hier keine Vorfälle sehen
no-tickets-text = Ihre Rolle für { $name } umfasst das Anzeigen von Vorfällen nicht. Fragen Sie einen primären Administrator dieses Kunden.
pane-overview = Übersicht
pane-messages = Nachrichten
pane-attachments = Anhänge
pane-history = Verlauf
attachment-add = Dateien hinzufügen
attachment-hint = Bilder, Videos und Protokolle, je bis zu 50 MB. Dateien lassen sich hier ablegen, ein kopiertes Bild einfügen.
attachment-drop = Hier ablegen, um sie zu { $number } hinzuzufügen
attachment-drop-not-taken = Die Dateien wurden nicht hinzugefügt.
attachment-drop-dialog = Ein Dialog war offen. Schließen Sie ihn und legen Sie sie erneut ab.
attachment-drop-beside = Sie wurden neben dem Vorfall abgelegt. Legen Sie sie auf ihm ab.
attachment-drop-loading = Der Vorfall wird noch geladen. Warten Sie einen Moment und legen Sie sie erneut ab.
attachment-refused-more =
    { $count ->
        [one] { $count } weitere Datei wurde nicht hinzugefügt.
       *[other] { $count } weitere Dateien wurden nicht hinzugefügt.
    }
attachments-on-the-way =
    { $count ->
        [one] { $count } Datei wird hinzugefügt
       *[other] { $count } Dateien werden hinzugefügt
    }
attachment-copying = Wird kopiert, { $percent } %
attachment-sending = Wird gesendet, { $percent } %
attachment-sending-name = { $name } wird gesendet
attachment-fetching-name = { $name } wird gespeichert
attachment-waiting = Auf diesem Gerät aufbewahrt, wird gesendet, sobald das geht
attachment-failed = Nicht gesendet
attachment-show = Anzeigen
attachment-show-name = { $name } anzeigen
attachment-hide = Ausblenden
attachment-hide-name = { $name } ausblenden
attachment-save = Speichern
attachment-save-name = { $name } speichern
attachment-saved = Die Datei ist gespeichert:
attachment-cancel-name = { $name } nicht senden
attachment-state-uploading = Wird gesendet
attachment-state-ready = Verfügbar
no-attachments = Noch keine Anhänge
file-kilobytes = { $size } KB
file-megabytes = { $size } MB
description = Beschreibung
what-to-do = Was zu tun ist
high-impact = Starke Auswirkung
fact-rooms =
    { $count ->
        [one] Raum
       *[other] Räume
    }
created = Erstellt
updated = Zuletzt aktualisiert
closed = Geschlossen
closed-by = Geschlossen von
closure-reason = Grund
closure-comment = Kommentar
room-only = Nur dieser Raum
room-coming = Dieser Raum wird noch geladen.
room-not-yours = Ihre Rollen erlauben nicht, diesen Raum anzuzeigen.
no-messages = Noch keine Nachrichten
message-assigned = Dem Dienst zugewiesen
message-write = Nachricht schreiben
message-hint = Nur Text. Mit { $key } senden Sie.
message-send = Senden
send-key = Strg+Eingabe
send-key-mac = Cmd+Eingabe
message-empty = Schreiben Sie zuerst etwas
message-too-long = Kürzen Sie zuerst den Text
message-assign = Dem Dienst zuweisen
message-take-back = Vom Dienst zurückholen
message-on-the-way = Gesendet, erscheint gleich im Verlauf
message-waits = Noch nicht gesendet
message-refused = Konnte nicht gesendet werden
outbox-title = Noch nicht gesendet
outbox-waits =
    { $count ->
        [one] { $count } zu senden
       *[other] { $count } zu senden
    }
outbox-refused =
    { $count ->
        [one] { $count } abgelehnt
       *[other] { $count } abgelehnt
    }
outbox-empty = Alles ist gesendet.
outbox-hint = Es kann jetzt nicht gesendet werden. Es wird aufbewahrt und gesendet, sobald das geht.
outbox-kept = Aufbewahrt. Es wird gesendet, sobald das geht.
outbox-record = Neuer Vorfall für { $name }
outbox-message = Nachricht zu { $number }, { $name }
outbox-close = { $number } schließen, { $name }
outbox-edit = Änderung von { $number }, { $name }
outbox-room = Änderung des Raums { $room }, { $name }
outbox-room-unnamed = Änderung eines Raums, { $name }
outbox-enrol = Raum { $room } registrieren, { $name }
outbox-enrol-unnamed = Einen Raum registrieren, { $name }
outbox-words = Ihre Worte
outbox-claim = { $number } in Arbeit nehmen, { $name }
outbox-snooze = Zurückstellen von { $number }, { $name }
outbox-release = { $number } freigeben, { $name }
outbox-wake = Zurückholen von { $number }, { $name }
outbox-suppress = Raum { $room } unterdrücken, { $name }
outbox-suppress-unnamed = Einen Raum unterdrücken, { $name }
outbox-suppress-signal = { $signal } in { $room } unterdrücken, { $name }
outbox-suppress-signal-unnamed = { $signal } in einem Raum unterdrücken, { $name }
outbox-lift = Unterdrückung des Raums { $room } aufheben, { $name }
outbox-lift-unnamed = Unterdrückung eines Raums aufheben, { $name }
outbox-lift-signal = Unterdrückung von { $signal } in { $room } aufheben, { $name }
outbox-lift-signal-unnamed = Unterdrückung von { $signal } in einem Raum aufheben, { $name }
outbox-events = Ereignisse
outbox-turn = Wer am Zug ist
outbox-until = Bis
outbox-no-end = Bis es jemand aufhebt
outbox-suppressed-not = Nicht unterdrückt
outbox-suppressed-by = Entschieden von
outbox-page = { $first } bis { $last } von { $total }
outbox-earlier = Frühere
outbox-later = Spätere
outbox-no-more = Weitere gibt es nicht.
outbox-not-recorded = Der Vorfall wurde nicht aufgenommen.
outbox-not-posted = Die Nachricht wurde nicht gesendet.
outbox-not-closed = Der Vorfall wurde nicht geschlossen.
outbox-not-changed = Der Vorfall wurde nicht geändert.
outbox-room-not-changed = Der Raum wurde nicht geändert.
outbox-not-enrolled = Der Raum wurde nicht registriert.
outbox-not-snoozed = Der Vorfall wurde nicht zurückgestellt.
outbox-not-suppressed = Nichts wurde unterdrückt.
outbox-not-lifted = Die Unterdrückung wurde nicht aufgehoben.
outbox-not-sent = Es wurde nicht gesendet.
outbox-unknown = Ob es angekommen ist, ist nicht bekannt.
outbox-why-stale = Inzwischen hat jemand anderes etwas geändert. Vergleichen Sie, dann senden Sie Ihre Änderung trotzdem oder verwerfen Sie sie.
outbox-why-stale-close = Inzwischen hat jemand etwas geändert oder geschrieben. Lesen Sie es, dann schließen Sie den Vorfall trotzdem oder verwerfen Sie das Schließen.
outbox-why-may-be-done = Das Senden wurde zuerst vor mehr als 30 Tagen versucht. Sehen Sie dort nach, dann senden Sie es erneut oder verwerfen Sie es.
outbox-why-inactive = Der Vorfall ist inzwischen gelöst oder geschlossen.
outbox-why-inactive-message = Der Vorfall ist inzwischen gelöst oder geschlossen. Senden Sie die Nachricht erneut: Wer am Zug ist, ändert sie dann nicht.
outbox-why-events = Eines der Ereignisse gehört inzwischen zu einem anderen Vorfall oder ist nicht mehr da. Senden Sie ihn erneut: Er wird ohne Ereignisse aufgenommen.
outbox-why-end-not-taken = Das gewählte Ende wurde nicht angenommen: Es muss in der Zukunft liegen, höchstens 30 Tage voraus. Senden Sie es noch einmal, oder verwerfen Sie dies, und wählen Sie ein anderes Ende.
outbox-why-end-passed = Das gewählte Ende ist vorbei. Verwerfen Sie dies, und wählen Sie ein anderes Ende, wo es noch nötig ist.
show-all = Alles anzeigen
show-less = Weniger anzeigen
outbox-entry-waits = Wartet auf den Dienst
outbox-entry-held = Wartet auf die Eingabe davor, die nicht gesendet werden konnte
outbox-file = Datei { $file } zu { $number }, { $name }
outbox-file-right-lost = Ihr Recht wurde entzogen, bevor diese Datei gesendet werden konnte. Die Datei gehört weiterhin Ihnen: Speichern oder verwerfen Sie sie.
outbox-discard-name = „{ $name }“ verwerfen
outbox-file-again-name = { $name } erneut senden
outbox-unnamed = einen Kunden
outbox-right-lost = Ihr Recht wurde entzogen, bevor Ihre Eingabe gesendet werden konnte. Nur Ihre eigenen Worte sind noch da: Kopieren oder verwerfen Sie sie.
outbox-close-mine = Schließen
outbox-last-message = Letzte Nachricht
outbox-theirs-coming = Was jetzt gilt, ist noch nicht da
outbox-now = Jetzt
outbox-anyway = Trotzdem senden
outbox-again = Erneut senden
no-right-to = Ihre Rolle für { $name } enthält nicht: { $what }
close-action = Vorfall schließen
close-signal = Er gilt als gelöst, sobald sein Signal gesund ist: von Hand lässt er sich nicht schließen.
unsent-record = neuer Vorfall
unsent-message = Nachricht
unsent-close = Schließen
unsent-claim = in Arbeit nehmen
unsent-release = Freigabe
unsent-snooze = Zurückstellen
unsent-wake = Zurückholen
unsent-edit = Änderung
unsent-enrol = Registrierung
unsent-suppress = Unterdrückung
unsent-lift = Ende der Unterdrückung
unsent-suppress-signal = Unterdrückung eines Signals
unsent-lift-signal = Ende der Unterdrückung eines Signals
unsent-issues = Hier gemeldet, noch nicht gesendet
unsent-issues-files = Dateien lassen sich hinzufügen, sobald ein Vorfall gesendet ist.
unsent-issues-more =
    { $count ->
        [one] Ein weiterer: siehe „Noch nicht gesendet“ oben
       *[other] { $count } weitere: siehe „Noch nicht gesendet“ oben
    }
unsent-waits = Noch nicht gesendet: { $what }
unsent-refused = Konnte nicht gesendet werden: { $what }
edit-waits = Eine Änderung wartet auf das Senden
edit-refused = Eine Änderung konnte nicht gesendet werden: siehe „Noch nicht gesendet“ oben
enrol-refused = Die Registrierung konnte nicht gesendet werden: siehe „Noch nicht gesendet“ oben
suppress-waits = Eine Unterdrückung oder deren Ende wartet auf das Senden
suppress-refused = Eine Unterdrückung oder deren Ende konnte nicht gesendet werden: siehe „Noch nicht gesendet“ oben
close-waits = Das Schließen wartet auf das Senden
close-refused = Das Schließen konnte nicht gesendet werden: siehe „Noch nicht gesendet“ oben
close-title = { $number } von { $name } schließen?
close-parked = { $number } schließen
claim = In Arbeit nehmen
claim-release = Freigeben
claim-take-over = Übernehmen
claim-take-over-title = { $number } von { $name } übernehmen?
claim-take-over-text = { $who } hat es bis { $until } in Arbeit. Die Übernahme ist dort zu sehen.
claim-mine =
    { $count ->
        [one] Bei Ihnen in Arbeit, noch { $count } Minute
       *[other] Bei Ihnen in Arbeit, noch { $count } Minuten
    }
claim-other =
    { $count ->
        [one] Bei { $who } in Arbeit, noch { $count } Minute
       *[other] Bei { $who } in Arbeit, noch { $count } Minuten
    }
snooze = Zurückstellen
snooze-wake = Zurückholen
snooze-lift-signal = Unterdrückung des Signals aufheben
snooze-lift-room = Unterdrückung des Raums aufheben
snooze-title = { $number } von { $name } zurückstellen
snooze-parked = { $number } zurückstellen
snooze-reason = Grund
snooze-reason-missing = Geben Sie einen Grund an: Andere vermissen sonst, was sie erwarten.
snooze-reason-long = Höchstens { $most } Zeichen.
snooze-for = Wie lange
snooze-hours =
    { $count ->
        [one] { $count } Stunde
       *[other] { $count } Stunden
    }
snooze-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
snooze-no-end = Bis es jemand zurückholt
snooze-what = Was
snooze-this = Dieser Vorfall
snooze-signal = { $signal } in { $room }: auch keine neuen Vorfälle dazu
snooze-room = Der ganze Raum { $room }: zählt als unterdrückt
snooze-action = Zurückstellen
snooze-done = { $number } ist zurückgestellt.
snoozed = Zurückgestellt
snoozed-until = Zurückgestellt bis { $until }
snoozed-by = Zurückgestellt von { $who }
suppressed = Unterdrückt
suppressed-until = Unterdrückt bis { $until }
signal-lifted = Das Signal meldet wieder Vorfälle.
signal-suppressed = Das Signal ist unterdrückt.
signal-suppress-title = { $signal } in { $room } von { $name } unterdrücken
signal-suppress-hint = Das Signal meldet in diesem Raum so lange keine Vorfälle, und sein offener ist nicht zu sehen.
signal-suppress-name = { $signal } unterdrücken
signal-lift-name = Unterdrückung aufheben: { $signal }
close-done = { $number } ist geschlossen
close-stale = Seit Sie hingesehen haben, wurde etwas geändert oder geschrieben. Lesen Sie es noch einmal, oder schließen Sie trotzdem.
record = Vorfall melden
record-for = Für { $name } melden
record-choose = Vorfall melden: Wählen Sie den Kunden
record-one-open = Ein anderer Vorfall wird gerade gemeldet: Schließen Sie das zuerst ab
record-done = Für { $name } gemeldet als { $number }
record-description-hint = Was nicht stimmt, in Ihren Worten. Mit { $key } senden Sie.
record-high-impact-hint = Viele Benutzer oder eine wichtige Besprechung sind betroffen
record-reason = Warum ist die Auswirkung stark?
record-rooms-hint = Die Räume gelten als fehlerhaft, bis der Vorfall geschlossen ist.
record-rooms-hidden =
    { $count ->
        [one] { $count } Raum, den Sie nicht sehen dürfen, bleibt beim Vorfall.
       *[other] { $count } Räume, die Sie nicht sehen dürfen, bleiben beim Vorfall.
    }
record-lacks-description = Beschreiben Sie, was nicht stimmt
record-lacks-reason = Sagen Sie, warum die Auswirkung stark ist
record-rooms-too-many = Wählen Sie höchstens { $most } Räume
edit-issue = { $number } bearbeiten
edit-save = { $number } für { $name } speichern
edit-done = { $number } ist geändert
history-shown = { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträge
}
history-all = Alle
history-none = { $days ->
    [one] Nichts an diesem Tag
   *[other] Nichts in diesen { $days } Tagen
}
history-older = { $count ->
    [one] 1 älterer Eintrag
   *[other] { $count } ältere Einträge
}
history-show-all = Alle anzeigen
no-history = Noch kein Verlauf
rest-failed = Weitere Angaben konnten nicht geladen werden.
rest-coming = Weitere Angaben werden geladen …
rest-off-line = Vor mehr als 30 Tagen gelöst: Auf diesem Gerät ist nur gespeichert, was die Liste zeigt. Nachrichten, Anhänge, Verlauf und weitere Angaben werden geladen, sobald der Dienst erreichbar ist.
rest-off-line-open = Nachrichten, Anhänge, Verlauf und weitere Angaben sind noch nicht hier: Sie werden geladen, sobald der Dienst erreichbar ist.
incident-not-kept = Dieses Gerät hat diesen Vorfall nicht. Verbinden Sie sich, um ihn zu lesen.
history-activated = Aktiviert
history-deactivated = Deaktiviert
history-escalated = Wichtig geworden: einen Tag unbeachtet
history-taken-over = Übernommen
history-snoozed = Zurückgestellt
history-woken = Wieder sichtbar
severity-critical = Kritisch
severity-important = Wichtig
severity-warning = Warnung
severity-recommended = Empfehlung
status-needs-action = Aktion erforderlich
status-assigned-to-service = Dem Dienst zugewiesen
status-pending-investigation = Untersuchung ausstehend
status-resolved = Gelöst
status-closed = Geschlossen
category-reported = Gemeldet
category-account-management = Kontoverwaltung
category-os-firmware-apps = Betriebssystem, Firmware und Apps
category-configuration = Konfiguration und Einstellungen
category-hardware = Hardware und Peripheriegeräte
category-display = Bildschirme
category-security = Sicherheit
category-connectivity = Konnektivität
category-outage = Ausfall
category-other = Sonstiges
closure-configuration-issue = Konfigurationsproblem
closure-desired-configuration = Gewünschte Konfiguration
closure-duplicate = Duplikat
closure-other = Sonstiges
closure-physical-issue = Physisches Problem
closure-software-issue = Softwareproblem
closure-unknown = Unbekannt

# Rooms
room = Raum
rooms = Räume
rows-rooms =
    { $count ->
        [one] { $count } Raum
       *[other] { $count } Räume
    }
rooms-choose-title = Wählen Sie einen Kunden
rooms-choose-text = Wählen Sie ihn in der Liste oben, oder zeigen Sie alle Räume an.
all-rooms = Alle Räume
all-rooms-title = Räume aller Kunden in einer Liste anzeigen
counter-managed = Verwaltet
column-name = Name
column-host = Host
column-account = Konto
column-health = Zustand
column-warnings = Warnungen
column-group = Gruppe
column-ring = Ring
column-open-tickets = Offene Vorfälle
column-last-seen = Zuletzt gesehen
last-seen-hour = in der letzten Stunde
filter-warnings = Nur mit Warnungen
seen-within-day = Innerhalb des letzten Tages
seen-not-for-day = Seit 1 Tag nicht
seen-not-for-week = Seit 7 Tagen nicht
seen-not-for-month = Seit 30 Tagen nicht
health-healthy = Fehlerfrei
health-unhealthy = Fehlerhaft
health-disconnected = Getrennt
health-suppressed = Unterdrückt
health-onboarding = Onboarding
enrolment = Registrierung
enrolment-onboarding = Onboarding
enrolment-enrolled = Registriert
enrolment-unenrolled = Registrierung aufgehoben
has-warnings = Mit Warnungen
occupied = Belegt
free = Frei
maybe-stale = Möglicherweise veraltet
capacity = Kapazität
seats =
    { $count ->
        [one] { $count } Platz
       *[other] { $count } Plätze
    }
licence = Lizenz
timezone = Zeitzone
not-known = nicht bekannt
room-edit = { $room } bearbeiten
room-save = { $room } für { $name } speichern
room-changed = { $room } ist geändert
room-incomplete = Füllen Sie Name und Zeitzone aus; die Kapazität ist eine Zahl oder leer
room-capacity-hint = Wie viele Plätze; leer, wo das nicht bekannt ist
room-capacity-wrong = Eine Zahl von 0 bis { $most }
room-timezone-hint = Zum Beispiel Europe/Berlin
room-enrol = Registrieren
room-enrol-title = { $room } von { $name } registrieren?
room-enrol-action = { $room } registrieren
room-enrol-text = Danach zählt der Raum als verwaltet, und seine Signale lösen Vorfälle aus.
room-enrolled = { $room } ist registriert
room-unenrol = Registrierung aufheben
room-unenrol-title = Registrierung von { $room } bei { $name } aufheben?
room-unenrol-action = Registrierung von { $room } aufheben
room-unenrol-text = Seine offenen Vorfälle aus Signalen werden gelöst und keine neuen ausgelöst, der Raum verschwindet aus allen Listen, und sein Gerät muss sich neu registrieren, um zurückzukommen.
room-unenrolled = { $room } wird nicht mehr verwaltet
room-suppress = Unterdrücken
room-lift = Unterdrückung aufheben
room-suppress-title = { $room } von { $name } unterdrücken
room-suppress-hint = Der Raum meldet so lange keine Vorfälle, und seine offenen sind nicht zu sehen.
room-suppressed = { $room } ist unterdrückt.
room-lifted = { $room } meldet wieder Vorfälle.
peripherals = Geräte
peripherals-none = Keine gemeldet
peripheral-camera = Kamera
peripheral-content-camera = Inhaltskamera
peripheral-display = Bildschirm
peripheral-console = Konsole
peripheral-microphone = Mikrofon
peripheral-speaker = Lautsprecher
peripheral-hdmi-ingest = HDMI-Eingang
room-incidents = Offene Vorfälle
room-incidents-show = In der Liste anzeigen
room-incidents-none = In diesem Raum ist nichts offen
room-incidents-hidden = Sie dürfen die Vorfälle dieses Raums nicht sehen.
room-status = Status
room-settings = Einstellungen
room-activity = Verlauf
room-tickets = Vorfälle
room-all-signals = Alle Signale anzeigen
room-signals-offline = Wie jedes Signal steht, wird beim Dienst erfragt, und der ist nicht erreichbar. Angezeigt werden die offenen Vorfälle, die hier gespeichert sind.
room-status-fine = Nichts ist offen, und kein Signal ist gestört
signal-state-healthy = In Ordnung
signal-state-failing = Gestört
signal-never-failed = Keine Störung gemeldet
signal-since = Seit { $moment }
room-resolved = In den letzten 90 Tagen gelöst
room-resolved-none = Keine
room-events = Ereignisse
room-events-none = Keine Ereignisse in den letzten 90 Tagen
room-events-hint = Schlechte Anrufe und Probleme, die jemand im Raum gemeldet hat, aus den letzten 90 Tagen. Sie sind keine Vorfälle: Wählen Sie aus, was zählt, und melden Sie einen.
room-events-offline = Ereignisse werden beim Dienst erfragt, der nicht erreichbar ist, und von diesem Raum sind hier keine gespeichert.
room-events-newest = Das sind die { $most } neuesten.
events-record = { $count ->
    [0] Vorfall melden
    [one] Vorfall zu 1 Ereignis melden
   *[other] Vorfall zu { $count } Ereignissen melden
}
events-choose = Wählen Sie die Ereignisse aus, um die es geht.
events-too-many = Wählen Sie höchstens { $most } Ereignisse aus.
events-again = Aktualisieren
event-issue = Teil von { $number }
event-taken = Schon Teil eines Vorfalls
event-waits = Teil eines Vorfalls, der noch nicht gesendet ist
event-kind-poor-call = Schlechter Anruf
event-kind-room-report = Im Raum gemeldetes Problem
event-poor-call-of = Schlechter Anruf: { $problem }
event-participants = { $count ->
    [one] 1 Teilnehmer
   *[other] { $count } Teilnehmer
}
event-packet-loss = { $percent } % Paketverlust
call-problem-audio = Ton
call-problem-video = Bild
call-problem-screen-share = Bildschirmfreigabe
call-problem-network = Netzwerk
call-problem-dropped = vorzeitig beendet
call-problem-other = Sonstiges
record-without-events = Ohne die Ereignisse
record-events = { $count ->
    [one] 1 Ereignis des Raums wird Teil davon.
   *[other] { $count } Ereignisse des Raums werden Teil davon.
}
issue-events-offline = Zu welchen Ereignissen er gemeldet wurde, wird beim Dienst erfragt, und der ist nicht erreichbar.
room-activity-none = Nichts in den letzten 90 Tagen
room-activity-hint = Die letzten 90 Tage, soweit Vorfälle es sagen: von einem, der wiederkam, das letzte Mal. Alle Zeiten stehen in seinem Verlauf.
turn-raised = Vorfall ausgelöst
turn-again = Wieder aktiv
turn-message = Letzte Nachricht
turn-resolved = Gelöst
turn-closed = Geschlossen
turn-silent = Seitdem nichts gehört
no-rooms-title = Keine Räume
no-rooms-text = Dieser Kunde hat Ihnen noch keine Räume delegiert.
no-rooms-anywhere-text = Noch kein Kunde hat Ihnen Räume delegiert.
no-room-match-title = Kein passender Raum
no-rooms-right-title = Sie dürfen hier keine Räume sehen
no-rooms-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Räumen nicht. Fragen Sie einen primären Administrator dieses Kunden.

# Signals: their names
signal-customer-reported = Vom Kunden gemeldet
signal-sign-in-exchange = Anmeldung (Exchange)
signal-sign-in-teams = Anmeldung (Teams)
signal-calendar-sync = Kalendersynchronisierung
signal-meeting-app-heartbeat = Lebenszeichen der Besprechungs-App
signal-camera-room = Kamera (Raum)
signal-content-camera = Inhaltskamera
signal-hdmi-ingest = HDMI-Eingang
signal-low-disk-space = Wenig Speicherplatz
signal-disk-health = Zustand des Datenträgers
signal-conferencing-microphone = Konferenzmikrofon
signal-conferencing-speaker = Konferenzlautsprecher
signal-display-front-of-room = Bildschirm (Raumfront)
signal-display-console = Bildschirm (Konsole)
signal-monitoring = Überwachung
signal-offline = Offline
signal-wsus-enabled = WSUS aktiviert
signal-windows-update-reset = Windows-Update-Komponenten zurückzusetzen
signal-update-failed = Update
signal-camera-default = Standardkamera
signal-configured-microphone = Eingestelltes Mikrofon
signal-configured-speaker = Eingestellter Lautsprecher
signal-default-speaker = Standardlautsprecher
signal-app-version = App-Version
signal-os-version = Version des Betriebssystems
signal-time-drift = Zeitabweichung
signal-windows-update-disabled = Windows Update deaktiviert
signal-nightly-reboot-disabled = Nächtlicher Neustart deaktiviert
signal-bluetooth-disabled = Bluetooth deaktiviert
signal-sleep-timer = Energiespar-Timer
signal-usb-suspend = USB-Energiesparmodus
signal-cpu-limited = Prozessor gedrosselt
signal-default-credentials = Standardanmeldedaten
signal-wifi-strength = WLAN-Signalstärke
signal-monitoring-connectivity = Verbindung der Überwachung
signal-windows-update-blocked = Windows Update blockiert
signal-os-activation = Aktivierung des Betriebssystems
signal-connected-by-wifi = Über WLAN verbunden

# Signals: what is wrong when one fails
problem-sign-in-exchange = Anmeldung bei Exchange schlägt fehl
problem-sign-in-teams = Anmeldung bei Teams schlägt fehl
problem-calendar-sync = Kalender wird nicht synchronisiert
problem-meeting-app-heartbeat = Besprechungs-App gibt kein Lebenszeichen
problem-camera-room = Raumkamera nicht gefunden
problem-content-camera = Inhaltskamera nicht gefunden
problem-hdmi-ingest = HDMI-Eingang funktioniert nicht
problem-low-disk-space = Speicherplatz wird knapp
problem-disk-health = Datenträger in schlechtem Zustand
problem-conferencing-microphone = Konferenzmikrofon nicht gefunden
problem-conferencing-speaker = Konferenzlautsprecher nicht gefunden
problem-display-front-of-room = Bildschirm an der Raumfront nicht gefunden
problem-display-console = Bildschirm der Konsole nicht gefunden
problem-monitoring = Überwachung läuft nicht
problem-offline = Raum ist offline
problem-wsus-enabled = WSUS ist aktiviert
problem-windows-update-reset = Windows-Update-Komponenten müssen zurückgesetzt werden
problem-update-failed = Ein Update ist fehlgeschlagen
problem-camera-default = Standardkamera ist nicht festgelegt
problem-configured-microphone = Eingestelltes Mikrofon fehlt
problem-configured-speaker = Eingestellter Lautsprecher fehlt
problem-default-speaker = Standardlautsprecher fehlt
problem-app-version = App-Version ist veraltet
problem-os-version = Betriebssystem ist veraltet
problem-time-drift = Zeitabweichung: Die Uhr geht falsch
problem-windows-update-disabled = Windows Update ist deaktiviert
problem-nightly-reboot-disabled = Nächtlicher Neustart ist deaktiviert
problem-bluetooth-disabled = Bluetooth ist deaktiviert
problem-sleep-timer = Energiespar-Timer ist eingeschaltet
problem-usb-suspend = USB-Energiesparmodus ist eingeschaltet
problem-cpu-limited = Prozessor ist gedrosselt
problem-default-credentials = Standardanmeldedaten werden verwendet
problem-wifi-strength = WLAN-Signal ist schwach
problem-monitoring-connectivity = Verbindung der Überwachung ist unterbrochen
problem-windows-update-blocked = Windows Update ist blockiert
problem-os-activation = Betriebssystem ist nicht aktiviert
problem-connected-by-wifi = Über WLAN statt Kabel verbunden

# Signals: what that means, and what to do
description-sign-in-exchange = Das Raumkonto kann sich nicht bei Exchange anmelden, daher zeigt der Raum keine Besprechungen an.
action-sign-in-exchange = Prüfen Sie, ob das Konto aktiviert und sein Kennwort nicht abgelaufen ist, und melden Sie es am Gerät erneut an.
description-sign-in-teams = Das Raumkonto kann sich nicht bei Teams anmelden: An Besprechungen kann niemand teilnehmen.
action-sign-in-teams = Prüfen Sie Kennwort, Lizenz und Anmelderichtlinien des Kontos, und starten Sie dann die Raum-App neu.
description-calendar-sync = Der Kalender des Raums wurde seit einiger Zeit nicht gelesen.
action-calendar-sync = Prüfen Sie das Postfach des Raumkontos und den Weg des Netzwerks zu Exchange; ist beides in Ordnung, starten Sie die Raum-App neu.
description-meeting-app-heartbeat = Die Besprechungs-App auf dem Gerät antwortet nicht mehr.
action-meeting-app-heartbeat = Starten Sie das Gerät neu. Bleibt die App wieder stehen, sichern Sie vor dem nächsten Neustart ihre Protokolle.
description-camera-room = Eine Raumkamera fehlt oder liefert kein Bild.
action-camera-room = Prüfen Sie Kabel und Stromversorgung, stecken Sie die Kamera neu an, und sehen Sie nach, ob der Geräte-Manager sie aufführt.
description-content-camera = Die Inhaltskamera fehlt oder liefert kein Bild.
action-content-camera = Prüfen Sie Kabel und Stromversorgung; kalibrieren Sie die Kamera neu, wenn sie bewegt wurde.
description-hdmi-ingest = Der HDMI-Eingang zum Teilen liefert kein Signal.
action-hdmi-ingest = Prüfen Sie das Kabel am Tisch und den Adapter des Eingangs; versuchen Sie eine andere Quelle.
description-low-disk-space = Der Systemdatenträger ist fast voll.
action-low-disk-space = Löschen Sie alte Protokolle und nicht mehr benötigte Installationsdateien; es müssen mindestens 10 GB frei sein.
description-disk-health = Der Datenträger meldet, dass er bald ausfallen kann.
action-disk-health = Bestellen Sie Ersatz, und tauschen Sie den Datenträger, bevor er ausfällt; halten Sie die Einstellungen des Raums bereit.
description-conferencing-microphone = Ein Konferenzmikrofon fehlt oder ist deaktiviert: Die Gegenseite hört nichts.
action-conferencing-microphone = Prüfen Sie Kabel und Stummschaltung, und wählen Sie das Mikrofon in den Einstellungen des Geräts erneut aus.
description-conferencing-speaker = Ein Konferenzlautsprecher fehlt oder ist deaktiviert: Im Raum ist nichts zu hören.
action-conferencing-speaker = Prüfen Sie Kabel und Lautstärke, und wählen Sie den Lautsprecher in den Einstellungen des Geräts erneut aus.
description-display-front-of-room = Ein Bildschirm an der Raumfront ist aus oder nicht verbunden.
action-display-front-of-room = Prüfen Sie Stromversorgung, Eingang und HDMI-Kabel; schalten Sie am Bildschirm das Einschalten durch ein Signal ein.
description-display-console = Die Touchkonsole ist nicht verbunden.
action-display-console = Prüfen Sie ihre USB- und HDMI-Kabel, und starten Sie dann das Gerät neu.
description-monitoring = Die Überwachungssoftware auf dem Gerät meldet, dass sie nicht arbeiten kann.
action-monitoring = Starten Sie ihren Dienst neu; startet er nicht, installieren Sie sie erneut.
description-offline = Von diesem Raum war seit mindestens drei Stunden nichts zu hören.
action-offline = Prüfen Sie Strom und Netzwerk im Raum, und ob das Gerät entfernt wurde.
description-wsus-enabled = Das Gerät bezieht seine Updates von einem WSUS-Server, der zurückhält, was der Raum braucht.
action-wsus-enabled = Nehmen Sie das Gerät von der WSUS-Richtlinie aus.
description-windows-update-reset = Die Komponenten von Windows Update sind beschädigt: Es lassen sich keine Updates installieren.
description-update-failed = Ein Update ließ sich nicht installieren.
action-windows-update-reset = Setzen Sie die Komponenten von Windows Update zurück, und suchen Sie dann erneut nach Updates.
action-update-failed = Sehen Sie unter Updates nach dem Grund, beheben Sie, was er nennt, und lassen Sie das Update dann wiederholen. Der Vorfall endet, sobald es installiert ist.
description-camera-default = Die Standardkamera ist keine der verbundenen Kameras.
action-camera-default = Wählen Sie die Standardkamera in den Einstellungen des Geräts aus.
description-configured-microphone = Das eingestellte Mikrofon ist keines der verbundenen.
action-configured-microphone = Wählen Sie das Konferenzmikrofon in den Einstellungen des Geräts aus.
description-configured-speaker = Der eingestellte Konferenzlautsprecher ist keiner der verbundenen.
action-configured-speaker = Wählen Sie den Konferenzlautsprecher in den Einstellungen des Geräts aus.
description-default-speaker = Der Standardlautsprecher ist keiner der verbundenen.
action-default-speaker = Wählen Sie den Standardlautsprecher in den Einstellungen des Geräts aus.
description-app-version = Die Raum-App ist älter als die älteste unterstützte Version.
action-app-version = Aktualisieren Sie die Raum-App, von Hand, falls der Store gesperrt ist.
description-os-version = Das Betriebssystem ist älter als die älteste unterstützte Version.
action-os-version = Installieren Sie das ausstehende Funktionsupdate außerhalb der Arbeitszeit.
description-time-drift = Die Uhr des Geräts geht um mehr als fünf Minuten falsch: Anmeldung und Zertifikate werden scheitern.
action-time-drift = Berichtigen Sie die Zeitquelle des Geräts.
description-windows-update-disabled = Windows Update ist ausgeschaltet.
action-windows-update-disabled = Schalten Sie den Updatedienst wieder ein; sehen Sie nach, welche Richtlinie ihn angehalten hat.
description-nightly-reboot-disabled = Der nächtliche Neustart ist ausgeschaltet.
action-nightly-reboot-disabled = Schalten Sie den nächtlichen Neustart in den Einstellungen des Geräts wieder ein.
description-bluetooth-disabled = Bluetooth ist ausgeschaltet: Niemand kann von einem Gerät in der Nähe aus teilnehmen.
action-bluetooth-disabled = Schalten Sie Bluetooth in den Einstellungen des Geräts ein, es sei denn, es soll aus sein.
description-sleep-timer = Das Gerät geht von selbst in den Energiesparmodus.
action-sleep-timer = Stellen Sie den Energiespar-Timer auf „Nie“.
description-usb-suspend = USB-Anschlüsse werden zum Stromsparen abgeschaltet: Kameras und Mikrofone fallen aus.
action-usb-suspend = Schalten Sie im Energiesparplan das selektive USB-Energiesparen aus.
description-cpu-limited = Der Prozessor läuft gedrosselt: Ton und Bild können stocken.
action-cpu-limited = Prüfen Sie Energiesparplan, Temperatur und Lüfter des Geräts.
description-default-credentials = Das Gerät hat noch das Administratorkennwort, mit dem es geliefert wurde.
action-default-credentials = Setzen Sie ein eigenes Kennwort, oder lassen Sie es wechseln.
description-wifi-strength = Das WLAN-Signal am Gerät ist schwach.
action-wifi-strength = Verbinden Sie das Gerät per Kabel, oder stellen Sie den Zugangspunkt näher.
description-monitoring-connectivity = Die Überwachungssoftware erreicht nur einen Teil ihrer Adressen.
action-monitoring-connectivity = Öffnen Sie Firewall und Proxy für die Adressen des Überwachungsdienstes.
description-windows-update-blocked = Windows Update erreicht seine Server nicht.
action-windows-update-blocked = Öffnen Sie Firewall und Proxy für Windows Update.
description-os-activation = Das Betriebssystem ist nicht aktiviert.
action-os-activation = Aktivieren Sie Windows mit dem Schlüssel des Geräts.
description-connected-by-wifi = Das Gerät ist über WLAN verbunden.
action-connected-by-wifi = Besprechungsräume laufen am besten am Kabel: Verbinden Sie das Gerät mit dem kabelgebundenen Netzwerk.

# Forms
form-required = Erforderlich
form-parked = { $title } für { $name } ist geparkt: Sie sehen jetzt einen anderen Kunden.
form-return = Zurück zu { $name }
form-discard = Verwerfen
discard-title = Eingaben verwerfen?
discard-text = Sie wurden nicht gesendet und lassen sich nicht wiederherstellen.
discard-entry-title = „{ $what }“ verwerfen?
discard-file-title = Diese Datei verwerfen?
discard-file-text = { $name } wurde nicht gesendet. Die Kopie auf diesem Gerät wird gelöscht.
wizard-back = Zurück
wizard-next = Weiter
wizard-next-why = Füllen Sie zuerst diesen Schritt aus.
wizard-step-why = Schließen Sie zuerst die Schritte davor ab.
change-offline = Nicht ohne Verbindung: Änderungen brauchen den Dienst
cached-offline = Offline: Stand { $moment }
cached-asking = Stand { $moment }, wird geprüft
outcome-requested = Angefragt. Es wird wirksam, sobald { $name } es genehmigt.
stale-title = { $name } hat sich inzwischen geändert
stale-text = Jemand anderes hat es geändert, nachdem Sie das Formular geöffnet haben. Von Ihnen wurde noch nichts gespeichert.
stale-was = Beim Öffnen
stale-now = Jetzt
stale-mine = Mit Ihrer Änderung
stale-changed = Inzwischen geändert:
stale-theirs = Andere Änderung behalten
stale-mine-again = Meine Änderung erneut anwenden
people-search = Benutzer und Gruppen suchen
people-searching = Suchen …
people-none = Kein Benutzer und keine Gruppe mit diesem Namen in Ihrer Organisation
people-all-in = Alle passenden sind bereits hinzugefügt
people-more =
    { $count ->
        [one] Mehr als { $count } passt: Geben Sie mehr vom Namen ein
       *[other] Mehr als { $count } passen: Geben Sie mehr vom Namen ein
    }
people-remove = { $name } entfernen
people-group-of =
    Gruppe mit { $count ->
        [one] { $count } Benutzer
       *[other] { $count } Benutzern
    }
rooms-picked =
    { $count ->
        [one] { $count } Raum ausgewählt
       *[other] { $count } Räume ausgewählt
    }
groups-picked =
    { $count ->
        [one] { $count } Gruppe
       *[other] { $count } Gruppen
    }
rooms-group-of =
    { $count ->
        [one] { $count } Raum
       *[other] { $count } Räume
    }
error-conflict = Dies widerspricht dem jetzigen Stand.
error-stale = Es hat sich geändert, seit Sie es geöffnet haben.
field-terms-not-accepted = Stimmen Sie vor dem Senden den Bedingungen zu.
field-domain-unknown = Keine Organisation hier besitzt diese Domäne. Prüfen Sie die Schreibweise, oder fragen Sie den Partner, welche seiner Domänen überprüft ist.
field-domain-own = Dies ist Ihre eigene Domäne.
field-domain-not-onboarded = Die Organisation mit dieser Domäne ist noch nicht als Partner aufgenommen. Bitten Sie sie, das zuerst zu tun.
field-domain-invited = Die Organisation mit dieser Domäne hat bereits eine Einladung. Ziehen Sie diese zurück, um eine neue zu senden.
field-domain-partner = Die Organisation mit dieser Domäne arbeitet bereits für Sie. Ändern Sie stattdessen ihre Räume und Rechte.
field-rooms-none = Wählen Sie mindestens einen Raum oder eine Raumgruppe oder alle Räume
field-delegated-rooms-too-many = Auf einmal lassen sich höchstens 25.000 Räume hinzufügen oder entfernen.
field-room-stays-delegated = Einer dieser Räume bliebe delegiert, weil eine Raumgruppe, zu der er gehört, delegiert ist oder alle Räume es sind. Nehmen Sie auch die Gruppe heraus.
field-room-unknown = Einen der Räume gibt es nicht mehr, oder Ihre Rolle gilt nicht für ihn. Wählen Sie die Räume neu aus.
field-room-group-unknown = Eine der Raumgruppen gibt es nicht mehr. Wählen Sie die Gruppen neu aus.
field-room-group-in-use = Zuweisungen oder Delegationen nennen diese Gruppe, oder eine Rollenänderung, die auf Genehmigung wartet. Nehmen Sie sie dort zuerst heraus oder lassen Sie diese entscheiden, dann löschen Sie sie.
field-room-group-beyond-reach = Raumgruppen zu ändern verlangt das Recht für alle Räume des Kunden, für die Räume einer Gruppe, die Zuweisungen nennen, auch das Recht, dort Rollen zu ändern. Eine Gruppe mit Räumen außerhalb Ihrer Reichweite kann nur der Kunde umbenennen oder löschen.
field-room-group-needs-customer = Wer durch diese Gruppe welche Räume erreicht, entscheidet der Kunde. Bitten Sie ihn, die Gruppe zu ändern.
field-room-group-rooms-too-many = Auf einmal lassen sich höchstens 1.000 Räume hinzufügen oder entfernen.
field-ring-order-invalid = Ein Platz von 1 bis 9.
field-ring-order-taken = Dort steht ein anderer Update-Ring. Wählen Sie einen freien Platz.
field-ring-days-invalid = Eine ganze Zahl von 0 bis 60 Tagen.
field-ring-days-beyond-left = Verteilung und Test aller Ringe dauern höchstens 60 Tage, und die anderen Ringe lassen weniger übrig. Nehmen Sie hier weniger Tage, oder verkürzen Sie einen anderen Ring.
field-ring-preset = Voreingestellte Ringe lassen sich nicht löschen, und Staging bleibt der erste. Ändern Sie die Tage des Rings, oder verschieben Sie seine Räume.
field-ring-beyond-reach = Update-Ringe betreffen alle Räume des Kunden: Nur seine eigenen Benutzer fügen sie hinzu, löschen und ändern sie. Sie dürfen Räume in Ihrer Reichweite verschieben und einen Ring ändern, der nicht voreingestellt ist und keine anderen Räume enthält.
field-ring-rooms-too-many = Auf einmal lassen sich höchstens 200 Räume verschieben.
field-update-not-so = Das Update ist angehalten, nicht angehalten, zurückgezogen oder abgeschlossen: Sehen Sie es sich erneut an.
field-update-beyond-reach = Das Update betrifft Räume, die Sie nicht betreuen: Nur der Kunde hält es an und setzt es fort.
field-update-no-rooms = Es gibt keinen Raum mehr, in dem das geschehen könnte.
field-members-none = Nennen Sie mindestens einen Benutzer oder eine Gruppe.
field-member-unknown = Jemand von den Genannten ist kein Benutzer und keine Gruppe der Organisation mehr. Wählen Sie die Benutzer neu aus.
field-members-no-user = Mindestens ein Benutzer muss dabei sein, namentlich oder in einer Gruppe.
field-name-invalid = Ein Name hat 1 bis 120 Zeichen und keine Zeilenumbrüche.
field-name-taken = Diesen Namen gibt es schon. Wählen Sie einen anderen.
field-filter-invalid = Das ist kein Filter. Berichtigen Sie ihn an der Stelle, die genannt wird.
field-views-too-many = Es gibt schon 50 Ansichten. Löschen Sie eine, die Sie nicht mehr brauchen.
field-description-invalid = Eine Beschreibung hat höchstens 500 Zeichen.
field-text-empty = Schreiben Sie hier etwas.
field-text-too-long = Dieser Text ist zu lang.
field-text-invalid = Dieser Text hat Zeichen, die sich nicht anzeigen lassen. Schreiben Sie ihn neu, oder fügen Sie ihn als reinen Text ein.
field-file-name-invalid = Dieser Name lässt sich nicht verwenden: Er ist zu lang oder hat Zeichen, die sich nicht anzeigen lassen. Benennen Sie die Datei um.
field-file-empty = In dieser Datei steht nichts.
field-file-too-large = Eine Datei hat höchstens 50 MB. Packen Sie sie, oder senden Sie einen Teil davon.
field-files-too-many = Ein Vorfall hat höchstens 20 Anhänge, und höchstens 20 Ihrer Dateien dürfen unterwegs sein.
field-hash-invalid = Die Datei ließ sich nicht prüfen. Senden Sie sie erneut.
field-file-type-refused = Nur Bilder, Videos, Protokolle und Archive von Protokollen lassen sich hinzufügen.
field-file-type-differs = Der Inhalt dieser Datei ist von anderer Art, als ihr Name sagt. Benennen Sie sie danach um.
field-file-damaged = Die Datei kam nicht so an, wie sie gesendet wurde. Senden Sie sie erneut.
field-event-unknown = Eines der Ereignisse gibt es nicht mehr, oder es gehört zu keinem dieser Räume. Senden Sie den Vorfall ohne Ereignisse; aus der Liste der nicht gesendeten Eingaben geht er beim erneuten Senden ohne sie.
field-events-too-many = Ein Vorfall hat höchstens 50 Ereignisse.
field-event-taken = Eines der Ereignisse gehört schon zu einem anderen Vorfall. Senden Sie den Vorfall ohne Ereignisse; aus der Liste der nicht gesendeten Eingaben geht er beim erneuten Senden ohne sie.
field-rooms-too-many = Ein Vorfall hat höchstens 200 Räume.
field-rooms-must-be-named = Ihre Rolle gilt nur für einige Räume: Wählen Sie die Räume.
field-signal-ends-by-itself = Er gilt als gelöst, sobald sein Signal gesund ist: von Hand lässt er sich nicht schließen oder bearbeiten.
field-incident-inactive = Der Vorfall ist schon geschlossen oder gelöst.
field-capacity-invalid = Ein Raum hat 0 bis 10.000 Plätze.
field-claimed-by-other = Jemand anders hat es in Arbeit. Übernehmen Sie es, wenn Sie sich darüber einig sind.
field-snoozed-with-suppression = Das Signal oder der Raum ist unterdrückt: Heben Sie das auf.
field-snooze-end-invalid = Das Ende muss in der Zukunft liegen, höchstens 30 Tage voraus.
field-timezone-invalid = Das ist keine Zeitzone. Schreiben Sie ihren Namen wie in Europe/Berlin.
field-permissions-none = Wählen Sie mindestens eine Berechtigung aus.
field-permissions-beyond-ceiling = Der Kunde erlaubt keiner Rolle alle diese Berechtigungen. Wählen Sie weniger aus.
field-request-outdated = Worum es geht, hat sich seit der Anfrage geändert. Lehnen Sie sie ab, und lassen Sie den Partner erneut fragen.
field-request-decided = Dies wurde bereits entschieden oder ist hinfällig.
field-administrator-appoints = Einen Administrator bestimmt nur ein Administrator, und für alle Räume.
field-request-sender = Wer das angefragt hat, darf diese Änderung nicht mehr vornehmen. Die Anfrage ist hinfällig, und nichts wurde geändert.
field-scope-none = Wählen Sie mindestens einen Raum oder eine Gruppe aus, oder alle Räume.
field-scope-beyond-reach = Sie verwalten Rollen nur in einigen Räumen, und dieser Bereich umfasst andere.
edit = Bearbeiten
letter-key = Taste: { $key }
delete = Löschen
form-optional = { $what } (optional)
text-left =
    { $count ->
        [one] Noch { $count } Zeichen
       *[other] Noch { $count } Zeichen
    }
text-over =
    { $count ->
        [one] { $count } Zeichen zu viel
       *[other] { $count } Zeichen zu viel
    }
form-unchanged = Es wurde noch nichts geändert
form-one-open = { $title } für { $name } ist noch offen
row-left = Die Zeile, auf der Sie waren, ist nicht mehr in der Liste
tick-all = Alle
tick-none = Keine

# Permissions and what they are grouped under
feature-rooms = Räume
feature-groups = Raumgruppen
feature-rings = Updateringe
feature-reports = Berichte
feature-tickets = Vorfälle
feature-settings = Einstellungen
feature-roles = Rollen
permission-rooms-view = Räume anzeigen
permission-rooms-modify = Räume ändern
permission-rooms-reset-key = Registrierungsschlüssel zurücksetzen
permission-rooms-download-key = Registrierungsschlüssel herunterladen
permission-rooms-unenroll = Registrierung von Räumen aufheben
permission-rooms-create = Räume registrieren
permission-groups-view = Raumgruppen anzeigen
permission-groups-modify = Raumgruppen ändern
permission-groups-create = Raumgruppen erstellen
permission-rings-view = Updateringe anzeigen
permission-rings-modify = Updateringe ändern
permission-reports-view = Berichte anzeigen
permission-incidents-create = Vorfälle für den Kunden melden
permission-tickets-view = Vorfälle anzeigen
permission-tickets-update = Vorfälle beantworten und schließen
permission-settings-view = Einstellungen anzeigen
permission-settings-modify = Einstellungen ändern
permission-roles-view = Rollen anzeigen
permission-roles-modify = Rollen ändern
built-in-managed-service-administrator = Verwalteter Dienstadministrator
built-in-site-lead = Site Lead
built-in-site-tech = Site Tech
built-in-primary-admins = Primäre Administratoren
principal-user = Benutzer
principal-security-group = Sicherheitsgruppe
control-rooms-modify = Änderungen an Räumen
control-rooms-suppress = Unterdrücken von Räumen und Signalen
control-rings-modify = Änderungen an Updateringen
control-roles-modify = Änderungen an Rollen und Zuweisungen
approval-auto = Sofort
approval-manual = Nach Genehmigung durch den Kunden
request-pending = Ausstehend
request-approved = Genehmigt
request-rejected = Abgelehnt
request-lapsed = Hinfällig
requested-create-role = Neue Rolle
requested-change-room = Änderung eines Raums
requested-suppress-room = Unterdrückung eines Raums oder Signals
requested-lift-suppression = Ende einer Unterdrückung
requested-change-ring = Änderung eines Update-Rings
requested-move-to-ring = Räume in einen Update-Ring
requested-pause-update = Ein Update anhalten
requested-resume-update = Ein Update fortsetzen
requested-retry-update = Ein Update wiederholen, wo es fehlschlug
requested-force-update = Ein Update erzwingen
requested-change-role = Änderung einer Rolle
requested-delete-role = Löschen einer Rolle
requested-create-assignment = Neue Zuweisung
requested-change-assignment = Änderung einer Zuweisung
requested-delete-assignment = Löschen einer Zuweisung

# Tenants
tenants = Mandanten
search-tenants = Mandanten suchen
tenant-active = Kunde
tenant-pending = Einladung
tenants-domains = Domänen
tenants-when = Seit / bis
tenants-count =
    { $count ->
        [one] { $count } Mandant
       *[other] { $count } Mandanten
    }
tenants-invitation =
    { $count ->
        [one] Einladung · { $count } Raum
       *[other] Einladung · { $count } Räume
    }
tenants-expires = bis { $moment }
tenants-expired = abgelaufen { $moment }
tenants-since = seit { $moment }
tenants-none-title = Noch keine Kunden oder Einladungen
tenants-none-text = Der Kunde beginnt die Beziehung: Sein Administrator lädt Ihre Organisation über ihre Domäne ein.
tenants-no-match = Kein passender Mandant
primary-admins = Primäre Administratoren
users-count =
    { $count ->
        [one] { $count } Benutzer
       *[other] { $count } Benutzer
    }
terms-ceiling = Rechtegrenze
terms-ceiling-preset =
    { $count ->
        [one] Die übliche { $count } Berechtigung primärer Administratoren
       *[other] Die üblichen { $count } Berechtigungen primärer Administratoren
    }
terms-ceiling-other =
    { $count ->
        [one] { $count } Berechtigung, anders als üblich
       *[other] { $count } Berechtigungen, anders als üblich
    }
terms-more = Mehr als üblich: { $names }
terms-less = Nicht enthalten: { $names }
terms-control = Ihre Änderungen
terms-auto = Werden sofort wirksam
terms-manual = Warten auf Genehmigung: { $events }
terms-offline = Lesen ohne Verbindung
terms-offline-days =
    { $days ->
        [one] Bis zu { $days } Tag nach dem letzten Kontakt
       *[other] Bis zu { $days } Tage nach dem letzten Kontakt
    }
terms-offline-no = Nicht erlaubt
invitation-addressed = Gerichtet an
invitation-sent = Gesendet
invitation-expires = Läuft ab
invitation-rooms-future =
    { $count ->
        [one] jetzt { $count } Raum, und Räume, die später dazukommen
       *[other] jetzt { $count } Räume, und Räume, die später dazukommen
    }
invitation-over = Diese Einladung ist abgelaufen. Bitten Sie den Kunden um eine neue.
invitation-admins-hint = Sie betreuen die Räume dieses Kunden, weisen Ihre Benutzer zu und können die Beziehung beenden. Mindestens ein Benutzer.
invitation-nobody = Wählen Sie zum Annehmen mindestens einen primären Administrator
invitation-accept = { $name } annehmen
invitation-accepted = { $name } ist jetzt Kunde.
invitation-deny = Ablehnen …
invitation-deny-title = Einladung von { $name } ablehnen?
invitation-deny-action = { $name } ablehnen
invitation-deny-text = Die Einladung wird gelöscht. Das lässt sich nicht rückgängig machen: Nur eine neue Einladung von { $name } beginnt die Beziehung dann noch.
invitation-denied = Die Einladung von { $name } wurde abgelehnt und gelöscht.
customer-without-admins = Bei den primären Administratoren ist niemand mehr. Fügen Sie jemanden hinzu, damit dieser Kunde betreut werden kann.
customer-since = Kunde seit
customer-requests = Anfragen
customer-waiting =
    { $count ->
        [one] { $count } Änderung wartet auf Genehmigung
       *[other] { $count } Änderungen warten auf Genehmigung
    }
customer-roles =
    { $count ->
        [one] { $count } benutzerdefinierte Rolle
       *[other] { $count } benutzerdefinierte Rollen
    }
customer-roles-show = Rollen anzeigen
admins-hidden = Administratoren, Mandantenmanager und die primären Administratoren selbst sehen sie.
admins-add-label = Primäre Administratoren hinzufügen
admins-add = Zu { $name } hinzufügen
admins-nobody = Wählen Sie zuerst jemanden aus
admins-added =
    { $count ->
        [one] { $count } primärer Administrator zu { $name } hinzugefügt.
       *[other] { $count } primäre Administratoren zu { $name } hinzugefügt.
    }
admins-remove = { $who } entfernen
admins-remove-title = { $who } aus den primären Administratoren von { $name } entfernen?
admins-remove-text = { $who } verliert die Rechte eines primären Administrators bei { $name } mit der nächsten Anfrage.
admins-removed = { $who } wurde entfernt.
remove-action = { $name } entfernen
remove-title = { $name } entfernen?
remove-text = Die Beziehung zu { $name } endet sofort. Niemand in Ihrer Organisation kann dann noch Daten dieses Kunden lesen, und das lässt sich nicht rückgängig machen. Noch vorhanden:
remove-incidents =
    { $count ->
        [one] { $count } offener Vorfall
       *[other] { $count } offene Vorfälle
    }
remove-requests =
    { $count ->
        [one] { $count } Anfrage, die auf Genehmigung wartet
       *[other] { $count } Anfragen, die auf Genehmigung warten
    }
remove-roles =
    { $count ->
        [one] { $count } benutzerdefinierte Rolle mit ihren Zuweisungen
       *[other] { $count } benutzerdefinierte Rollen mit ihren Zuweisungen
    }
remove-rooms =
    { $count ->
        [one] { $count } delegierter Raum
       *[other] { $count } delegierte Räume
    }
remove-not-yours = Nur ein primärer Administrator dieses Kunden kann ihn entfernen.
remove-stale = Sie sehen den jetzigen Stand. Wiederholen Sie es, wenn er weiterhin entfernt werden soll.
remove-done = { $name } ist nicht mehr Ihr Kunde.

# Tenant managers
tenant-managers = Mandantenmanager
managers-text = Mandantenmanager sehen und beantworten Einladungen und sehen die Kundenliste. Rechte an Räumen, Vorfällen oder Rollen eines Kunden erhalten sie dadurch nicht.
managers-add-label = Mandantenmanager hinzufügen
managers-add = Hinzufügen
managers-added =
    { $count ->
        [one] { $count } Mandantenmanager hinzugefügt.
       *[other] { $count } Mandantenmanager hinzugefügt.
    }
managers-remove = { $who } entfernen
managers-remove-title = { $who } aus den Mandantenmanagern entfernen?
managers-remove-text = { $who } sieht und beantwortet dann keine Einladungen mehr.
managers-removed = { $who } wurde entfernt.
managers-none-title = Keine Mandantenmanager
managers-none-text = Globale Administratoren und verwaltete Dienstadministratoren beantworten Einladungen.
managers-no-right-title = Für Administratoren
managers-no-right-text = Nur ein globaler Administrator oder verwalteter Dienstadministrator Ihrer Organisation bestimmt Mandantenmanager.

# Roles
roles = Rollen
role = Rolle
role-built-in = Integriert
role-custom = Benutzerdefiniert
role-built-in-text = Gehört zu jeder Beziehung
role-built-in-why = Eine integrierte Rolle steht fest: Name, Beschreibung und Berechtigungen lassen sich nicht ändern, und sie lässt sich nicht löschen.
role-properties = Eigenschaften
role-permissions = Berechtigungen
role-assignments = Zuweisungen
role-users = Benutzer
roles-choose-text = Rollen gehören zu jeweils einem Kunden. Wählen Sie ihn in der Liste oben.
roles-no-right-title = Sie dürfen hier keine Rollen sehen
roles-no-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Rollen nicht. Fragen Sie einen primären Administrator dieses Kunden.
roles-made-by-administrators = Rollen legen nur Administratoren von { $name } an; zuweisen dürfen Sie sie
roles-read-only = Sie dürfen die Rollen von { $name } sehen, aber nicht ändern
role-new = Neue Rolle
role-add = Neue Rolle zu { $name } hinzufügen
role-created = Die Rolle { $role } wurde zu { $name } hinzugefügt.
role-edit = { $role } bearbeiten
role-save = { $role } für { $name } speichern
role-changed = Die Rolle { $role } von { $name } wurde geändert.
role-incomplete = Eine Rolle braucht einen Namen und mindestens eine Berechtigung
needs-approval = { $name } genehmigt Änderungen an Rollen: Daraus wird eine Anfrage, und bis zur Zustimmung ändert sich nichts.
needs-approval-rings = { $name } genehmigt Änderungen an Update-Ringen: Daraus wird eine Anfrage, und bis zur Zustimmung ändert sich nichts.
needs-approval-updates = { $name } genehmigt Änderungen an Update-Ringen: Daraus wird eine Anfrage, und bis zur Zustimmung ändert sich nichts.
request-by = von { $who }, { $moment }
step-general = Allgemein
step-role = Rolle
step-permissions = Berechtigungen
step-assignment = Zuweisung
step-members = Mitglieder
step-scope = Bereich
step-review = Prüfen
permissions-count =
    { $count ->
        [one] { $count } Berechtigung
       *[other] { $count } Berechtigungen
    }
matrix-beyond = { $name } erlaubt das nicht
matrix-yes = Erlaubt
matrix-no = Nicht enthalten
matrix-cut = Vom Kunden nicht erlaubt
templates = Mit einer Vorlage beginnen
template-helpdesk = Helpdesk
template-helpdesk-text = Nur Vorfälle
template-technician = Techniker
template-technician-text = Räume und ihre Vorfälle
template-read-only = Nur Lesen
template-read-only-text = Sieht alles, ändert nichts
template-site-lead = Site Lead (streng)
template-site-lead-text = Betreut die Räume eines Standorts
template-cut = auf das vom Kunden Erlaubte gekürzt
assignment = Zuweisung
assignment-new = Neue Zuweisung
assignment-add = Zuweisung bei { $name } hinzufügen
assignment-edit = { $assignment } bearbeiten
assignment-save = { $assignment } für { $name } speichern
assignment-saved = Die Zuweisung { $assignment } bei { $name } wurde gespeichert.
assignment-members = Mitglieder
assignment-members-hint = Benutzer und Sicherheitsgruppen Ihrer Organisation
assignment-scope = Bereich
assignment-preset = Voreingestellt: Nur die Mitglieder lassen sich ändern; der Bereich ist, was der Kunde delegiert
assignment-preset-tag = Voreingestellt
assignment-assigned-admins = Zugewiesene Administratoren
assignments-none = Noch keine Zuweisungen: Niemand hat diese Rolle.
assignments-one = Primäre Administratoren hat genau eine Zuweisung: Ändern Sie deren Mitglieder
members-none = Keine Mitglieder
scope-all = Alle Räume
scope-all-hint = Auch solche, die später dazukommen
scope-some = Ausgewählte Räume und Gruppen
scope-some-hint = Eine Gruppe zählt mit den Räumen, die sie jeweils enthält
scope-none = Keine Räume
scope-hidden-groups =
    { $count ->
        [one] Er nennt außerdem { $count } Raumgruppe, die Sie nicht sehen dürfen; eine Änderung des Bereichs nimmt sie heraus.
       *[other] Er nennt außerdem { $count } Raumgruppen, die Sie nicht sehen dürfen; eine Änderung des Bereichs nimmt sie heraus.
    }
scope-hidden =
    { $count ->
        [one] Er nennt außerdem { $count } Raum, den Sie nicht sehen dürfen; eine Änderung des Bereichs nimmt ihn heraus.
       *[other] Er nennt außerdem { $count } Räume, die Sie nicht sehen dürfen; eine Änderung des Bereichs nimmt sie heraus.
    }
delete-title = { $what } bei { $name } löschen?
delete-action = { $what } bei { $name } löschen
delete-parked = Löschen von { $what }
delete-done = { $what } wurde bei { $name } gelöscht.
delete-role = Rolle { $name }
delete-assignment = Zuweisung { $name }
delete-group = Raumgruppe { $name }
delete-ring = Update-Ring { $name }
delete-role-text =
    { $count ->
        [one] Die Rolle wird mit ihrer { $count } Zuweisung gelöscht. Wer sie hat, verliert ihre Rechte.
       *[other] Die Rolle wird mit ihren { $count } Zuweisungen gelöscht. Wer sie hat, verliert ihre Rechte.
    }
delete-assignment-text =
    { $count ->
        [one] Ihr { $count } Mitglied verliert die Rechte der Rolle in ihrem Bereich.
       *[other] Ihre { $count } Mitglieder verlieren die Rechte der Rolle in ihrem Bereich.
    }
role-delete-button = Rolle löschen …
role-edit-button = Rolle bearbeiten
scope-legend = Wo sie gilt

# Access explorer
access = Zugriff erklären
access-who = Wer
access-who-hint = Ein Benutzer Ihrer Organisation
access-what = Was
access-where = Wo
access-ask-title = Wählen Sie wer, was und wo
access-ask-text = Dann sehen Sie Schritt für Schritt, warum jemand in einem Raum von { $name } etwas darf oder nicht.
access-offline = Das beantwortet der Dienst: Verbinden Sie sich zuerst.
access-can = Ja.
access-cannot = Nein.
access-holds = Erfüllt
access-fails = Nicht erfüllt
access-administrator = { $who } administriert { $name } und darf dort alles.
access-by = { $who } darf „{ $what }“ in { $room }, durch die Zuweisung { $assignment } der Rolle { $role }.
access-yes = { $who } darf „{ $what }“ in { $room }.
access-ended = Die Beziehung zu { $name } ist nicht aktiv.
access-not-delegated = { $name } hat { $room } Ihrer Organisation nicht delegiert.
access-beyond = { $name } erlaubt „{ $what }“ keiner Rolle Ihrer Organisation.
access-no-assignment = Keine Zuweisung bei { $name } nennt { $who } direkt oder über eine Gruppe.
access-no-permission = Keine Rolle von { $who } umfasst „{ $what }“.
access-out-of-scope = { $who } darf zwar „{ $what }“, aber { $room } liegt in keinem Bereich dieser Zuweisungen.
access-not-together = Eine Zuweisung von { $who } hat die Berechtigung, eine andere den Raum; Rechte zweier Zuweisungen ergänzen sich nicht.
access-link-administrator = Administrator
access-administrator-said = Administriert { $name }
access-link-relationship = Beziehung
access-link-delegation = Delegierung
access-link-ceiling = Rechtegrenze
access-active = Die Beziehung zu { $name } ist aktiv.
access-delegated = { $name } hat { $room } delegiert.
access-within = { $name } erlaubt „{ $what }“ Rollen Ihrer Organisation.
access-named = { $assignment } nennt { $who }.
access-through = { $assignment } nennt die Gruppe { $group }, und { $who } gehört dazu.
access-permits = { $role } umfasst „{ $what }“.
access-permits-not = { $role } umfasst „{ $what }“ nicht.
access-scope-all = Sie gilt in allen Räumen.
access-scope-room = Sie nennt { $room }.
access-scope-group = Sie nennt die Gruppe { $group }, und { $room } gehört dazu.
access-scope-hidden-group = Sie nennt eine Gruppe, zu der { $room } gehört.
access-scope-outside = { $room } liegt nicht in ihrem Bereich.

# Room groups
room-groups = Raumgruppen
group = Raumgruppe
search-groups = Raumgruppen suchen
groups-choose-text = Raumgruppen gehören zu jeweils einem Kunden. Wählen Sie ihn in der Liste oben.
groups-no-right-title = Sie dürfen hier keine Raumgruppen sehen
groups-no-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Raumgruppen nicht. Fragen Sie einen primären Administrator dieses Kunden.
groups-none-title = Keine Raumgruppen
groups-none-text = { $name } hat keine Raumgruppe mit einem Raum, den Sie sehen dürfen.
groups-no-match = Keine passende Raumgruppe
groups-redacted =
    { $count ->
        [one] { $count } für Sie nicht sichtbare Raumgruppe
       *[other] { $count } für Sie nicht sichtbare Raumgruppen
    }
group-new = Neue Raumgruppe
group-add = Raumgruppe zu { $name } hinzufügen
group-edit = { $group } bearbeiten
group-edit-button = Name und Räume bearbeiten
group-save = { $group } für { $name } speichern
group-created = Die Raumgruppe { $group } wurde zu { $name } hinzugefügt.
group-changed = Die Raumgruppe { $group } von { $name } wurde geändert.
group-delete = Raumgruppe löschen
group-delete-text = Ihre Räume bleiben. Filter und gespeicherte Ansichten, die sie nennen, finden durch sie nichts mehr.
group-incomplete = Eine Raumgruppe braucht einen Namen mit 1 bis 120 Zeichen
group-too-many = Auf einmal lassen sich höchstens { $most } Räume hinzufügen oder entfernen
group-rooms-hint = Angekreuzte Räume gehören zur Gruppe. Tippen Sie, um zu suchen.
group-no-rooms = Noch gehört kein Raum, den Sie sehen dürfen, zu dieser Gruppe.
group-more-rooms =
    { $count ->
        [one] { $count } weiterer Raum. Suchen Sie, um ihn zu finden.
       *[other] { $count } weitere Räume. Suchen Sie, um sie zu finden.
    }
group-remove-room = { $room } aus { $group } entfernen
group-remove-title = { $room } aus { $group } entfernen?
group-remove-text =
    { $count ->
        [one] { $count } Zuweisung oder Delegation nennt
       *[other] { $count } Zuweisungen oder Delegationen nennen
    } diese Gruppe: Wer den Raum allein durch sie erreicht, erreicht ihn nicht mehr.
group-uses = In Zuweisungen und Delegationen verwendet
group-delegated = Mit künftigen Räumen delegiert: Jeder Raum, den Sie hinzufügen, ist auch für { $partners } sichtbar.
group-delegated-to = Mit künftigen Räumen an { $partner } delegiert
group-unused = Keine Zuweisung nennt diese Gruppe in ihrem Bereich, und sie ist an keinen Partner mit künftigen Räumen delegiert.
group-hidden-uses =
    { $count ->
        [one] { $count } für Sie nicht sichtbare Zuweisung oder Delegation
       *[other] { $count } für Sie nicht sichtbare Zuweisungen oder Delegationen
    }
room-group-add = Zu Gruppe hinzufügen
room-group-title = { $room } von { $name } zu einer Raumgruppe hinzufügen
room-group-action = Zur Raumgruppe hinzufügen
room-group-choose = Wählen Sie eine Raumgruppe
room-grouped = { $room } wurde zur Raumgruppe { $group } hinzugefügt.
rooms-group-title =
    { $count ->
        [one] Einen Raum von { $name } zu einer Raumgruppe hinzufügen
       *[other] { $count } Räume von { $name } zu einer Raumgruppe hinzufügen
    }
rooms-grouped =
    { $count ->
        [one] Ein Raum wurde zur Raumgruppe { $group } hinzugefügt.
       *[other] { $count } Räume wurden zur Raumgruppe { $group } hinzugefügt.
    }
group-not-everywhere = Zuweisungen können so weit reichen wie eine Raumgruppe: Eine zu ändern verlangt das Recht für alle Räume des Kunden
group-shared = Zu dieser Gruppe gehören Räume außerhalb Ihrer Reichweite: Nur der Kunde kann sie umbenennen oder löschen
group-in-use =
    { $count ->
        [one] { $count } Zuweisung oder Delegation nennt diese Gruppe. Nehmen Sie sie dort zuerst heraus, dann löschen Sie sie.
       *[other] { $count } Zuweisungen oder Delegationen nennen diese Gruppe. Nehmen Sie sie dort zuerst heraus, dann löschen Sie sie.
    }

# Updates
updates = Updates
update = Update
updates-rings = Ringe
update-status = Status
update-published = Veröffentlicht
update-deprecated = Zurückgezogen
updates-paused = Angehalten
updates-complete = Fertig
updates-past = Vergangene Updates einbeziehen
updates-choose-text = Updates durchlaufen die Ringe jeweils eines Kunden. Wählen Sie ihn in der Liste oben.
updates-no-right-title = Sie dürfen hier keine Updates sehen
updates-no-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Update-Ringen nicht. Fragen Sie einen primären Administrator dieses Kunden.
updates-none-title = Keine Updates
updates-none-text = Der Dienst hat noch keine Updates veröffentlicht.
updates-no-match-text = Kein Update ist in diesem Zustand. Drücken Sie den Zähler erneut, um die anderen zu sehen.
updates-all-past-text = Alle Updates sind installiert oder zurückgezogen. Beziehen Sie vergangene Updates ein, um sie zu sehen.
update-status-scheduled = Geplant
update-status-in-progress = Läuft
update-status-completed-with-failures = Abgeschlossen mit Fehlern
update-status-completed = Abgeschlossen
update-status-deprecated = Veraltet
update-status-paused = Angehalten
update-status-not-required = Nicht erforderlich
update-progress-downloading = Wird heruntergeladen
update-progress-installing = Wird installiert
update-progress-installed = Installiert
update-progress-failed = Fehlgeschlagen
update-forced-now = Sofort
update-forced-when-free = Sobald der Raum frei ist
update-counts = { $installed } von { $rooms } installiert, { $active } in Arbeit, { $failed } fehlgeschlagen, { $waiting } ausstehend
update-paused-by = Angehalten von { $by }, { $moment }
update-begins = Beginnt { $moment }
update-completes = Fertig bis { $moment }
update-failed-rooms = Räume, in denen es fehlschlug
update-none-failed = Es ist in keinem Raum fehlgeschlagen, den Sie sehen.
update-failed-first = Das sind die ersten { $most }.
update-pause = Anhalten
update-resume = Fortsetzen
update-retry = Fehlgeschlagene wiederholen
update-force = Erzwingen
update-force-ring = In { $ring } erzwingen
update-when = Wann
update-pause-title = { $update } für { $name } anhalten
update-pause-text = Kein Raum von { $name } installiert es, bis es fortgesetzt wird. Die Tage, an denen es angehalten ist, zählen nicht.
update-resume-title = { $update } für { $name } fortsetzen
update-resume-text = In den Räumen von { $name } geht es weiter, wo es stand.
update-retry-title = { $update } für { $name } wiederholen
update-retry-text =
    { $count ->
        [one] In { $count } Raum von { $name }, in dem es fehlschlug, wird es erneut versucht.
       *[other] In { $count } Räumen von { $name }, in denen es fehlschlug, wird es erneut versucht.
    }
update-force-title = { $update } für { $name } erzwingen
update-force-text =
    { $count ->
        [one] Es wird in { $count } Raum von { $name } installiert, ohne auf seinen Ring und die Nacht zu warten.
       *[other] Es wird in { $count } Räumen von { $name } installiert, ohne auf ihre Ringe und die Nacht zu warten.
    }
update-force-ring-text =
    { $count ->
        [one] Es wird in { $count } Raum des Rings { $ring } von { $name } installiert, ohne auf die Nacht zu warten.
       *[other] Es wird in { $count } Räumen des Rings { $ring } von { $name } installiert, ohne auf die Nacht zu warten.
    }
update-force-room-text = Es wird in einem Raum von { $name }, { $room }, installiert, ohne auf seinen Ring und die Nacht zu warten.
update-paused = { $update } ist für { $name } angehalten.
update-resumed = { $update } geht für { $name } weiter.
update-retried = { $update } wird für { $name } erneut versucht.
update-forced-done = { $update } ist für { $name } erzwungen.
update-why-deprecated = Es wurde zurückgezogen: Nichts davon wird mehr installiert.
update-why-no-right = Ihre Rolle umfasst keine Änderungen an Update-Ringen in Räumen, die Sie sehen.
update-why-shared = Es betrifft Räume, die Sie nicht betreuen: Nur der Kunde hält es an und setzt es fort.
update-why-complete = Es ist in allen Räumen installiert, die Sie sehen.
update-why-no-package = Kein Raum hier, den Sie sehen, hat das Paket.
update-why-paused = Es ist angehalten. Setzen Sie es erst fort.
update-why-none-failed = Es ist in keinem Raum fehlgeschlagen, den Sie sehen.
room-updates-installed = Installierte Versionen
room-updates-unknown = Das Gerät hat nicht gemeldet, welche Versionen es ausführt.
room-updates-ahead = Anstehende Updates
room-updates-none = Für diesen Raum steht kein Update an.
room-updates-no-zone = Die Zeitzone des Raums ist nicht bekannt. Er installiert zwischen 00:00 und 05:00 Uhr UTC, solange er frei ist.
room-updates-since = Bekannt seit { $moment }
room-updates-window = Zwischen { $from } und { $until }
room-updates-offline = Updates werden beim Dienst erfragt, der nicht erreichbar ist, und von diesem Raum sind hier keine gespeichert.
room-force-label = { $update } in diesem Raum erzwingen

# Update rings
update-rings = Update-Ringe
ring = Update-Ring
search-rings = Update-Ringe suchen
rings-choose-text = Update-Ringe gehören zu jeweils einem Kunden. Wählen Sie ihn in der Liste oben.
rings-no-right-title = Sie dürfen hier keine Update-Ringe sehen
rings-no-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Update-Ringen nicht. Fragen Sie einen primären Administrator dieses Kunden.
rings-no-match = Kein passender Update-Ring
rings-total =
    { $count ->
        [one] Summe: { $count } von { $most } Tagen übrig
       *[other] Summe: { $count } von { $most } Tagen übrig
    }
rings-full = Alle { $most } Plätze sind belegt: Löschen Sie zuerst einen Ring
rings-not-everywhere = Ringe hinzuzufügen und zu löschen ist Benutzern des Kunden vorbehalten, die Ringe in allen Räumen ändern dürfen
rings-no-move = Ihre Rolle umfasst nicht, Räume in andere Ringe zu verschieben
ring-new = Update-Ring hinzufügen
ring-add = Update-Ring zu { $name } hinzufügen
ring-edit = { $ring } bearbeiten
ring-save = { $ring } für { $name } speichern
ring-created = Der Update-Ring { $ring } wurde zu { $name } hinzugefügt.
ring-changed = Der Update-Ring { $ring } von { $name } wurde geändert.
ring-delete = Ring löschen
ring-delete-text =
    { $count ->
        [one] { $count } für Sie sichtbarer Raum und alle übrigen Räume darin kommen
       *[other] { $count } für Sie sichtbare Räume und alle übrigen Räume darin kommen
    } in den Ring { $ring }. Filter und gespeicherte Ansichten, die den gelöschten Ring nennen, finden durch ihn nichts mehr.
ring-incomplete = Ein Ring braucht einen Namen mit 1 bis 120 Zeichen, einen Platz und drei Angaben in Tagen
ring-order = Reihenfolge
ring-order-hint = Ein freier Platz von 1 bis 9. In dieser Reihenfolge gehen Updates von Ring zu Ring.
ring-staging-first = Staging bleibt der erste Ring: Dort werden Updates erprobt, bevor andere sie erhalten
ring-order-wrong = Ein Platz von 1 bis { $most }
ring-order-used = Dort steht { $ring }. Freie Plätze: { $free }
ring-deferral = Aufschub
ring-deferral-label = Aufschub in Tagen
ring-deferral-hint = So lange wartet der Ring, nachdem der Ring davor abgeschlossen ist. Der Aufschub zählt nicht zu den 60 Tagen.
ring-rollout = Verteilung
ring-rollout-label = Verteilung in Tagen
ring-test = Test
ring-test-label = Test in Tagen
ring-completion = Abschluss
ring-day = Tag { $day }
ring-days-left =
    { $count ->
        [one] Hier ist noch { $count } von { $most } Tagen übrig
       *[other] Hier sind noch { $count } von { $most } Tagen übrig
    }
ring-days-wrong = Eine ganze Zahl von 0 bis { $most } Tagen
ring-days-beyond =
    { $count ->
        [one] Die anderen Ringe lassen für Verteilung und Test zusammen { $count } von { $most } Tagen übrig: Nehmen Sie hier weniger Tage, oder verkürzen Sie einen anderen Ring
       *[other] Die anderen Ringe lassen für Verteilung und Test zusammen { $count } von { $most } Tagen übrig: Nehmen Sie hier weniger Tage, oder verkürzen Sie einen anderen Ring
    }
ring-preset-shared = Voreingestellte Ringe betreffen alle Räume: Nur der Kunde ändert sie
ring-shared = Zu diesem Ring gehören Räume außerhalb Ihrer Reichweite: Nur der Kunde kann ihn ändern
ring-preset-stays = Voreingestellte Ringe lassen sich nicht löschen
ring-no-rooms = Kein Raum, den Sie sehen dürfen, gehört zu diesem Ring.
ring-rooms-coming = Die Räume dieses Rings werden noch synchronisiert.
ring-more-rooms =
    { $count ->
        [one] { $count } weiterer Raum. Filtern Sie die Räume nach diesem Ring, um ihn zu sehen.
       *[other] { $count } weitere Räume. Filtern Sie die Räume nach diesem Ring, um sie zu sehen.
    }
ring-move = Räume verschieben
ring-move-title = Räume in den Ring { $ring } verschieben
ring-move-action = In den Ring { $ring } von { $name } verschieben
ring-move-hint = Angekreuzte Räume verlassen ihre Ringe und kommen in diesen. Tippen Sie, um zu suchen.
ring-move-choose = Wählen Sie mindestens einen Raum
ring-move-too-many = Auf einmal lassen sich höchstens { $most } Räume verschieben
ring-moved =
    { $count ->
        [one] { $count } Raum von { $name } gehört jetzt zum Update-Ring { $ring }.
       *[other] { $count } Räume von { $name } gehören jetzt zum Update-Ring { $ring }.
    }
room-ring-change = Ring ändern
room-ring-title = { $room } von { $name } in einen anderen Update-Ring verschieben
room-ring-now = Zugewiesener Ring: { $ring }
room-ring-action = In diesen Ring verschieben
room-ring-choose = Wählen Sie einen Update-Ring
room-ring-changed = { $room } gehört jetzt zum Update-Ring { $ring }.

# Several customers at once
plan = Mehrere Kunden
plan-open = Mehrere Kunden …
plan-title = Auf mehrere Kunden anwenden
plan-customers = Kunden
plan-step = Was zu tun ist
plan-preview = Vorschau
plan-result = Ergebnis
plan-what = Bei jedem dieser Kunden
plan-admins = Zu den primären Administratoren hinzufügen
plan-admins-hint = Wer schon dabei ist, bleibt
plan-template = Rolle „{ $role }“ über alle Räume
plan-members = Wer die Rolle erhält
plan-role-name = Name der Rolle
plan-role-hint = Wo es eine Rolle dieses Namens gibt, erhält sie diese Form: Berechtigungen und genau diese Benutzer
plan-gains = Erhalten
plan-loses = Verlieren
plan-at-some = { $what } (bei { $count })
plan-sum-customers =
    { $count ->
        [one] Ein Kunde
       *[other] { $count } Kunden
    }
plan-sum-gains = Erhalten etwas: { $who }
plan-sum-loses = Verlieren etwas: { $who }
plan-sum-made =
    { $count ->
        [one] Die Rolle wird bei einem Kunden angelegt
       *[other] Die Rolle wird bei { $count } Kunden angelegt
    }
plan-sum-more = Die Rolle erhält: { $what }
plan-sum-less = Die Rolle verliert: { $what }
plan-sum-widened =
    { $count ->
        [one] Die Rolle gilt künftig in allen statt in einigen Räumen: bei einem Kunden
       *[other] Die Rolle gilt künftig in allen statt in einigen Räumen: bei { $count } Kunden
    }
plan-sum-asked =
    { $count ->
        [one] Ein Kunde muss erst zustimmen
       *[other] { $count } Kunden müssen erst zustimmen
    }
plan-confirm-title =
    { $count ->
        [one] Auf einen Kunden anwenden?
       *[other] Auf { $count } Kunden anwenden?
    }
plan-same = Keine Änderung
plan-will-do = Wird sofort wirksam
plan-will-ask = Wartet auf Genehmigung
plan-changed = Seit der Vorschau geändert
plan-changed-more =
    { $count ->
        [one] Bei { $count } Kunden hat sich seit der Vorschau etwas geändert; dort wurde nichts getan. Seine Zeile sagt, was jetzt geschähe: Sehen Sie sie an, und wenden Sie es dann erneut an.
       *[other] Bei { $count } Kunden hat sich seit der Vorschau etwas geändert; dort wurde nichts getan. Ihre Zeilen sagen, was jetzt geschähe: Sehen Sie sie an, und wenden Sie es dann erneut an.
    }
plan-done = Erledigt
plan-asked = Angefragt
plan-unknown = Unbekannter Kunde
plan-asking =
    { $count ->
        [one] Wird für { $count } Kunden abgefragt …
       *[other] Wird für { $count } Kunden abgefragt …
    }
plan-nothing = Es gibt nichts anzuwenden
plan-over = Zurück zu den Mandanten
plan-apply =
    Auf { $count ->
        [one] { $count } Kunden
       *[other] { $count } Kunden
    } anwenden
plan-apply-one = Auf { $name } anwenden
plan-summary = Erledigt: { $done } · angefragt: { $asked } · nicht möglich: { $refused }

# Partners
partners = Partner
partner-active = Aktiv
partner-pending = Eingeladen
partner-expired = Einladung abgelaufen
partner = Partner
partner-rights = Rechte
partner-people = Benutzer
partners-when = Seit / bis
partners-since = seit { $moment }
partners-until = bis { $moment }
partners-expired = abgelaufen { $moment }
partners-count =
    { $count ->
        [one] { $count } Partner
       *[other] { $count } Partner
    }
partners-none-title = Noch keine Partner
partners-none-text = Laden Sie die Organisation ein, die Ihre Räume betreuen soll. Sie sieht und darf nur, was Sie erlauben.
partners-no-right-title = Für Administratoren eines Kunden
partners-no-right-text = Partner lädt nur ein globaler Administrator oder verwalteter Dienstadministrator einer Organisation mit Räumen ein.
partners-form-open = Schließen Sie zuerst das offene Formular ab, oder brechen Sie es ab
partner-waiting =
    { $count ->
        [one] { $count } wartet auf Sie
       *[other] { $count } warten auf Sie
    }
partner-without-admins = Dieser Partner hat keinen primären Administrator mehr. Bis er jemanden hinzufügt, betreut dort niemand Ihre Räume.
partner-without-admins-short = Kein primärer Administrator
partner-since = Partner seit
partner-invited = Eingeladen
partner-expires = Läuft ab
partner-pending-text = { $name } hat noch nicht geantwortet. Zu sehen sind dort Name und Domänen Ihrer Organisation, die Anzahl der Räume und diese Bedingungen, sonst nichts.
partner-expired-text = { $name } hat nicht rechtzeitig geantwortet. Laden Sie erneut ein, oder löschen Sie diese Einladung.
partner-not-editable = Eine Einladung lässt sich nicht ändern: Ziehen Sie sie zurück, und senden Sie eine neue.
partner-rooms-none = Es sind keine Räume delegiert: Dieser Partner sieht nichts.
partner-roles-none = Dieser Partner hat hier keine Rollen.
partner-roles-later = Rollen entstehen, sobald der Partner die Einladung annimmt.
room-unnamed = Ein Raum, den es nicht mehr gibt
group-unnamed = Eine Raumgruppe, die es nicht mehr gibt
names-more = { $names } und { $count } weitere
days = Tage
days-count =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
days-wrong = Eine ganze Zahl von 1 bis 30
stepper-less = Eins weniger
stepper-more = Eins mehr
approval-yours = Nach Ihrer Genehmigung
offline-days =
    { $count ->
        [one] Bis zu { $count } Tag nach dem letzten Kontakt
       *[other] Bis zu { $count } Tage nach dem letzten Kontakt
    }
offline-not = Nicht erlaubt
invite-open = Partner einladen
invite-title = Partner einladen
invite-step-partner = Partner und Rechte
invite-step-terms = Bedingungen
invite-domain = Domäne des Partners
invite-domain-hint = Der Partner nennt Ihnen seine Domäne, etwa contoso.com
invite-no-domain = Eine Domäne sieht aus wie contoso.com
invite-days = Die Einladung gilt
invite-days-hint = So lange kann der Partner sie annehmen
invite-rooms-hint = Wählen Sie, was dieser Partner sehen wird: diese Räume und keine anderen. Sie können die Auswahl jederzeit ändern.
invite-needs-partner = Es braucht eine Domäne, 1 bis 30 Tage und mindestens eine Berechtigung
invite-needs-room = Wählen Sie mindestens einen Raum oder eine Raumgruppe oder alle Räume
invite-needs-consent = Stimmen Sie den Bedingungen zu, um weiterzugehen
invite-finish = { $domain } einladen
invite-done = { $domain } wurde eingeladen.
rights-ceiling = Rechtegrenze der Rollen des Partners
rights-ceiling-hint = Der Partner gibt seinen Benutzern Rollen; keine davon kann mehr umfassen als das hier.
rights-preset =
    { $count ->
        [one] Die übliche { $count } Berechtigung primärer Administratoren
       *[other] Die üblichen { $count } Berechtigungen primärer Administratoren
    }
rights-preset-again = Zurück zu den üblichen Berechtigungen
rights-empty = Wählen Sie mindestens eine Berechtigung
rights-control = Wann Änderungen des Partners wirksam werden
rights-control-hint = Vorfälle zu beantworten und zu schließen braucht nie eine Genehmigung.
rights-offline = Lesen ohne Verbindung
rights-offline-allow = Die Desktops des Partners dürfen Ihre Räume und Vorfälle ohne Verbindung anzeigen
rights-offline-hint = Verschlüsselt aufbewahrt werden sie in jedem Fall; ohne dies zeigt sie nur ein verbundener Desktop an.
rights-offline-days = Nach dem letzten Kontakt, für
rights-edit = Rechte bearbeiten
rights-save = Rechte von { $name } speichern
rights-saved = Die Rechte von { $name } wurden geändert.
rights-narrowing = { $name } verliert diese Rechte mit der nächsten Anfrage, in jeder Rolle, die sie enthält.
rights-gains = Darf nun: { $what }
rights-loses = Darf nicht mehr: { $what }
rights-becomes = { $what }: { $how }
rooms-edit = Räume bearbeiten
rooms-edit-hint = { $name } sieht die hier gewählten Räume und keine anderen.
delegate-legend = Welche Räume
delegate-some = Ausgewählte Räume und Raumgruppen
delegate-some-hint = Raum für Raum oder nach Raumgruppe
delegate-all = Alle Räume
delegate-all-hint = Jeder Raum Ihrer Organisation
delegate-future = Künftige Räume
delegate-future-hint = Kreuzen Sie eine Raumgruppe an, um auch jeden Raum zu delegieren, der später dazukommt. Sonst behält der Partner die Räume, die jetzt dazugehören.
delegate-all-future = Auch jeden Raum delegieren, der später dazukommt
delegate-group-now =
    { $count ->
        [one] jetzt { $count } Raum
       *[other] jetzt { $count } Räume
    }
delegate-nothing = Nichts ist ausgewählt: Kreuzen Sie Räume oder Raumgruppen an, oder wählen Sie alle Räume.
delegate-words-waiting = Wie viele Räume das sind, steht noch nicht fest: Ihre Räume werden noch gelesen.
delegate-words-failed = Wie viele Räume das sind, ist nicht bekannt: Ihre Räume konnten nicht gelesen werden. Mit der nächsten Änderung werden sie wieder gelesen; was hier eingegeben ist, bleibt.
delegate-words-all-future =
    { $count ->
        [one] Der jetzt vorhandene Raum, und jeder Raum, der später dazukommt.
       *[other] Alle jetzt vorhandenen { $count } Räume, und jeder Raum, der später dazukommt.
    }
delegate-words-all =
    { $count ->
        [one] Der jetzt vorhandene Raum. Räume, die später dazukommen, werden nicht delegiert.
       *[other] Alle jetzt vorhandenen { $count } Räume. Räume, die später dazukommen, werden nicht delegiert.
    }
delegate-words-groups =
    { $count ->
        [one] Jetzt { $count } Raum. Räume, die später zu { $groups } kommen, werden auch delegiert; Räume, die ausscheiden, nicht mehr.
       *[other] Jetzt { $count } Räume. Räume, die später zu { $groups } kommen, werden auch delegiert; Räume, die ausscheiden, nicht mehr.
    }
delegate-words-rooms =
    { $count ->
        [one] { $count } Raum. Räume, die später dazukommen, werden nicht delegiert.
       *[other] { $count } Räume. Räume, die später dazukommen, werden nicht delegiert.
    }
delegate-rooms-more =
    { $count ->
        [one] und { $count } weiterer Raum
       *[other] und { $count } weitere Räume
    }
partner-rooms-group =
    { $count ->
        [one] { $group }: jetzt { $count } Raum, und jeder, der später dazukommt
       *[other] { $group }: jetzt { $count } Räume, und jeder, der später dazukommt
    }
rooms-save = Räume von { $name } speichern
rooms-saved = Die Räume von { $name } wurden geändert.
rooms-narrowing =
    { $count ->
        [one] { $name } verliert sofort { $count } Raum. Was die Desktops dort davon aufbewahren, wird beim nächsten Kontakt gelöscht.
       *[other] { $name } verliert sofort { $count } Räume. Was die Desktops dort davon aufbewahren, wird beim nächsten Kontakt gelöscht.
    }
rooms-removed =
    { $count ->
        [one] { $count } Raum entzogen
       *[other] { $count } Räume entzogen
    }
rooms-added =
    { $count ->
        [one] { $count } Raum hinzugefügt
       *[other] { $count } Räume hinzugefügt
    }
terms-lead = Was { $domain } bei { $name } tun und sehen kann, sobald die Einladung angenommen ist:
terms-line-rooms = Räume: { $rooms } Von ihnen sieht der Partner Namen, Konten, Geräte, Zustand, und ob sie belegt sind. Er sieht keinen anderen Raum.
terms-line-rights = Seine Benutzer dürfen dort höchstens: { $names }.
terms-line-people = Welche seiner Benutzer welche dieser Rechte erhalten, entscheidet der Partner selbst. Sie sehen, wer es ist.
terms-line-auto = Seine Änderungen werden sofort wirksam, ohne Sie zu fragen.
terms-line-manual = Auf Ihre Genehmigung warten: { $events }. Alles andere wird sofort wirksam.
terms-line-offline =
    { $count ->
        [one] Seine Desktops bewahren verschlüsselt auf, was sie sehen, und zeigen es bis zu { $count } Tag ohne Verbindung an.
       *[other] Seine Desktops bewahren verschlüsselt auf, was sie sehen, und zeigen es bis zu { $count } Tage ohne Verbindung an.
    }
terms-line-no-offline = Ohne Verbindung zeigen seine Desktops nichts von Ihnen an.
terms-line-elsewhere = Er erhält keine Rechte in Ihrem Verzeichnis, im Teams Admin Center oder in einem anderen Produkt.
terms-line-audit = Was er ändert, steht in Ihrem Überwachungsprotokoll, mit Benutzer und Zeitpunkt. Was er nur liest, steht dort nicht.
terms-line-end = Sie können das jederzeit einschränken oder beenden. Es gilt ab seiner nächsten Anfrage; ein Desktop ohne Verbindung zeigt weiter an, was er hat, bis seine Offline-Tage vorüber sind.
terms-agree = Ich stimme diesen Bedingungen für { $name } zu
partner-remove = Partner entfernen …
partner-remove-title = { $name } entfernen?
partner-remove-action = { $name } entfernen
partner-remove-text = Die Beziehung mit { $name } endet sofort, und niemand dort kann noch etwas von Ihnen lesen. Nur eine neue Einladung beginnt sie wieder. Damit endet:
partner-removed = { $name } ist nicht mehr Ihr Partner.
ends-rooms =
    { $count ->
        [one] Zugriff auf { $count } Raum
       *[other] Zugriff auf { $count } Räume
    }
ends-people =
    { $count ->
        [one] Die Rechte von { $count } Benutzer oder Gruppe
       *[other] Die Rechte von { $count } Benutzern und Gruppen
    }
ends-roles =
    { $count ->
        [one] { $count } benutzerdefinierte Rolle mit ihren Zuweisungen
       *[other] { $count } benutzerdefinierte Rollen mit ihren Zuweisungen
    }
ends-requests =
    { $count ->
        [one] { $count } Anfrage, die auf Sie wartet
       *[other] { $count } Anfragen, die auf Sie warten
    }
partner-withdraw = Einladung zurückziehen …
partner-withdraw-title = Die Einladung an { $name } zurückziehen?
partner-withdraw-action = Einladung an { $name } zurückziehen
partner-withdraw-text = Die Einladung wird gelöscht und kann nicht mehr angenommen werden. Sie können { $name } jederzeit erneut einladen.
partner-withdrawn = Die Einladung an { $name } wurde zurückgezogen.
partner-clear = Einladung löschen …
partner-clear-title = Die abgelaufene Einladung an { $name } löschen?
partner-clear-action = Einladung an { $name } löschen
partner-clear-text = Angenommen werden kann sie ohnehin nicht mehr. Im Überwachungsprotokoll bleibt sie stehen.
partner-cleared = Die abgelaufene Einladung an { $name } wurde gelöscht.
partner-end-stale = Dies hat sich inzwischen geändert, und nichts ist geschehen. Sie sehen den jetzigen Stand: Fragen Sie erneut, wenn es dabei bleiben soll.
partner-role-delete-title = { $role } von { $name } löschen?
partner-role-delete-action = { $role } löschen
partner-role-delete-text =
    { $count ->
        [0] Die Rolle hat keine Zuweisung: Niemand verliert etwas.
        [one] Ihre Zuweisung wird mitgelöscht. Was sie gab, verliert: { $people }.
       *[other] Ihre { $count } Zuweisungen werden mitgelöscht. Was sie gaben, verlieren: { $people }.
    }
partner-role-deleted = Die Rolle { $role } wurde gelöscht.

# Approvals
approvals = Genehmigungen
approvals-count =
    { $count ->
        [one] { $count } wartet auf Sie
       *[other] { $count } warten auf Sie
    }
invitations-count =
    { $count ->
        [one] Eine Einladung wartet
       *[other] { $count } Einladungen warten
    }
approvals-waiting = Änderungen, die auf Ihre Genehmigung warten
asked-waiting = Änderungen Ihrer Organisation, die auf die Genehmigung eines Kunden warten
asked-none-title = Bei Ihren Kunden wartet nichts
asked-none-text = Änderungen, die ein Kunde erst genehmigen will, stehen hier, bis er entschieden hat.
asked-room = Raum anzeigen
waits-for-approval = Wartet auf die Genehmigung von { $name }:
approvals-decided = Entschieden
approvals-none-title = Nichts wartet auf Sie
approvals-none-text = Änderungen Ihrer Partner, die Ihre Genehmigung brauchen, erscheinen hier. Welche das sind, steht bei den Rechten jedes Partners.
approvals-no-right-title = Für Administratoren eines Kunden
approvals-no-right-text = Änderungen von Partnern genehmigt nur ein globaler Administrator oder verwalteter Dienstadministrator einer Organisation mit Räumen.
approval-gains = Wer erhält
approval-loses = Wer verliert
approval-all-rooms = Alle delegierten Räume
approval-outdated = Dies lässt sich so nicht mehr entscheiden: Worum es geht, hat sich geändert, oder jemand anderes hat entschieden. Sie sehen den jetzigen Stand. Wartet es noch, lehnen Sie es ab, und lassen Sie den Partner neu anfragen.
approve = Genehmigen
reject = Ablehnen
approve-what = Genehmigen: { $what }
reject-what = Ablehnen: { $what }
approved-what = Genehmigt und wirksam: { $what }
rejected-what = Abgelehnt: { $what }. Nichts hat sich geändert. { $name } kann erneut anfragen.

# Audit
audit = Überwachungsprotokoll
search-audit = Überwachungsprotokoll durchsuchen
audit-from = Von
audit-to = Bis
audit-when = Wann
audit-when-utc = Wann, in UTC
audit-utc = { $moment } (UTC)
audit-operation = Was
audit-category = Art
audit-log = Welches Protokoll
audit-log-export = Partner und Rollen
audit-log-product = Räume und Vorfälle
audit-object = Name
audit-who = Wer
audit-result = Ergebnis
audit-user = Benutzer
audit-upon = Betroffen
audit-id = Eintrag
audit-unknown = Unbekannt: { $id }
audit-who-of = { $person }, { $name }
audit-former-partner = Andere Organisation
audit-by-partner = Von einem Partner: { $name }
audit-changes = Was sich geändert hat
audit-changes-none = Der Eintrag nennt keine Einzelheiten.
audit-before = Vorher
audit-after = Nachher
audit-count =
    { $count ->
        [one] { $count } Eintrag
       *[other] { $count } Einträge
    }
audit-count-more =
    { $count ->
        [one] Bisher { $count } Eintrag
       *[other] Bisher { $count } Einträge
    }
audit-more = Mehr laden
audit-again = Protokoll neu abfragen
audit-no-day = Wählen Sie einen Tag
audit-too-early = Einträge werden 180 Tage aufbewahrt: Wählen Sie { $day } oder später
audit-crossed = Der letzte Tag liegt vor dem ersten oder existiert nicht
audit-no-match = Kein passender Eintrag
audit-none-yet = Bisher nichts gefunden
audit-none-yet-text = Die Suche ist noch nicht am Ende des Protokolls.
audit-none-title = Keine Einträge
audit-none-text =
    { $days ->
        [one] Am letzten { $days } Tag ist nichts geschehen.
       *[other] In den letzten { $days } Tagen ist nichts geschehen.
    }
audit-offline-title = Das Überwachungsprotokoll braucht eine Verbindung
audit-offline-text = Auf diesem Gerät wird es nicht aufbewahrt. Verbinden Sie sich mit dem Dienst, um es zu lesen oder zu exportieren.
audit-kept = Sie sehen, was vor dem Abbruch der Verbindung geladen war. Für mehr braucht das Überwachungsprotokoll eine Verbindung.
audit-no-right-title = Für Administratoren
audit-no-right-text = Das Überwachungsprotokoll Ihrer Organisation liest nur ein globaler Administrator oder verwalteter Dienstadministrator.
audit-category-User = Portalrolle
audit-category-Assignment = Zuweisung
audit-category-PartnerInvitation = Partner
audit-category-Role = Rolle
audit-category-Room = Raum
audit-category-RoomGroup = Raumgruppe
audit-category-UpdateRing = Update-Ring
audit-category-Incident = Vorfall
audit-category-EnrolmentKey = Registrierungsschlüssel
audit-operation-Create = Erstellt
audit-operation-Update = Geändert
audit-operation-Delete = Gelöscht
audit-result-Successful = Erfolgreich
audit-result-Failed = Fehlgeschlagen
audit-field-attachments = Anhänge
audit-field-capacity = Kapazität
audit-field-ceiling = Rechtegrenze
audit-field-changeControl = Wartet auf Genehmigung
audit-field-claim = In Arbeit bei
audit-field-deferralDays = Aufschub in Tagen
audit-field-description = Beschreibung
audit-field-domain = Domäne
audit-field-enrolment = Registrierung
audit-field-events = Ereignisse
audit-field-expiresInDays = Läuft ab nach Tagen
audit-field-forced = Erzwungen
audit-field-highImpact = Starke Auswirkung
audit-field-members = Mitglieder
audit-field-messages = Nachrichten
audit-field-name = Name
audit-field-offline = Lesen ohne Verbindung
audit-field-order = Reihenfolge
audit-field-paused = Angehalten
audit-field-permissions = Berechtigungen
audit-field-primaryAdmins = Primäre Administratoren
audit-field-problem = Problem
audit-field-reason = Grund
audit-field-relationship = Beziehung
audit-field-request = Anfrage
audit-field-requestedBy = Angefragt von
audit-field-retried = Wiederholt
audit-field-rolloutDays = Verteilung in Tagen
audit-field-roomGroups = Raumgruppen
audit-field-allRooms = Alle Räume
audit-field-rooms = Räume
audit-field-signal = Signal
audit-field-snoozed = Zurückgestellt
audit-field-status = Status
audit-field-suppressed = Unterdrückt
audit-field-testDays = Test in Tagen
audit-field-timezone = Zeitzone
audit-value-none = Keine
audit-value-not-allowed = Nicht erlaubt
audit-value-active = Aktiv
audit-value-ended-by-the-partner = Vom Partner beendet
audit-value-ended-by-the-customer = Vom Kunden beendet
audit-value-pending = Ausstehend
audit-value-expired = Abgelaufen
audit-value-replaced = Ersetzt
audit-value-withdrawn = Zurückgezogen
audit-value-accepted = Angenommen
audit-value-denied = Abgelehnt
audit-value-yes = Ja
audit-value-no = Nein
audit-value-bad-request = Ungültig
audit-value-not-found = Nicht gefunden
audit-value-conflict = Im Widerspruch zum damaligen Stand
audit-value-precondition-failed = Inzwischen geändert
audit-value-precondition-required = Ohne Angabe der Version
audit-value-payload-too-large = Zu viel auf einmal
export-open = CSV exportieren …
export-title = Überwachungsprotokoll exportieren
export-text =
    { $days ->
        [one] Eine CSV-Datei mit den acht dokumentierten Spalten, für das Protokoll der Partner und Rollen. Die Tage sind in UTC, der erste und der letzte eingeschlossen, und liegen höchstens { $days } Tag zurück.
       *[other] Eine CSV-Datei mit den acht dokumentierten Spalten, für das Protokoll der Partner und Rollen. Die Tage sind in UTC, der erste und der letzte eingeschlossen, und liegen höchstens { $days } Tage zurück.
    }
export-from = Erster Tag
export-to = Letzter Tag
export-separator = Trennzeichen
export-separator-hint = Woran Ihre Tabellenkalkulation Spalten erkennt: im Deutschen ein Semikolon, im Englischen ein Komma.
separator-comma = Komma
separator-semicolon = Semikolon
export-save = Exportieren
export-open-folder = Ordner öffnen
export-done =
    { $count ->
        [one] { $count } Eintrag wurde gespeichert in:
       *[other] { $count } Einträge wurden gespeichert in:
    }

columns = Spalten
column-narrower = { $name }: schmaler
column-wider = { $name }: breiter
columns-reset = Spalten zurücksetzen

# Bulk actions
bulk-bar = Was ausgewählt ist
bulk-selected = { $number } ausgewählt ({ $customers })
bulk-customers =
    { $count ->
        [one] { $count } Kunde
       *[other] { $count } Kunden
    }
bulk-left =
    { $count ->
        [one] { $count } davon ist nicht mehr in dieser Liste
       *[other] { $count } davon sind nicht mehr in dieser Liste
    }
bulk-all = Alle { $number } Treffer auswählen
bulk-range-left = Nichts wurde ausgewählt: Eine Zeile am Rand des Bereichs ist nicht mehr in der Liste. Klicken Sie ohne Umschalttaste auf eine Zeile, um neu zu beginnen.
bulk-too-many = { $number } Treffer: Höchstens { $most } lassen sich auf einmal auswählen. Grenzen Sie den Filter ein.
bulk-close = Schließen
bulk-mark-read = Als gelesen markieren
bulk-clear = Auswahl aufheben
bulk-snooze-title =
    { $count ->
        [one] { $count } Vorfall zurückstellen
       *[other] { $count } Vorfälle zurückstellen
    }
bulk-close-title =
    { $count ->
        [one] { $count } Vorfall schließen
       *[other] { $count } Vorfälle schließen
    }
bulk-to-plan = Weiter zum Plan
bulk-plan-title =
    { $count ->
        [one] { $action }: { $count } Vorfall
       *[other] { $action }: { $count } Vorfälle
    }
bulk-start =
    { $count ->
        [one] { $action } ({ $count } Vorfall)
       *[other] { $action } ({ $count } Vorfälle)
    }
bulk-plan-title-rooms =
    { $count ->
        [one] { $action }: { $count } Raum
       *[other] { $action }: { $count } Räume
    }
bulk-start-rooms =
    { $count ->
        [one] { $action } ({ $count } Raum)
       *[other] { $action } ({ $count } Räume)
    }
bulk-suppress-title =
    { $count ->
        [one] { $count } Raum unterdrücken
       *[other] { $count } Räume unterdrücken
    }
bulk-suppress-hint = Die Räume melden so lange keine Vorfälle, und ihre offenen sind nicht zu sehen.
bulk-group-one = Wählen Sie Räume nur eines Kunden aus: Eine Raumgruppe gehört zu einem
bulk-approves = Daraus werden Anfragen: Der Kunde genehmigt sie zuerst.
bulk-may-approve = Vielleicht muss der Kunde das zuerst genehmigen.
bulk-nothing = Es geht bei keinem davon.
bulk-no-undo = Das lässt sich nicht rückgängig machen.
bulk-left-out = { $number } nicht: { $why }
bulk-run-title = { $action }
bulk-undo-title = Rückgängig: { $action }
bulk-progress = Fortschritt
bulk-running = { $done } von { $total } erledigt …
bulk-stopped = Angehalten: { $done } von { $total } erledigt
bulk-some-done = { $done } von { $total } erledigt
bulk-all-done =
    { $count ->
        [one] { $count } erledigt
       *[other] Alle { $count } erledigt
    }
bulk-count-refused = { $number } nicht erledigt
bulk-count-requested = { $number } angefragt: Der Kunde muss sie genehmigen
bulk-count-waiting = { $number } aufbewahrt und gesendet, sobald es geht
bulk-count-to-do = { $number } nicht begonnen
bulk-row-to-do = Nicht begonnen
bulk-row-under-way = Wird ausgeführt
bulk-row-refused = Nicht erledigt: { $why }
bulk-row-done = Erledigt
bulk-row-requested = Angefragt: wartet auf die Genehmigung des Kunden
bulk-room-unnamed = ein Raum
bulk-rows-hidden = { $number } weitere
bulk-stop = Anhalten
bulk-go-on = Fortfahren
bulk-go-on-over-all = Wählen Sie zuerst alle Kunden: Es kann mehrere von ihnen betreffen.
bulk-unfinished = { $action }: { $number } von { $total } wurden nicht begonnen, weil die App beendet oder eine andere Aktion begonnen wurde.
bulk-unfinished-undo = Rückgängig machen von „{ $action }“: { $number } von { $total } wurden nicht begonnen, weil die App beendet oder eine andere Aktion begonnen wurde.
bulk-forget = Vergessen
bulk-take-back = Wartendes zurücknehmen
bulk-undo = { $number } rückgängig machen
bulk-undo-waits = Ein Teil wartet aufs Senden: Machen Sie es danach rückgängig, oder verwerfen Sie ihn unter „Noch nicht gesendet“.
bulk-keep = { $number } nicht erledigte ausgewählt lassen
bulk-close-run = Schließen
bulk-why-not-here = nicht mehr hier
bulk-why-locked = die Daten des Kunden lassen sich nur online lesen
bulk-why-no-right = Sie dürfen dort keine Vorfälle ändern
bulk-why-no-right-rooms = Sie dürfen das dort mit Räumen nicht
bulk-why-suppressed-already = schon unterdrückt
bulk-why-not-suppressed = nicht unterdrückt
bulk-why-enrolled-already = schon registriert
bulk-why-inactive = schon gelöst oder geschlossen
bulk-why-of-signal = von einem Signal ausgelöst; gelöst, sobald es wieder in Ordnung ist
bulk-why-claimed-already = von Ihnen schon in Arbeit
bulk-why-claimed-by = bei { $who } in Arbeit
bulk-why-not-claimed = nicht von Ihnen in Arbeit
bulk-why-snoozed-already = schon zurückgestellt
bulk-why-not-snoozed = nicht zurückgestellt
bulk-why-snoozed-with = mit seinem Signal oder Raum unterdrückt: Heben Sie das auf
bulk-why-read-already = nichts ungelesen
bulk-why-unsent = etwas davor ist noch nicht gesendet
bulk-why-end-passed = das gewählte Ende ist vorbei
bulk-why-changed = inzwischen von jemandem geändert
bulk-why-discarded = verworfen, bevor es gesendet war

# Gespeicherte Ansichten
view-count =
    { $count ->
        [one] { $count } Vorfall
       *[other] { $count } Vorfälle
    }
view-count-least =
    { $count ->
        [one] mindestens { $count } Vorfall
       *[other] mindestens { $count } Vorfälle
    }
view-count-rooms =
    { $count ->
        [one] { $count } Raum
       *[other] { $count } Räume
    }
view-count-rooms-least =
    { $count ->
        [one] mindestens { $count } Raum
       *[other] mindestens { $count } Räume
    }
view-save = Ansicht speichern…
view-save-title = Diesen Filter als Ansicht speichern
view-submit = Ansicht speichern
view-name = Name
view-name-hint = Gespeichert wird für Sie, auf allen Ihren Arbeitsplätzen, über alle Kunden: { $filter }
view-name-invalid = Ein Name hat 1 bis { $most } Zeichen und keine Zeilenumbrüche.
view-not-understood = Ein Teil des Filters wird nicht verstanden: Berichtigen Sie ihn zuerst.
view-saved = „{ $name }“ ist gespeichert. Die Ansicht steht in der Navigation unter { $page }.
view-too-long = Mit dem, wovon die Liste handelt, hat der Filter mehr als { $most } Zeichen: Kürzen Sie ihn zuerst.
view-renamed = Die Ansicht heißt jetzt „{ $name }“.
view-moved = „{ $name }“ ist verschoben.
view-filter = Filter
view-deleted = „{ $name }“ ist gelöscht.
view-update = Ansicht „{ $name }“ ändern
view-menu = Ansicht: { $name }
view-rename = Umbenennen…
view-rename-title = „{ $name }“ umbenennen
view-up = Nach oben
view-down = Nach unten
view-first = Sie ist schon die erste.
view-last = Sie ist schon die letzte.
view-delete = Löschen…
view-delete-title = Die Ansicht „{ $name }“ löschen?
view-delete-name = { $name } löschen
view-delete-text = Sie verschwindet von allen Ihren Arbeitsplätzen. Was sie findet, bleibt, wie es ist.
palette-view = Ansicht
search-names = Namen, die es werden kann

settings-page = Einstellungen
settings-general = Allgemein
settings-keys = Registrierungsschlüssel
settings-signals = Signale
settings-choose-text = Einstellungen gehören zu jeweils einem Kunden. Wählen Sie ihn in der Liste oben.
settings-no-right-title = Das dürfen Sie nicht sehen
settings-no-right-text = Ihre Rolle bei { $name } umfasst diese Einstellungen nicht. Das Recht geben dessen Administratoren.
settings-read-only = Das ändern nur Benutzer von { $name } selbst, die dessen Einstellungen ändern dürfen.
settings-saved = Gespeichert.
own-domains = Bestätigte Domänen von { $name }:
own-domains-none = keine
domains = Domänen
region = Region
region-unknown = Nicht angegeben
region-eu = Europäische Union
region-apac = Asien-Pazifik
region-us = Vereinigte Staaten
mail-language = Sprache der E-Mails
mail-language-en = English
mail-language-de = Deutsch
contacts = Ansprechpartner für Benachrichtigungen
contacts-text = Wen diese Organisation benachrichtigt haben möchte. Ein Konto brauchen sie hier nicht.
contacts-none = Es gibt noch keine Ansprechpartner.
contacts-full = Es gibt schon { $most } Ansprechpartner. Entfernen Sie erst einen.
contact-new = Ansprechpartner hinzufügen
contact-new-title = Ansprechpartner von { $name } hinzufügen
contact-edit-title = Ansprechpartner von { $name } bearbeiten
contact-first = Vorname
contact-last = Nachname
contact-email = E-Mail-Adresse
contact-save = Ansprechpartner speichern
contact-saved = { $who } ist gespeichert.
contact-incomplete = Geben Sie beide Namen und eine E-Mail-Adresse ein
contact-remove-short = Entfernen
contact-remove = { $who } entfernen
contact-remove-title = { $who } aus den Ansprechpartnern von { $name } entfernen?
contact-remove-text = Dorthin gehen keine E-Mails mehr. Was gesendet wurde, bleibt gesendet.
contact-removed = { $who } ist entfernt.
contact-mail = E-Mails an Ansprechpartner
contact-mail-text = Ansprechpartner erhalten eine E-Mail, wenn
mail-acceptance = ein Partner eine Einladung annimmt
mail-roles = sich Rollen eines Partners ändern oder wer sie hat
mail-removal = die Beziehung zu einem Partner endet
enrolment-keys-text = Ein Gerät registriert sich mit einem Schlüssel seines Kunden. Laden Sie ihn als die Datei herunter, die das Installationsteam mitbringt: Der Schlüssel steht nur in dieser Datei und wird nirgends angezeigt. Es gibt höchstens { $most }; der älteste, der binnen einer Woche nicht benutzt wurde, macht Platz.
keys-none = Es gibt keine Schlüssel, die Sie sehen dürfen.
key-download = Schlüssel herunterladen
key-download-no-right = Das tun nur Benutzer von { $name } selbst, die Schlüssel für alle seine Räume herunterladen dürfen.
key-reset = Schlüssel zurücksetzen …
key-reset-no-right = Das tun nur Benutzer von { $name } selbst, die Schlüssel zurücksetzen dürfen.
key-reset-title = Registrierungsschlüssel von { $name } zurücksetzen?
key-reset-action = Schlüssel von { $name } zurücksetzen
key-reset-text = Alle Schlüssel enden sofort, auch die von Räumen, die auf ihr Gerät warten, und ein neuer wird gespeichert. Registrierte Räume laufen weiter. Für Installationen wird die neue Datei gebraucht.
key-issued = { $moment }, { $who }
key-by-operator = der Betreiber des Dienstes
key-unused = Noch nicht benutzt
key-used = { $count ->
    [one] 1 Raum kam damit, zuletzt benutzt { $ago }
   *[other] { $count } Räume kamen damit, zuletzt benutzt { $ago }
 }
key-saved = Die Datei mit dem Schlüssel ist gespeichert. Wer sie hat, kann Geräte registrieren: Geben Sie sie mit Bedacht weiter, und löschen Sie sie danach.
signals-text = Ein ausgeschaltetes Signal löst in keinem Raum Vorfälle aus. Wird es ausgeschaltet, werden seine offenen Vorfälle geschlossen; wird es wieder eingeschaltet, öffnet sich keiner davon erneut.
search-signals = Signale durchsuchen
signals-no-match = Kein Signal hat diese Wörter in Name, Kategorie oder Schweregrad.
signals-reset = Auf Standard zurücksetzen
signals-reset-title = Signale von { $name } auf Standard zurücksetzen?
signals-default = Alle Signale sind wie im Standard.
signals-were-reset = Alle Signale lösen wieder Vorfälle aus.
column-signal = Signal
signal-poll = Gelesen alle
signal-watch = Beobachtet
signal-open = Offen
signal-raises = Löst Vorfälle aus
signal-on = Ein
signal-off = Aus
signal-disable = Ausschalten
signal-enable = Einschalten
signal-disable-title = { $signal } bei { $name } ausschalten?
signal-disable-action = { $signal } ausschalten
signal-disable-text = { $count ->
    [0] Von ihm ist kein Vorfall offen. In keinem Raum entstehen neue.
    [one] 1 offener Vorfall wird geschlossen, und in keinem Raum entstehen neue. Wird das Signal wieder eingeschaltet, öffnet er sich nicht erneut.
   *[other] { $count } offene Vorfälle werden geschlossen, und in keinem Raum entstehen neue. Wird das Signal wieder eingeschaltet, öffnet sich keiner davon erneut.
 }
signal-disable-unknown = Alle seine offenen Vorfälle werden geschlossen, auch die, die Sie nicht sehen, und in keinem Raum entstehen neue.
signal-disabled = { $signal } ist aus.
signal-enable-title = { $signal } bei { $name } einschalten?
signal-enable-action = { $signal } einschalten
signal-enable-text = Kein Vorfall öffnet sich erneut. Ein Fehler, der ab jetzt gemeldet wird, löst einen aus.
signal-enabled = { $signal } ist ein.
minutes-count = { $count ->
    [0] –
    [one] 1 min
   *[other] { $count } min
 }
awaits-device = Wartet auf sein Gerät
room-new = Raum anlegen
room-new-title = Raum bei { $name } anlegen
room-new-text = Der Raum ist ab jetzt da und wartet auf sein Gerät. Laden Sie dann seinen Schlüssel herunter: Das Gerät, das sich damit registriert, wird dieser Raum.
room-new-action = Raum anlegen
room-new-incomplete = Geben Sie einen Namen, eine Zeitzone und ein Konto ein
room-account-hint = Der Anmeldename des Raumkontos, etwa raum7@contoso.com
room-created = Der Raum wartet auf sein Gerät. Laden Sie seinen Schlüssel für die Installation herunter.
room-key = Schlüssel herunterladen
room-cancel = Raum verwerfen
room-cancel-title = { $room } von { $name } verwerfen?
room-cancel-action = { $room } verwerfen
room-cancel-text = Der Raum verschwindet aus allen Listen, und sein Schlüssel öffnet nichts mehr.
room-cancelled = { $room } ist verworfen.
history-switched-off = Signal für den ganzen Kunden ausgeschaltet
audit-category-Settings = Einstellungen
audit-field-contacts = Ansprechpartner
audit-field-key = Schlüssel
audit-field-mail = E-Mails an Ansprechpartner
audit-field-mailLanguage = Sprache der E-Mails
audit-field-signalsOff = Ausgeschaltete Signale
field-settings-beyond-reach = Das betrifft den Kunden als Ganzes: Nur seine eigenen Benutzer mit dem Recht über alle seine Räume tun es.
field-keys-too-many = Es gibt 20 Schlüssel, alle in Benutzung oder neu. Setzen Sie sie zurück, um neu zu beginnen.
field-contacts-too-many = Höchstens 20 Ansprechpartner. Entfernen Sie erst einen.
field-email-invalid = Eine E-Mail-Adresse wie it@contoso.com.
field-email-taken = Ein anderer Ansprechpartner hat diese E-Mail-Adresse.
field-account-invalid = Der Anmeldename eines Raumkontos, etwa raum7@contoso.com.
field-account-taken = Ein anderer Raum wartet auf das Gerät dieses Kontos. Verwerfen Sie erst jenen, oder nehmen Sie ein anderes Konto.
field-room-waits = Der Raum wartet auf sein Gerät. Registrieren Sie ihn, sobald es da ist.
field-room-has-device = Der Raum hat sein Gerät schon.
bulk-why-awaits-device = wartet auf sein Gerät
room-signals-off = Für den ganzen Kunden ausgeschaltet, lösen hier also nichts aus: { $names }
room-create-own-users = Nur Benutzer von { $name } selbst legen Räume vor ihren Geräten an.
# Reports (R91–R99, A22)

reports = Berichte
report-tab-overview = Übersicht
report-tab-health = Zustand
report-tab-usage = Nutzung
report-period = Zeitraum
report-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
report-group = Räume im Bericht
report-all-rooms = Alle Räume
report-shape = Anzeigen als
report-chart = Diagramm
report-table = Tabelle
report-print = Drucken …
report-csv = Räume als CSV
report-json = Vorfälle als JSON
report-saved =
    { $count ->
        [one] { $count } Eintrag wurde gespeichert unter:
       *[other] { $count } Einträge wurden gespeichert unter:
    }
report-choose-text = Berichte gehören zu jeweils einem Kunden. Wählen Sie ihn in der Liste oben.
report-no-right-title = Sie dürfen hier keine Berichte sehen
report-no-right-text = Ihre Rolle für { $name } umfasst das Anzeigen von Berichten nicht. Fragen Sie einen primären Administrator dieses Kunden.
report-empty-title = Keine Räume für einen Bericht
report-empty-text = Berichte betreffen verwaltete Räume. Räume, die noch aufgenommen werden, sind nicht dabei.
report-group-empty-title = Keine Räume in dieser Gruppe
report-group-empty-text = Sie sehen darin keinen verwalteten Raum. Wählen Sie eine andere Gruppe oder alle Räume.
report-percent = { $percent } %
report-over = { $name }, { $from } – { $to }
report-of = { $part } von { $whole }
report-hours-of = { $part } von { $whole } h
report-room-days = { $part } von { $whole } Raumtagen
report-nothing = Noch nichts zu messen
report-healthy = Fehlerfrei
report-healthy-rooms = Fehlerfreie Räume
report-healthy-days = Fehlerfreie Tage
report-troubled = Minuten mit Störung
report-utilisation = Auslastung
report-booked = Gebucht
report-online = Online gebucht
report-calls = Gute Anrufe
report-day = Tag
report-history = Zustand der letzten 90 Tage
report-health-days = Fehlerfreie Räume je Tag
report-health-text = Ein Raum gilt an einem Tag als fehlerhaft, wenn kritische oder wichtige Vorfälle zwischen 05:00 und 21:00 Uhr seiner Zeit zusammen länger als 20 Minuten dauern. Tage sind in UTC.
report-usage-days = Auslastung je Tag
report-usage-text = Gebuchte Zeit von acht Stunden am Tag. Es gelten die Tage am Ort des Raums.
report-categories = Vorfälle nach Kategorie
report-categories-text = Vorfälle, die im Zeitraum irgendwann aktiv waren.
report-category = Kategorie
report-held = Vorfälle nach Zuständigkeit
report-held-text = Ein Tag zählt für die Seite, bei der der Vorfall die meiste Zeit lag.
report-helpdesk = Helpdesk
report-service = Dienst
report-impact = Besprechungen während eines Vorfalls
report-impact-text = Gebuchte Besprechungen, während derer im Raum ein kritischer oder wichtiger Vorfall offen war.
report-impact-none = In diesem Zeitraum fiel keine gebuchte Besprechung in einen Vorfall.
report-impact-more = Gezeigt werden die neuesten { $shown } von { $count }.
report-start = Beginn
report-end = Ende
report-day-healthy = { $day }: { $percent } fehlerfrei, { $of } Räumen
report-day-none = { $day }: nicht gemessen
report-day-used = { $day }: { $percent } von acht Stunden gebucht
report-day-held = { $day }: Helpdesk { $helpdesk }, Dienst { $service }
report-category-audio = Audio
report-category-display = Display
report-category-peripherals = Peripherie
report-category-connectivity = Konnektivität
report-category-versioning = Versionen
report-category-customer-reported = Vom Kunden gemeldet
