# The words of the screens in English. German stands beside it in de.ftl, with the same keys in the same order.
# The app
opening = Opening …
loading = Loading …
first-sync = Fetching your customers for the first time …
demo = Demo
demo-more = – everything here is made up
demo-full = Demo – everything here is made up
app-version = Version { $version }
close = Close
cancel = Cancel
change = Change
yes = Yes
never = Never
locked = Locked
try-again = Try again
the-service = The service
zoom = Size
zoom-percent = { $percent }%
zoom-larger = Larger
zoom-smaller = Smaller
language = Language
theme = Appearance
language-en = English
language-de = Deutsch
theme-system = As the system
theme-light = Light
theme-dark = Dark
navigation = Pages
skip-to-content = Skip to content
nav-form-open = A form is open here; nothing typed is lost

# Sign-in
sign-in = Sign in
sign-in-title = Sign in with your work account
sign-in-text = Your browser opens and takes you to your organisation’s own sign-in page. Your password is never entered here.
sign-in-connect-title = Connect to your service
details = Details
refusal-code = Code
refusal-correlation-id = Correlation ID
refusal-description = The provider says
sign-in-waiting-title = Continue in your browser
sign-in-waiting = Waiting for the sign-in to finish in your browser. It ends by itself after five minutes.
service = Service
service-address = Address of the service
service-address-hint = Your administrator knows it. It starts with https://
service-managed = Managed
service-managed-why = Set by your administrator; it cannot be changed here
connect = Connect
connecting = Connecting …
acting-as-partner = For your customers
acting-as-customer = For your own rooms
act-as-partner = Switch to your customers
act-as-customer = Switch to your own rooms
act-as-partner-title = Switch to your customers?
act-as-customer-title = Switch to your own rooms?
act-as-partner-text = What this device keeps of your own rooms is deleted, and your customers are read from the service.
act-as-customer-text = What this device keeps of your customers is deleted, and your own rooms are read from the service.
act-as-unsent =
    { $count ->
        [one] { $count } thing of yours has not been sent yet. Send it or discard it first.
       *[other] { $count } things of yours have not been sent yet. Send or discard them first.
    }
sign-out = Sign out
sign-out-title = Sign out of Tenantry?
sign-out-text = What this device keeps of your customers is deleted. To see it again you need a connection to the service.
sign-out-unsent =
    { $count ->
        [one] { $count } thing of yours has not been sent yet. Signing out throws it away.
       *[other] { $count } things of yours have not been sent yet. Signing out throws them away.
    }
user-menu = Account: { $name }
portal-role-global-administrator = Global Administrator
portal-role-managed-service-administrator = Managed Service Administrator
managed-service-administrators = Managed Service Administrators
global-administrators = Global Administrators
portal-role-tenant-manager = Tenant manager

# Keychain
key-problem-locked = The keychain is locked
key-problem-refused = Access to the keychain was refused
key-problem-not-answering = The keychain does not answer
key-problem-no-keychain = There is no keychain at present
key-problem-failed = The keychain reports a fault
key-problem-key-gone = The keychain no longer has the key to the data on this device. Sign in, and it is fetched again.
key-problem-key-unreadable = The key in the keychain cannot be used. Sign in, and the data of this device is fetched again.
key-text = What Tenantry stores on this device is encrypted, and the system’s keychain keeps the key. Unlock it, perhaps in a window behind this one: the app tries again by itself and goes on as soon as it can.
key-without = If you go on without it, nothing is deleted. Your stored data stays unopened, and what is loaded meanwhile is kept only until you close the app.
key-go-on = Go on without

# A disk that does not let the store be opened, and what was left closed
disk-title = Your data on this device cannot be opened at present
disk-problem-full = This device’s disk is full. Make room on it.
disk-problem-read-only = The app may not write to its folder on this device. Check its permissions.
disk-problem-locked = Another program on this device holds the app’s file. Close it.
disk-problem-failed = This device’s disk reports an error.
disk-text = You are still signed in, and nothing is deleted. The app tries again by itself and goes on as soon as it can. You can also go on without the stored data: it stays as it is, and what is loaded meanwhile is kept only until you close the app.
left-closed-keychain = What is stored on this device was left closed, because the keychain did not give its key.
left-closed-disk = What is stored on this device was left closed, because the disk did not let it be opened.
left-closed-open = Open what is stored

# Errors, by what one can do
error-invalid = This is not valid.
error-signed-out = Sign in first.
error-not-found = It does not exist, or is no longer visible to you.
error-locked = This customer does not allow reading offline, or not any more. Connect to the service to see it.
error-may-be-done = It was first tried to be sent more than 30 days ago, and may have arrived.
error-offline = The service cannot be reached. Check the network and the address.
error-not-a-service = There is no Tenantry service at this address, or it is a different version.
error-cancelled = It was cancelled.
error-timed-out = The sign-in was not finished within five minutes. Start it again.
error-refused = The sign-in was refused.
error-denied = The sign-in was cancelled in the browser, or your administrator must consent to this app first.
error-no-browser = No browser could be opened. Set a default browser, then try again.
error-wrong-clock = The sign-in cannot be checked because this device’s clock is wrong. Set it right, then sign in again.
error-disk-full = This device’s disk is full. Free up some space.
error-disk-read-only = The app may not write to its folder on this device. Check its permissions.
error-downloads-unusable = The file was not saved: your folder for downloads, named below, does not take it. Make sure that it exists and that you may write in it, and save again.
error-file-damaged = What arrived is not the file that was added to the incident. Try again.
error-waiting-full = So many files wait on this device that it takes no more. Wait until some were sent, or discard some under “Not sent yet”.
error-file-unreadable = This file cannot be read: it may be a folder, have been moved or deleted, or be protected. Choose it again.
error-file-stalled = Copying this file stood still for five minutes, so it was given up. Choose it again.
error-file-changed = This file changed while it was being read. Choose it again once it is finished.
error-file-locked = Another program on this device holds the app’s file. Close it.
error-disk-failed = This device’s disk reports an error.
error-internal = Something went wrong in the app. The log file says more.
failed-title = This did not work
gone-title = No longer available
offline-title = Not connected
locked-title = Locked

# Sync
sync-connecting = Connecting …
sync-current = Current · { $ago }
sync-current-bare = Current
sync-offline = Offline · as of { $ago }
sync-offline-bare = Offline
sync-access-ended = Access ended
sync-as-of = As of { $moment }
sync-history-pending = Details, rooms and resolved incidents are still being loaded
sync-history-percent = History { $percent } %
sync-now = Press to sync now
offline-reason-unreachable = The service cannot be reached.
offline-reason-service-error = The service has a problem of its own.
offline-reason-too-many-requests = The service asks for fewer requests.
offline-reason-disk-full = This device’s disk is full. Free up some space.
offline-reason-disk-read-only = The app may not write to its folder on this device. Check its permissions.
offline-reason-file-locked = Another program on this device holds the app’s file. Close it.
offline-reason-disk-failed = This device’s disk reports an error.
offline-reason-intercepted = Something between this device and the service answers in its place, such as a network’s own sign-in page.
offline-as-of = You see how things stood { $ago } ({ $moment }).
offline-nothing = Nothing has been fetched yet.
offline-next = Next try: { $moment }.
offline-since = Offline since { $moment }
access-ended-sign-in-expired = Your sign-in has expired. Sign in again to get new data.
access-ended-tenant-refused = Your organisation has no access to this service. Ask your administrator.
clock-off = This device’s clock says { $here }, the service’s { $service }. Set it right: ages and offline terms go by it.
memory-only-no-keychain = This system has no keychain, so nothing is stored: your data lasts until you close the app.
memory-only-without-disk = You went on without this device’s disk, so nothing new is stored: your data lasts until you close the app.
memory-only-without-keychain = You went on without the keychain, so nothing new is stored: your data lasts until you close the app.
ago-moment = just now
age-minutes = { $minutes } min
age-hours = { $hours } hr
age-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
age-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
age-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
ago-minutes = { $minutes } min ago
ago-hours = { $hours } hr ago
ago-days =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
ago-months =
    { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
ago-years =
    { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }
day-day = DD
day-month = MM
day-year = YYYY

# Customers
customers = Customers
all-customers = All customers
choose-customer = Choose a customer
customer-dropdown = Customer: { $name }
customer-search = Search customers
customer-locked = Locked: connect to the service to unlock it
customer-online-only = Can be read online only
rows-customers =
    { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }
rows-customers-of =
    { $count } of { $all ->
        [one] { $all } customer
       *[other] { $all } customers
    }
open-none = Nothing open
open-count =
    { $count ->
        [one] { $count } open incident
       *[other] { $count } open incidents
    }
open-worst = { $count } open, most severe: { $worst }
no-customers-title = No customers yet
no-customers-text = You see a customer here as soon as someone gives you a role for it. Ask a primary admin of that customer in your organisation.
customer-gone-title = This customer is no longer available
customer-gone-text = Your access to it has ended. Choose another customer above.
customer-locked-title = { $name } is locked
customer-locked-text = This customer allows reading offline for a limited time only; it ran out { $ago } ({ $moment }). Connect to the service to unlock it.
customer-online-only-title = { $name } can be read online only
customer-online-only-text = This customer does not allow reading offline. You see it again as soon as there is a connection to the service.

# Search
search-incidents = Search incidents
search-rooms = Search rooms
search-clear = Clear the search

# The command palette and the keys
palette = Command palette
palette-key = Ctrl K
palette-key-mac = ⌘ K
key-with-shift = Shift { $key }
key-with-ctrl = Ctrl { $key }
key-with-cmd = ⌘ { $key }
palette-hint = Go to a customer, room, user, incident or page, or do something here
palette-count =
    { $count ->
        [0] Nothing found
        [one] { $count } result
       *[other] { $count } results
    }
palette-count-more =
    { $count ->
        [one] More than { $count } result
       *[other] More than { $count } results
    }
palette-customer = Customer
palette-person = User
palette-person-holds =
    { $count ->
        [0] Works on nothing in the list
        [one] Works on { $count } incident
       *[other] Works on { $count } incidents
    }
palette-page = Page
palette-action = On this page
palette-filter = Filter
palette-show-filter = Show incidents
palette-show-rooms = Show rooms
keys = Keyboard
keys-text = These keys work while you are not typing.
key-rows = Next and previous row
key-open = Open the row
key-close-pane = Close what is open beside the list
key-customers = Previous and next customer in the same view
key-select = Select the row, or take it out
key-select-range = Select row by row
key-select-all = Select all that match
key-write = Write a message
key-claim = Claim the incident, or release it
key-snooze = Snooze the incident or suppress the room, or bring it back
key-close = Close the incident, or edit the room
key-record = Report an incident
key-search = Search the list
key-regions = Next part of the window

# Links
copy-number = Copy number
copy-link = Copy link
copied = Copied
copy-failed = It could not be copied. Mark the number or name, and copy it with the keyboard.
link-dead = This link leads nowhere
link-malformed = It is not the link of an incident, a room or a list. Copy it again where you got it from.
link-unknown = What it leads to does not exist, or you have no role for it.

# The language of filters
filter-customers =
    { $count ->
        [one] { $name } ({ $count } customer)
       *[other] { $name } ({ $count } customers)
    }
filter-nobody = { $name } (no customer here)
filter-unknown-key = Character { $at }: no filter begins with “{ $text }”. Use one of { $right }, or put it in quotes to search for it.
filter-unknown-value = Character { $at }: “{ $text }” cannot stand behind { $key } Use one of { $right }.
filter-no-value = Character { $at }: say what stands behind { $key } Use one of { $right }.
filter-no-name = Character { $at }: write a part of the name behind { $key }
filter-not-a-mark = Character { $at }: “{ $text }” is no mark of a customer, which has 12 digits or letters from a to f. Choose the customer from the list.
filter-not-an-age = Character { $at }: “{ $text }” is no span of time. Write it like { $right }.
filter-second-bound = Character { $at }: this bound stands there already. Keep one of the two.
filter-second-of-work = Character { $at }: a filter has only one of is:mine, is:claimed, is:free or names behind by:. Keep one of them.
filter-both-tabs = Character { $at }: open and resolved incidents stand in different lists. Filter by one of them.
filter-too-long = A filter has at most { $most } characters, and what goes beyond does not count. Shorten it.

# Incidents
incident = Incident
incidents = Incidents
rows-incidents =
    { $count ->
        [one] { $count } incident
       *[other] { $count } incidents
    }
all-tickets = All incidents
all-tickets-title = Show the incidents of all customers in one list
tab-active = Active
tab-resolved = Resolved
period = Period
period-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
by-category = Group by category
counters = Counters; each filters the list
counter-all-active = Active
counter-all-resolved = Resolved or closed
column-problem = Problem
column-ticket = Number
column-customer = Customer
column-room = Room
column-type = Type
column-category = Category
column-status = Status
column-severity = Severity
column-unread = Unread
column-since = Active since
column-resolved = Resolved
sum-needs-action =
    { $count ->
        [one] { $count } needs action
       *[other] { $count } need action
    }
unread-count = { $count } unread
rooms-none = No room
rooms-more = +{ $count }
rooms-redacted =
    { $count ->
        [one] { $count } room you cannot see
       *[other] { $count } rooms you cannot see
    }
filters = Filters
filter-age = Age
filter-unread = Unread only
filter-work = Work
filter-work-mine = I work on it
filter-work-claimed = Somebody works on it
filter-work-free = Nobody works on it
filter-holder = Worked on by
filter-holder-me = me
filter-holders = worked on by { $names }
filter-more = { $first } +{ $count }
filter-remove = Remove filter: { $name }
filter-clear-all = Clear all
age-under-day = Less than 1 day
age-over-day = More than 1 day
age-over-week = More than 7 days
age-over-month = More than 30 days
unreliable =
    { $count ->
        [one] { $count } customer is missing or out of date
       *[other] { $count } customers are missing or out of date
    }
unreliable-show = Which?
unreliable-more = and { $count } more
fresh-stale = as of { $ago }
fresh-incomplete = not everything has been loaded yet
fresh-locked = the time for reading offline ran out { $ago }; connect to unlock
fresh-online-only = can be read online only
all-well-title = All clear
all-well-text = There are no open incidents here. New ones appear by themselves.
none-resolved-title =
    { $days ->
        [one] Nothing resolved in the last day
       *[other] Nothing resolved in the last { $days } days
    }
none-resolved-text = Choose a longer period to look further back.
no-match-title = No incident matches
no-match-text = Nothing matches the search and filters.
no-tickets-title = You may not see incidents here
no-tickets-text = Your role for { $name } does not include viewing incidents. Ask a primary admin of this customer.
pane-overview = Overview
pane-messages = Messages
pane-attachments = Attachments
pane-history = History
attachment-add = Add files
attachment-hint = Pictures, videos and logs, up to 50 MB each. Files can be dropped here, and a copied picture pasted.
attachment-drop = Drop here to add to { $number }
attachment-drop-not-taken = The files were not added.
attachment-drop-dialog = A dialog was open. Close it, and drop them again.
attachment-drop-beside = They were dropped beside the incident. Drop them on it.
attachment-drop-loading = The incident is still being loaded. Wait a moment, and drop them again.
attachment-refused-more =
    { $count ->
        [one] { $count } more file was not added.
       *[other] { $count } more files were not added.
    }
attachments-on-the-way =
    { $count ->
        [one] { $count } file is being added
       *[other] { $count } files are being added
    }
attachment-copying = Being copied, { $percent } %
attachment-sending = Sending, { $percent } %
attachment-sending-name = { $name } is being sent
attachment-fetching-name = { $name } is being saved
attachment-waiting = Kept on this device, sent as soon as that is possible
attachment-failed = Not sent
attachment-show = Show
attachment-show-name = Show { $name }
attachment-hide = Hide
attachment-hide-name = Hide { $name }
attachment-save = Save
attachment-save-name = Save { $name }
attachment-saved = The file is saved:
attachment-cancel-name = Do not send { $name }
attachment-state-uploading = Being sent
attachment-state-ready = Available
no-attachments = No attachments yet
file-kilobytes = { $size } KB
file-megabytes = { $size } MB
description = Description
what-to-do = What to do
high-impact = High impact
fact-rooms =
    { $count ->
        [one] Room
       *[other] Rooms
    }
created = Created
updated = Last updated
closed = Closed
closed-by = Closed by
closure-reason = Reason
closure-comment = Comment
room-only = Only this room
room-coming = This room is still being loaded.
room-not-yours = Your roles do not include viewing this room.
no-messages = No messages yet
message-assigned = Assigned to the service
message-write = Write a message
message-hint = Plain text. { $key } sends it.
message-send = Send
send-key = Ctrl+Enter
send-key-mac = Cmd+Enter
message-empty = Write something first
message-too-long = Shorten the text first
message-assign = Assign to the service
message-take-back = Take it back from the service
message-on-the-way = Sent, it appears in the thread in a moment
message-waits = Not sent yet
message-refused = Could not be sent
outbox-title = Not sent yet
outbox-waits =
    { $count ->
        [one] { $count } to send
       *[other] { $count } to send
    }
outbox-refused =
    { $count ->
        [one] { $count } refused
       *[other] { $count } refused
    }
outbox-empty = Everything has been sent.
outbox-hint = It cannot be sent now. It is kept, and sent as soon as that is possible.
outbox-kept = Kept, and sent as soon as that is possible.
outbox-record = New incident for { $name }
outbox-message = Message to { $number }, { $name }
outbox-close = Close { $number }, { $name }
outbox-edit = Change of { $number }, { $name }
outbox-room = Change of room { $room }, { $name }
outbox-room-unnamed = Change of a room, { $name }
outbox-enrol = Enrol room { $room }, { $name }
outbox-enrol-unnamed = Enrol a room, { $name }
outbox-words = Your words
outbox-claim = Claim of { $number }, { $name }
outbox-snooze = Snooze of { $number }, { $name }
outbox-release = Release of { $number }, { $name }
outbox-wake = Bringing back of { $number }, { $name }
outbox-suppress = Suppress room { $room }, { $name }
outbox-suppress-unnamed = Suppress a room, { $name }
outbox-suppress-signal = Suppress { $signal } in { $room }, { $name }
outbox-suppress-signal-unnamed = Suppress { $signal } in a room, { $name }
outbox-lift = Lift suppression of room { $room }, { $name }
outbox-lift-unnamed = Lift suppression of a room, { $name }
outbox-lift-signal = Lift suppression of { $signal } in { $room }, { $name }
outbox-lift-signal-unnamed = Lift suppression of { $signal } in a room, { $name }
outbox-events = Events
outbox-turn = Whose turn
outbox-until = Until
outbox-no-end = Until somebody lifts it
outbox-suppressed-not = Not suppressed
outbox-suppressed-by = Decided by
outbox-page = { $first } to { $last } of { $total }
outbox-earlier = Earlier ones
outbox-later = Later ones
outbox-no-more = There are no more.
outbox-not-recorded = The incident was not recorded.
outbox-not-posted = The message was not posted.
outbox-not-closed = The incident was not closed.
outbox-not-changed = The incident was not changed.
outbox-room-not-changed = The room was not changed.
outbox-not-enrolled = The room was not enrolled.
outbox-not-snoozed = The incident was not snoozed.
outbox-not-suppressed = Nothing was suppressed.
outbox-not-lifted = The suppression was not lifted.
outbox-not-sent = It was not sent.
outbox-unknown = Whether it arrived is not known.
outbox-why-stale = Somebody changed it meanwhile. Compare, then send your change anyway or discard it.
outbox-why-stale-close = Somebody changed it or wrote meanwhile. Read that, then close it anyway or discard this.
outbox-why-may-be-done = It was first tried to be sent more than 30 days ago. Look there, then send it again or discard it.
outbox-why-inactive = The incident is resolved or closed by now.
outbox-why-inactive-message = The incident is resolved or closed by now. Send the message again: it goes without changing whose turn it is.
outbox-why-events = One of its events is part of another incident by now, or gone. Send it again: it is recorded without events.
outbox-why-end-not-taken = The end that you chose was not taken: it must be still to come, at most 30 days ahead. Send it again, or discard this and choose another end.
outbox-why-end-passed = The end that you chose has passed. Discard this, and choose another end where it is still needed.
show-all = Show all
show-less = Show less
outbox-entry-waits = Waits for the service
outbox-entry-held = Waits for the one before it, which could not be sent
outbox-file = File { $file } for { $number }, { $name }
outbox-file-right-lost = Your right was withdrawn before this file could be sent. The file is still yours: save it, or discard it.
outbox-discard-name = Discard “{ $name }”
outbox-file-again-name = Send { $name } again
outbox-unnamed = a customer
outbox-right-lost = Your right was withdrawn before this could be sent. Only your own words are left: copy them, or discard them.
outbox-close-mine = Closing
outbox-last-message = Last message
outbox-theirs-coming = What holds now has not arrived yet
outbox-now = Now
outbox-anyway = Send anyway
outbox-again = Send again
no-right-to = Your role for { $name } does not include: { $what }
close-action = Close incident
close-signal = It counts as resolved once its signal is healthy: it cannot be closed by hand.
unsent-record = new incident
unsent-message = message
unsent-close = closing
unsent-claim = claim
unsent-release = release
unsent-snooze = snooze
unsent-wake = bringing back
unsent-edit = change
unsent-enrol = enrolment
unsent-suppress = suppression
unsent-lift = end of the suppression
unsent-suppress-signal = suppression of a signal
unsent-lift-signal = end of a signal’s suppression
unsent-issues = Reported here, not sent yet
unsent-issues-files = Files can be added once an incident has been sent.
unsent-issues-more =
    { $count ->
        [one] One more: see “Not sent yet” at the top
       *[other] { $count } more: see “Not sent yet” at the top
    }
unsent-waits = Not sent yet: { $what }
unsent-refused = Could not be sent: { $what }
edit-waits = A change waits to be sent
edit-refused = A change could not be sent: see “Not sent yet” at the top
enrol-refused = The enrolment could not be sent: see “Not sent yet” at the top
suppress-waits = A suppression, or its end, waits to be sent
suppress-refused = A suppression, or its end, could not be sent: see “Not sent yet” at the top
close-waits = Closing it waits to be sent
close-refused = Closing it could not be sent: see “Not sent yet” at the top
close-title = Close { $number } of { $name }?
close-parked = Close { $number }
claim = Claim
claim-release = Release
claim-take-over = Take over
claim-take-over-title = Take over { $number } of { $name }?
claim-take-over-text = { $who } works on it until { $until }. They see that you took it over.
claim-mine =
    { $count ->
        [one] You work on it, { $count } minute left
       *[other] You work on it, { $count } minutes left
    }
claim-other =
    { $count ->
        [one] { $who } works on it, { $count } minute left
       *[other] { $who } works on it, { $count } minutes left
    }
snooze = Snooze
snooze-wake = Bring back
snooze-lift-signal = Lift suppression of the signal
snooze-lift-room = Lift suppression of the room
snooze-title = Snooze { $number } of { $name }
snooze-parked = Snooze { $number }
snooze-reason = Reason
snooze-reason-missing = Say why: others find nothing where they expect it.
snooze-reason-long = At most { $most } characters.
snooze-for = For how long
snooze-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
snooze-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
snooze-no-end = Until somebody brings it back
snooze-what = What
snooze-this = This incident
snooze-signal = { $signal } in { $room }: no new incidents of it either
snooze-room = All of { $room }: it counts as suppressed
snooze-action = Snooze
snooze-done = { $number } is snoozed.
snoozed = Snoozed
snoozed-until = Snoozed until { $until }
snoozed-by = Snoozed by { $who }
suppressed = Suppressed
suppressed-until = Suppressed until { $until }
signal-lifted = The signal raises incidents again.
signal-suppressed = The signal is suppressed.
signal-suppress-title = Suppress { $signal } in { $room } of { $name }
signal-suppress-hint = The signal raises no incidents in this room meanwhile, and its open one is out of sight.
signal-suppress-name = Suppress { $signal }
signal-lift-name = Lift suppression of { $signal }
close-done = { $number } is closed
close-stale = Something was changed or written since you looked at it. Read it again, or close it all the same.
record = Report an incident
record-for = Report for { $name }
record-choose = Report an incident: choose the customer
record-one-open = Another incident is being reported: finish that first
record-done = Reported for { $name } as { $number }
record-description-hint = What is wrong, in your words. { $key } sends it.
record-high-impact-hint = Many users or an important meeting are affected
record-reason = Why is the impact high?
record-rooms-hint = The rooms count as unhealthy until the incident is closed.
record-rooms-hidden =
    { $count ->
        [one] { $count } room that you may not see stays with the incident.
       *[other] { $count } rooms that you may not see stay with the incident.
    }
record-lacks-description = Describe what is wrong
record-lacks-reason = Say why the impact is high
record-rooms-too-many = Choose at most { $most } rooms
edit-issue = Edit { $number }
edit-save = Save { $number } for { $name }
edit-done = { $number } is changed
history-shown = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
history-all = All
history-none = { $days ->
    [one] Nothing in this day
   *[other] Nothing in these { $days } days
}
history-older = { $count ->
    [one] 1 older entry
   *[other] { $count } older entries
}
history-show-all = Show all
no-history = No history yet
rest-failed = Further details could not be loaded.
rest-coming = Loading further details …
rest-off-line = Resolved more than 30 days ago: this device keeps only what the list shows. Messages, attachments, history and further details are loaded once the service can be reached.
rest-off-line-open = Messages, attachments, history and further details are not here yet: they are loaded once the service can be reached.
incident-not-kept = This device does not keep this incident. Connect to read it.
history-activated = Activated
history-deactivated = Deactivated
history-escalated = Became important: left alone for a day
history-taken-over = Taken over
history-snoozed = Snoozed
history-woken = Back in sight
severity-critical = Critical
severity-important = Important
severity-warning = Warning
severity-recommended = Recommended
status-needs-action = Needs action
status-assigned-to-service = Assigned to service
status-pending-investigation = Pending investigation
status-resolved = Resolved
status-closed = Closed
category-reported = Reported
category-account-management = Account management
category-os-firmware-apps = OS, firmware and apps
category-configuration = Configuration and settings
category-hardware = Hardware and peripherals
category-display = Display
category-security = Security
category-connectivity = Connectivity
category-outage = Outage
category-other = Other
closure-configuration-issue = Configuration issue
closure-desired-configuration = Desired configuration
closure-duplicate = Duplicate
closure-other = Other
closure-physical-issue = Physical issue
closure-software-issue = Software issue
closure-unknown = Unknown

# Rooms
room = Room
rooms = Rooms
rows-rooms =
    { $count ->
        [one] { $count } room
       *[other] { $count } rooms
    }
rooms-choose-title = Choose a customer
rooms-choose-text = Choose one in the list at the top, or show all rooms.
all-rooms = All rooms
all-rooms-title = Show the rooms of all customers in one list
counter-managed = Managed
column-name = Name
column-host = Host
column-account = Account
column-health = Health
column-warnings = Warnings
column-group = Group
column-ring = Ring
column-open-tickets = Open incidents
column-last-seen = Last seen
last-seen-hour = within the last hour
filter-warnings = With warnings only
seen-within-day = Within the last day
seen-not-for-day = Not for 1 day
seen-not-for-week = Not for 7 days
seen-not-for-month = Not for 30 days
health-healthy = Healthy
health-unhealthy = Unhealthy
health-disconnected = Disconnected
health-suppressed = Suppressed
health-onboarding = Onboarding
enrolment = Enrolment
enrolment-onboarding = Onboarding
enrolment-enrolled = Enrolled
enrolment-unenrolled = Unenrolled
has-warnings = Has warnings
occupied = Occupied
free = Free
maybe-stale = May be out of date
capacity = Capacity
seats =
    { $count ->
        [one] { $count } seat
       *[other] { $count } seats
    }
licence = Licence
timezone = Time zone
not-known = not known
room-edit = Edit { $room }
room-save = Save { $room } for { $name }
room-changed = { $room } is changed
room-incomplete = Fill in name and time zone; the capacity is a number or empty
room-capacity-hint = How many seats; empty where that is not known
room-capacity-wrong = A number from 0 to { $most }
room-timezone-hint = Such as Europe/Berlin
room-enrol = Enrol
room-enrol-title = Enrol { $room } of { $name }?
room-enrol-action = Enrol { $room }
room-enrol-text = From then on the room counts as managed, and its signals raise incidents.
room-enrolled = { $room } is enrolled
room-unenrol = Unenrol
room-unenrol-title = Unenrol { $room } of { $name }?
room-unenrol-action = Unenrol { $room }
room-unenrol-text = Its open incidents from signals are resolved and no new ones are raised, the room leaves all lists, and its device must enrol again to come back.
room-unenrolled = { $room } is no longer managed
room-suppress = Suppress
room-lift = Lift suppression
room-suppress-title = Suppress { $room } of { $name }
room-suppress-hint = The room raises no incidents meanwhile, and its open ones are out of sight.
room-suppressed = { $room } is suppressed.
room-lifted = { $room } raises incidents again.
peripherals = Peripherals
peripherals-none = None reported
peripheral-camera = Camera
peripheral-content-camera = Content camera
peripheral-display = Display
peripheral-console = Console
peripheral-microphone = Microphone
peripheral-speaker = Speaker
peripheral-hdmi-ingest = HDMI ingest
room-incidents = Open incidents
room-incidents-show = Show in the list
room-incidents-none = Nothing is open in this room
room-incidents-hidden = You may not see the incidents of this room.
room-status = Status
room-settings = Settings
room-activity = Activity
room-tickets = Incidents
room-all-signals = Show all signals
room-signals-offline = How each signal stands is asked of the service, which is out of reach. What is shown are the open incidents that are kept here.
room-status-fine = Nothing is open, and no signal fails
signal-state-healthy = Healthy
signal-state-failing = Failing
signal-never-failed = No failure reported
signal-since = Since { $moment }
room-resolved = Resolved in the last 90 days
room-resolved-none = None
room-events = Events
room-events-none = No events in the last 90 days
room-events-hint = Poor calls and problems that were reported in the room, of the last 90 days. They are no incidents: select those that matter, and report one.
room-events-offline = Events are asked of the service, which is out of reach, and none of this room are kept here.
room-events-newest = These are the { $most } newest.
events-record = { $count ->
    [0] Report an incident
    [one] Report an incident for 1 event
   *[other] Report an incident for { $count } events
}
events-choose = Select the events that the incident is about.
events-too-many = Select at most { $most } events.
events-again = Refresh
event-issue = Part of { $number }
event-taken = Part of an incident already
event-waits = Part of an incident that is not sent yet
event-kind-poor-call = Poor call
event-kind-room-report = Problem reported in the room
event-poor-call-of = Poor call: { $problem }
event-participants = { $count ->
    [one] 1 participant
   *[other] { $count } participants
}
event-packet-loss = { $percent } % packet loss
call-problem-audio = audio
call-problem-video = video
call-problem-screen-share = screen sharing
call-problem-network = network
call-problem-dropped = ended early
call-problem-other = other
record-without-events = Without the events
record-events = { $count ->
    [one] 1 event of the room becomes part of it.
   *[other] { $count } events of the room become part of it.
}
issue-events-offline = Which events it was recorded for is asked of the service, which is out of reach.
room-activity-none = Nothing in the last 90 days
room-activity-hint = The last 90 days, as far as incidents tell: of one that came back, the last time. All times stand in its history.
turn-raised = Incident raised
turn-again = Active again
turn-message = Last message
turn-resolved = Resolved
turn-closed = Closed
turn-silent = Not heard of since
no-rooms-title = No rooms
no-rooms-text = This customer has delegated no rooms to you yet.
no-rooms-anywhere-text = No customer has delegated rooms to you yet.
no-room-match-title = No room matches
no-rooms-right-title = You may not see rooms here
no-rooms-right-text = Your role for { $name } does not include viewing rooms. Ask a primary admin of this customer.

# Signals: their names
signal-customer-reported = Customer reported
signal-sign-in-exchange = Sign in (Exchange)
signal-sign-in-teams = Sign in (Teams)
signal-calendar-sync = Calendar sync
signal-meeting-app-heartbeat = Meeting app heartbeat
signal-camera-room = Camera (room)
signal-content-camera = Content camera
signal-hdmi-ingest = HDMI ingest
signal-low-disk-space = Low disk space
signal-disk-health = Disk health
signal-conferencing-microphone = Conferencing microphone
signal-conferencing-speaker = Conferencing speaker
signal-display-front-of-room = Display (front of room)
signal-display-console = Display (console)
signal-monitoring = Monitoring
signal-offline = Offline
signal-wsus-enabled = WSUS enabled
signal-windows-update-reset = Windows Update components need reset
signal-update-failed = Update
signal-camera-default = Camera default
signal-configured-microphone = Configured microphone
signal-configured-speaker = Configured speaker
signal-default-speaker = Default speaker
signal-app-version = App version
signal-os-version = OS version
signal-time-drift = Time drift
signal-windows-update-disabled = Windows Update disabled
signal-nightly-reboot-disabled = Nightly reboot disabled
signal-bluetooth-disabled = Bluetooth disabled
signal-sleep-timer = Sleep timer
signal-usb-suspend = USB suspend
signal-cpu-limited = CPU limited
signal-default-credentials = Default credentials
signal-wifi-strength = Wi-Fi strength
signal-monitoring-connectivity = Monitoring connectivity
signal-windows-update-blocked = Windows Update blocked
signal-os-activation = OS activation
signal-connected-by-wifi = Connected by Wi-Fi

# Signals: what is wrong when one fails
problem-sign-in-exchange = Sign-in to Exchange fails
problem-sign-in-teams = Sign-in to Teams fails
problem-calendar-sync = Calendar sync fails
problem-meeting-app-heartbeat = No heartbeat from the meeting app
problem-camera-room = Room camera not found
problem-content-camera = Content camera not found
problem-hdmi-ingest = HDMI ingest does not work
problem-low-disk-space = Low disk space
problem-disk-health = Disk health is poor
problem-conferencing-microphone = Conferencing microphone not found
problem-conferencing-speaker = Conferencing speaker not found
problem-display-front-of-room = Front-of-room display not found
problem-display-console = Console display not found
problem-monitoring = Monitoring does not run
problem-offline = Room is offline
problem-wsus-enabled = WSUS is enabled
problem-windows-update-reset = Windows Update components need a reset
problem-update-failed = An update failed
problem-camera-default = Camera default is not set
problem-configured-microphone = Configured microphone is missing
problem-configured-speaker = Configured speaker is missing
problem-default-speaker = Default speaker is missing
problem-app-version = App version is out of date
problem-os-version = OS version is out of date
problem-time-drift = Time drift: the clock is off
problem-windows-update-disabled = Windows Update is disabled
problem-nightly-reboot-disabled = Nightly reboot is disabled
problem-bluetooth-disabled = Bluetooth is disabled
problem-sleep-timer = Sleep timer is on
problem-usb-suspend = USB suspend is on
problem-cpu-limited = CPU is limited
problem-default-credentials = Default credentials are in use
problem-wifi-strength = Wi-Fi strength is low
problem-monitoring-connectivity = Monitoring connectivity is interrupted
problem-windows-update-blocked = Windows Update is blocked
problem-os-activation = OS is not activated
problem-connected-by-wifi = Connected by Wi-Fi instead of cable

# Signals: what that means, and what to do
description-sign-in-exchange = The room account cannot sign in to Exchange, so the room shows no meetings.
action-sign-in-exchange = Check that the account is enabled and its password has not expired, then sign in again on the device.
description-sign-in-teams = The room account cannot sign in to Teams: meetings cannot be joined.
action-sign-in-teams = Check the account’s password, licence and sign-in policies, then restart the room app.
description-calendar-sync = The room’s calendar has not been read for some time.
action-calendar-sync = Check the mailbox of the room account and the network’s way to Exchange; restart the room app if both are fine.
description-meeting-app-heartbeat = The meeting app on the device no longer answers.
action-meeting-app-heartbeat = Restart the device. If the app stops again, collect its logs before the next restart.
description-camera-room = A room camera is missing or delivers no picture.
action-camera-room = Check its cable and power, plug it in again, and look whether the device manager lists it.
description-content-camera = The content camera is missing or delivers no picture.
action-content-camera = Check its cable and power; calibrate it again after it was moved.
description-hdmi-ingest = The HDMI input for sharing delivers no signal.
action-hdmi-ingest = Check the cable at the table and the adapter of the input; try another source.
description-low-disk-space = The system disk is nearly full.
action-low-disk-space = Remove old logs and unused installers; the disk needs at least 10 GB free.
description-disk-health = The disk reports that it may fail soon.
action-disk-health = Order a replacement and exchange the disk before it fails; keep the room’s settings at hand.
description-conferencing-microphone = A conferencing microphone is missing or disabled: the far end hears nothing.
action-conferencing-microphone = Check its cable and mute switch, then choose it again in the device’s settings.
description-conferencing-speaker = A conferencing speaker is missing or disabled: the room hears nothing.
action-conferencing-speaker = Check its cable and volume, then choose it again in the device’s settings.
description-display-front-of-room = A display at the front of the room is off or not connected.
action-display-front-of-room = Check its power, input and HDMI cable; switch on the display’s wake-up by signal.
description-display-console = The touch console is not connected.
action-display-console = Check its USB and HDMI cables, then restart the device.
description-monitoring = The monitoring software on the device reports that it cannot do its work.
action-monitoring = Restart its service; install it again if it does not start.
description-offline = Nothing has been heard from this room for three hours or more.
action-offline = Check power and network in the room, and whether the device has been taken away.
description-wsus-enabled = The device takes its updates from a WSUS server, which holds back what the room needs.
action-wsus-enabled = Exempt the device from the WSUS policy.
description-windows-update-reset = The components of Windows Update are damaged: no update can be installed.
description-update-failed = An update could not be installed.
action-windows-update-reset = Reset the components of Windows Update, then look for updates again.
action-update-failed = Look at the reason under Updates, mend what it names, then have the update retried. This closes once it is installed.
description-camera-default = The default camera is not one of the connected cameras.
action-camera-default = Choose the default camera in the device’s settings.
description-configured-microphone = The configured microphone is not one of the connected ones.
action-configured-microphone = Choose the conferencing microphone in the device’s settings.
description-configured-speaker = The configured conferencing speaker is not one of the connected ones.
action-configured-speaker = Choose the conferencing speaker in the device’s settings.
description-default-speaker = The default speaker is not one of the connected ones.
action-default-speaker = Choose the default speaker in the device’s settings.
description-app-version = The room app is older than the oldest supported version.
action-app-version = Update the room app, by hand if the store is blocked.
description-os-version = The operating system is older than the oldest supported version.
action-os-version = Install the pending feature update outside working hours.
description-time-drift = The device’s clock is wrong by more than five minutes: sign-in and certificates will fail.
action-time-drift = Correct the time source of the device.
description-windows-update-disabled = Windows Update is switched off.
action-windows-update-disabled = Switch the update service on again; see which policy stopped it.
description-nightly-reboot-disabled = The nightly restart is switched off.
action-nightly-reboot-disabled = Switch the nightly restart on again in the device’s settings.
description-bluetooth-disabled = Bluetooth is switched off: nobody can join from a device nearby.
action-bluetooth-disabled = Switch Bluetooth on in the device’s settings, unless it is meant to be off.
description-sleep-timer = The device goes to sleep by itself.
action-sleep-timer = Set the sleep timer to never.
description-usb-suspend = USB ports are put to sleep to save power: cameras and microphones drop out.
action-usb-suspend = Switch off selective suspend for USB in the power plan.
description-cpu-limited = The processor runs below its speed: sound and picture may stutter.
action-cpu-limited = Check the power plan, the temperature and the fan of the device.
description-default-credentials = The device still has the administrator password that it was delivered with.
action-default-credentials = Set a password of your own, or have it rotated for you.
description-wifi-strength = The Wi-Fi signal at the device is weak.
action-wifi-strength = Connect the device by cable, or bring the access point nearer.
description-monitoring-connectivity = The monitoring software reaches only part of its addresses.
action-monitoring-connectivity = Open the firewall and proxy for the addresses of the monitoring service.
description-windows-update-blocked = Windows Update cannot reach its servers.
action-windows-update-blocked = Open the firewall and proxy for Windows Update.
description-os-activation = The operating system is not activated.
action-os-activation = Activate Windows with the device’s own key.
description-connected-by-wifi = The device is connected by Wi-Fi.
action-connected-by-wifi = Meeting rooms run best on a cable: connect the device to the wired network.

# Forms
form-required = Required
form-parked = { $title } for { $name } is parked: you are looking at another customer now.
form-return = Return to { $name }
form-discard = Discard
discard-title = Discard what you entered?
discard-text = It has not been sent and cannot be brought back.
discard-entry-title = Discard “{ $what }”?
discard-file-title = Discard this file?
discard-file-text = { $name } has not been sent. This device’s copy of it is deleted.
wizard-back = Back
wizard-next = Next
wizard-next-why = Fill in this step first.
wizard-step-why = Finish the steps before this one first.
change-offline = Not while offline: changes need the service
cached-offline = Offline: as of { $moment }
cached-asking = As of { $moment }, being checked
outcome-requested = Requested. It takes effect when { $name } approves it.
stale-title = { $name } has changed meanwhile
stale-text = Somebody else changed it after you opened the form. Nothing of yours has been saved yet.
stale-was = When you opened it
stale-now = Now
stale-mine = With your change
stale-changed = Changed meanwhile:
stale-theirs = Keep their change
stale-mine-again = Apply my change again
people-search = Search users and groups
people-searching = Searching …
people-none = No user or group with this name in your organisation
people-all-in = Everyone who matches is already added
people-more =
    { $count ->
        [one] More than { $count } matches: type more of the name
       *[other] More than { $count } match: type more of the name
    }
people-remove = Remove { $name }
people-group-of =
    Group of { $count ->
        [one] { $count } user
       *[other] { $count } users
    }
rooms-picked =
    { $count ->
        [one] { $count } room chosen
       *[other] { $count } rooms chosen
    }
groups-picked =
    { $count ->
        [one] { $count } group
       *[other] { $count } groups
    }
rooms-group-of =
    { $count ->
        [one] { $count } room
       *[other] { $count } rooms
    }
error-conflict = This conflicts with what is there now.
error-stale = It has changed since you opened it.
field-terms-not-accepted = Agree to the terms before you send it.
field-domain-unknown = No organisation here holds this domain. Check the spelling, or ask the partner which of its domains is verified.
field-domain-own = This is your own domain.
field-domain-not-onboarded = The organisation with this domain is not onboarded as a partner yet. Ask it to become one first.
field-domain-invited = The organisation with this domain has an invitation already. Withdraw it to send another one.
field-domain-partner = The organisation with this domain works for you already. Change its rooms and rights instead.
field-room-unknown = One of the rooms no longer exists, or your role does not cover it. Choose the rooms again.
field-room-group-unknown = One of the room groups no longer exists. Choose the groups again.
field-room-group-in-use = Assignments or delegations name this group, or a change of roles that waits for approval does. Take it out there first, or let that be decided, then delete it.
field-room-group-beyond-reach = Changing room groups needs the right for all rooms of the customer, and for the rooms of a group that assignments name the right to change roles there as well. Only the customer renames or deletes a group with rooms that are not in your reach.
field-room-group-needs-customer = Who reaches which rooms by this group is for the customer to decide. Ask the customer to change the group.
field-room-group-rooms-too-many = At most 1,000 rooms can be added or removed at once.
field-ring-order-invalid = A place from 1 to 9.
field-ring-order-taken = Another update ring stands there. Choose a free place.
field-ring-days-invalid = A whole number of days from 0 to 60.
field-ring-days-beyond-left = Rollout and test of all rings take at most 60 days, and the other rings leave fewer than these. Take fewer days here, or shorten another ring.
field-ring-preset = Preset rings cannot be deleted, and Staging stays the first. Change the days of the ring, or move its rooms.
field-ring-beyond-reach = Update rings concern all rooms of the customer: only its own users add, delete and change them. You may move rooms in your reach, and change a ring that is no preset one and has no other rooms.
field-ring-rooms-too-many = At most 200 rooms can be moved at once.
field-update-not-so = The update is paused, is not paused, was withdrawn or is complete: look at it again.
field-update-beyond-reach = The update concerns rooms that you do not manage: only the customer pauses and resumes it.
field-update-no-rooms = There is no room left in which this could be done.
field-rooms-none = Choose at least one room or room group, or all rooms
field-delegated-rooms-too-many = At most 25,000 rooms can be added or removed at once.
field-room-stays-delegated = One of these rooms would stay delegated, because a room group that it is in is delegated, or all rooms are. Take the group away, too.
field-members-none = Name at least one user or group.
field-member-unknown = Somebody who was named is no longer a user or group of the organisation. Choose the users again.
field-members-no-user = At least one user must be among them, by name or in a group.
field-name-invalid = A name has 1 to 120 characters and no line breaks.
field-name-taken = This name is already in use. Choose another name.
field-filter-invalid = This is no filter. Correct it where it says what is wrong.
field-views-too-many = There are 50 views already. Delete one that you no longer need.
field-description-invalid = A description has at most 500 characters.
field-text-empty = Write something here.
field-text-too-long = This text is too long.
field-text-invalid = This text has characters that cannot be shown. Write it anew, or paste it as plain text.
field-file-name-invalid = This name cannot be used: it is too long, or has characters that cannot be shown. Rename the file.
field-file-empty = There is nothing in this file.
field-file-too-large = A file has at most 50 MB. Pack it, or send a part of it.
field-files-too-many = An incident has at most 20 attachments, and up to 20 of your files may be under way.
field-hash-invalid = The file could not be checked. Send it again.
field-file-type-refused = Only pictures, videos, logs and archives of logs can be added.
field-file-type-differs = The content of this file is of another type than its name says. Rename it to what it is.
field-file-damaged = The file did not arrive as it was sent. Send it again.
field-event-unknown = One of the events no longer exists, or is not of these rooms. Send the incident without its events; from the list of what is not sent, it is sent again without them.
field-events-too-many = An incident has at most 50 events.
field-event-taken = One of the events is part of another incident already. Send the incident without its events; from the list of what is not sent, it is sent again without them.
field-rooms-too-many = An incident has at most 200 rooms.
field-rooms-must-be-named = Your role covers some rooms only: choose the rooms.
field-signal-ends-by-itself = It counts as resolved once its signal is healthy: it cannot be closed or edited by hand.
field-incident-inactive = The incident is closed or resolved already.
field-capacity-invalid = A room has 0 to 10,000 seats.
field-claimed-by-other = Somebody else works on it. Take it over if you agreed on that.
field-snoozed-with-suppression = Its signal or its room is suppressed: lift that.
field-snooze-end-invalid = The end must be still to come, at most 30 days ahead.
field-timezone-invalid = This is no time zone. Write its name as in Europe/Berlin.
field-permissions-none = Choose at least one permission.
field-permissions-beyond-ceiling = The customer allows no role to hold all of these permissions. Choose fewer.
field-request-outdated = What it is about has changed since it was asked for. Reject it, and let the partner ask again.
field-request-decided = This has been decided already, or has lapsed.
field-administrator-appoints = Only an administrator makes another one, and for all rooms.
field-request-sender = Whoever asked for it may not make this change any more. The request has lapsed, and nothing was changed.
field-scope-none = Choose at least one room or group, or all rooms.
field-scope-beyond-reach = You manage roles in some rooms only, and this scope has others.
edit = Edit
letter-key = Key: { $key }
delete = Delete
form-optional = { $what } (optional)
text-left =
    { $count ->
        [one] { $count } character left
       *[other] { $count } characters left
    }
text-over =
    { $count ->
        [one] { $count } character too many
       *[other] { $count } characters too many
    }
form-unchanged = Nothing has been changed yet
form-one-open = { $title } for { $name } is still open
row-left = The row you were on is no longer in the list
tick-all = All
tick-none = None

# Permissions and what they are grouped under
feature-rooms = Rooms
feature-groups = Room groups
feature-rings = Update rings
feature-reports = Reports
feature-tickets = Incidents
feature-settings = Settings
feature-roles = Roles
permission-rooms-view = View rooms
permission-rooms-modify = Change rooms
permission-rooms-reset-key = Reset the enrolment key
permission-rooms-download-key = Download the enrolment key
permission-rooms-unenroll = Unenrol rooms
permission-rooms-create = Enrol rooms
permission-groups-view = View room groups
permission-groups-modify = Change room groups
permission-groups-create = Create room groups
permission-rings-view = View update rings
permission-rings-modify = Change update rings
permission-reports-view = View reports
permission-incidents-create = Report incidents for the customer
permission-tickets-view = View incidents
permission-tickets-update = Answer and close incidents
permission-settings-view = View settings
permission-settings-modify = Change settings
permission-roles-view = View roles
permission-roles-modify = Change roles
built-in-managed-service-administrator = Managed Service Administrator
built-in-site-lead = Site Lead
built-in-site-tech = Site Tech
built-in-primary-admins = Primary admins
principal-user = User
principal-security-group = Security group
control-rooms-modify = Changes of rooms
control-rooms-suppress = Suppressing rooms and signals
control-rings-modify = Changes of update rings
control-roles-modify = Changes of roles and assignments
approval-auto = At once
approval-manual = After the customer’s approval
request-pending = Waiting
request-approved = Approved
request-rejected = Rejected
request-lapsed = Lapsed
requested-create-role = New role
requested-change-room = Change of a room
requested-suppress-room = Suppression of a room or a signal
requested-lift-suppression = End of a suppression
requested-change-ring = Change of an update ring
requested-move-to-ring = Rooms to an update ring
requested-pause-update = Pause an update
requested-resume-update = Resume an update
requested-retry-update = Retry an update where it failed
requested-force-update = Force an update
requested-change-role = Change of a role
requested-delete-role = Deletion of a role
requested-create-assignment = New assignment
requested-change-assignment = Change of an assignment
requested-delete-assignment = Deletion of an assignment

# Tenants
tenants = Tenants
search-tenants = Search tenants
tenant-active = Customer
tenant-pending = Invitation
tenants-domains = Domains
tenants-when = Since / until
tenants-count =
    { $count ->
        [one] { $count } tenant
       *[other] { $count } tenants
    }
tenants-invitation =
    { $count ->
        [one] Invitation · { $count } room
       *[other] Invitation · { $count } rooms
    }
tenants-expires = until { $moment }
tenants-expired = expired { $moment }
tenants-since = since { $moment }
tenants-none-title = No customers or invitations yet
tenants-none-text = A customer starts the relationship: their administrator invites your organisation by its domain.
tenants-no-match = No tenant matches
primary-admins = Primary admins
users-count =
    { $count ->
        [one] { $count } user
       *[other] { $count } users
    }
terms-ceiling = Permission limit
terms-ceiling-preset =
    { $count ->
        [one] The usual { $count } permission of Primary admins
       *[other] The usual { $count } permissions of Primary admins
    }
terms-ceiling-other =
    { $count ->
        [one] { $count } permission, other than usual
       *[other] { $count } permissions, other than usual
    }
terms-more = Beyond the usual: { $names }
terms-less = Not included: { $names }
terms-control = Your changes
terms-auto = Take effect at once
terms-manual = Wait for approval: { $events }
terms-offline = Reading offline
terms-offline-days =
    { $days ->
        [one] Up to { $days } day after the last contact
       *[other] Up to { $days } days after the last contact
    }
terms-offline-no = Not allowed
invitation-addressed = Addressed to
invitation-sent = Sent
invitation-expires = Expires
invitation-rooms-future =
    { $count ->
        [one] { $count } room now, and rooms that join later
       *[other] { $count } rooms now, and rooms that join later
    }
invitation-over = This invitation has expired. Ask the customer for a new one.
invitation-admins-hint = They look after this customer’s rooms, assign your users, and can end the relationship. At least one user.
invitation-nobody = Choose at least one Primary admin to accept
invitation-accept = Accept { $name }
invitation-accepted = { $name } is a customer now.
invitation-deny = Deny …
invitation-deny-title = Deny the invitation of { $name }?
invitation-deny-action = Deny { $name }
invitation-deny-text = The invitation is deleted. This cannot be undone: only a new invitation by { $name } starts the relationship after all.
invitation-denied = The invitation of { $name } was denied and deleted.
customer-without-admins = Nobody is left in the Primary admins. Add someone, so that this customer can be looked after.
customer-since = Customer since
customer-requests = Requests
customer-waiting =
    { $count ->
        [one] { $count } change waits for approval
       *[other] { $count } changes wait for approval
    }
customer-roles =
    { $count ->
        [one] { $count } custom role
       *[other] { $count } custom roles
    }
customer-roles-show = Show roles
admins-hidden = Administrators, tenant managers and the Primary admins themselves see them.
admins-add-label = Add Primary admins
admins-add = Add to { $name }
admins-nobody = Choose someone first
admins-added =
    { $count ->
        [one] { $name } has { $count } more Primary admin now.
       *[other] { $name } has { $count } more Primary admins now.
    }
admins-remove = Remove { $who }
admins-remove-title = Remove { $who } from the Primary admins of { $name }?
admins-remove-text = { $who } loses the rights of a Primary admin at { $name } with the next request.
admins-removed = { $who } was removed.
remove-action = Remove { $name }
remove-title = Remove { $name }?
remove-text = The relationship with { $name } ends at once. Nobody in your organisation can read any of its data any more, and this cannot be undone. It still has:
remove-incidents =
    { $count ->
        [one] { $count } open incident
       *[other] { $count } open incidents
    }
remove-requests =
    { $count ->
        [one] { $count } request waiting for approval
       *[other] { $count } requests waiting for approval
    }
remove-roles =
    { $count ->
        [one] { $count } custom role with its assignments
       *[other] { $count } custom roles with their assignments
    }
remove-rooms =
    { $count ->
        [one] { $count } delegated room
       *[other] { $count } delegated rooms
    }
remove-not-yours = Only a Primary admin of this customer can remove it.
remove-stale = You see what holds now. Ask again if it should still be removed.
remove-done = { $name } is no longer your customer.

# Tenant managers
tenant-managers = Tenant managers
managers-text = Tenant managers see and answer invitations and the list of customers. That gives them no rights on any customer’s rooms, incidents or roles.
managers-add-label = Add tenant managers
managers-add = Add
managers-added =
    { $count ->
        [one] { $count } tenant manager added.
       *[other] { $count } tenant managers added.
    }
managers-remove = Remove { $who }
managers-remove-title = Remove { $who } from the tenant managers?
managers-remove-text = { $who } no longer sees or answers invitations.
managers-removed = { $who } was removed.
managers-none-title = No tenant managers
managers-none-text = Global Administrators and Managed Service Administrators answer invitations.
managers-no-right-title = For administrators
managers-no-right-text = Only a Global Administrator or Managed Service Administrator of your organisation chooses tenant managers.

# Roles
roles = Roles
role = Role
role-built-in = Built-in
role-custom = Custom
role-built-in-text = Comes with every relationship
role-built-in-why = A built-in role is fixed: its name, description and permissions cannot be changed, and it cannot be deleted.
role-properties = Properties
role-permissions = Permissions
role-assignments = Assignments
role-users = Users
roles-choose-text = Roles belong to one customer. Choose it in the list above.
roles-no-right-title = You may not view roles here
roles-no-right-text = Your role for { $name } does not include viewing roles. Ask a primary admin of that customer.
roles-made-by-administrators = Only administrators of { $name } make roles; you may assign them
roles-read-only = You may view the roles of { $name }, not change them
role-new = New role
role-add = Add new role to { $name }
role-created = { $name } has the new role { $role } now.
role-edit = Edit { $role }
role-save = Save { $role } for { $name }
role-changed = The role { $role } of { $name } was changed.
role-incomplete = A role needs a name and at least one permission
needs-approval = { $name } approves changes of roles: this becomes a request, and nothing changes until they agree.
needs-approval-rings = { $name } approves changes of update rings: this becomes a request, and nothing changes until they agree.
needs-approval-updates = { $name } approves changes of update rings: this becomes a request, and nothing changes until they agree.
request-by = by { $who }, { $moment }
step-general = General
step-role = Role
step-permissions = Permissions
step-assignment = Assignment
step-members = Members
step-scope = Scope
step-review = Review
permissions-count =
    { $count ->
        [one] { $count } permission
       *[other] { $count } permissions
    }
matrix-beyond = { $name } does not allow this
matrix-yes = Allowed
matrix-no = Not included
matrix-cut = Not allowed by the customer
templates = Start from a template
template-helpdesk = Helpdesk
template-helpdesk-text = Incidents only
template-technician = Technician
template-technician-text = Rooms and their incidents
template-read-only = Read only
template-read-only-text = Sees everything, changes nothing
template-site-lead = Site Lead (strict)
template-site-lead-text = Runs the rooms of a site
template-cut = cut to what the customer allows
assignment = Assignment
assignment-new = New assignment
assignment-add = Add assignment at { $name }
assignment-edit = Edit { $assignment }
assignment-save = Save { $assignment } for { $name }
assignment-saved = The assignment { $assignment } at { $name } was saved.
assignment-members = Members
assignment-members-hint = Users and security groups of your organisation
assignment-scope = Scope
assignment-preset = Preset: only its members can be changed; its scope is what the customer delegates
assignment-preset-tag = Preset
assignment-assigned-admins = Assigned Admins
assignments-none = No assignments yet: nobody holds this role.
assignments-one = Primary admins has one assignment: change its members instead
members-none = No members
scope-all = All rooms
scope-all-hint = Also those that are added later
scope-some = Chosen rooms and groups
scope-some-hint = A group stands for the rooms that it contains at the time
scope-none = No rooms
scope-hidden-groups =
    { $count ->
        [one] It also names { $count } room group that you may not see; a change of the scope takes it out.
       *[other] It also names { $count } room groups that you may not see; a change of the scope takes them out.
    }
scope-hidden =
    { $count ->
        [one] It also names { $count } room that you may not see; a change of the scope takes it out.
       *[other] It also names { $count } rooms that you may not see; a change of the scope takes them out.
    }
delete-title = Delete { $what } at { $name }?
delete-action = Delete { $what } at { $name }
delete-parked = Deleting { $what }
delete-done = At { $name }, { $what } was deleted.
delete-role = role { $name }
delete-assignment = assignment { $name }
delete-group = room group { $name }
delete-ring = update ring { $name }
delete-role-text =
    { $count ->
        [one] The role goes with its { $count } assignment. Whoever holds it loses its rights.
       *[other] The role goes with its { $count } assignments. Whoever holds it loses its rights.
    }
delete-assignment-text =
    { $count ->
        [one] Its { $count } member loses the rights of the role in its scope.
       *[other] Its { $count } members lose the rights of the role in its scope.
    }
role-delete-button = Delete role …
role-edit-button = Edit role
scope-legend = Where it holds

# Access explorer
access = Access explorer
access-who = Who
access-who-hint = A user of your organisation
access-what = What
access-where = Where
access-ask-title = Choose who, what and where
access-ask-text = You then see step by step why somebody can, or cannot, do something in a room at { $name }: choose who, what and where.
access-offline = The service answers this: connect first.
access-can = Yes.
access-cannot = No.
access-holds = Holds
access-fails = Does not hold
access-administrator = { $who } administers { $name } and may do everything there.
access-by = { $who } may “{ $what }” in { $room }, through the assignment { $assignment } of the role { $role }.
access-yes = { $who } may “{ $what }” in { $room }.
access-ended = The relationship with { $name } is not active.
access-not-delegated = { $name } has not delegated { $room } to your organisation.
access-beyond = { $name } allows “{ $what }” to no role of your organisation.
access-no-assignment = No assignment at { $name } names { $who } or a group of theirs.
access-no-permission = No role of { $who } includes “{ $what }”.
access-out-of-scope = { $who } may “{ $what }”, but { $room } is in no scope of those assignments.
access-not-together = One assignment of { $who } has the permission and another one the room; rights of two assignments do not add up.
access-link-administrator = Administrator
access-administrator-said = Administers { $name }
access-link-relationship = Relationship
access-link-delegation = Delegation
access-link-ceiling = Permission limit
access-active = The relationship with { $name } is active.
access-delegated = { $name } has delegated { $room }.
access-within = { $name } allows “{ $what }” to roles of your organisation.
access-named = { $assignment } names { $who }.
access-through = { $assignment } names the group { $group }, and { $who } is in it.
access-permits = { $role } includes “{ $what }”.
access-permits-not = { $role } does not include “{ $what }”.
access-scope-all = It holds in all rooms.
access-scope-room = It names { $room }.
access-scope-group = It names the group { $group }, and { $room } is in it.
access-scope-hidden-group = It names a group that { $room } is in.
access-scope-outside = { $room } is not in its scope.

# Room groups
room-groups = Room groups
group = Room group
search-groups = Search room groups
groups-choose-text = Room groups belong to one customer. Choose it in the list above.
groups-no-right-title = You may not view room groups here
groups-no-right-text = Your role for { $name } does not include viewing room groups. Ask a primary admin of that customer.
groups-none-title = No room groups
groups-none-text = { $name } has no room group with a room that you may see.
groups-no-match = No room group matches
groups-redacted =
    { $count ->
        [one] { $count } room group you cannot see
       *[other] { $count } room groups you cannot see
    }
group-new = New room group
group-add = Add room group to { $name }
group-edit = Edit { $group }
group-edit-button = Edit name and rooms
group-save = Save { $group } for { $name }
group-created = { $name } has the new room group { $group } now.
group-changed = The room group { $group } of { $name } was changed.
group-delete = Delete room group
group-delete-text = Its rooms stay. Filters and saved views that name it find nothing by it any more.
group-incomplete = A room group needs a name of 1 to 120 characters
group-too-many = At most { $most } rooms can be added or removed at once
group-rooms-hint = Ticked rooms are in the group. Type to search.
group-no-rooms = No room that you may see is in this group yet.
group-more-rooms =
    { $count ->
        [one] { $count } more room. Search to find it.
       *[other] { $count } more rooms. Search to find them.
    }
group-remove-room = Remove { $room } from { $group }
group-remove-title = Remove { $room } from { $group }?
group-remove-text =
    { $count ->
        [one] { $count } assignment or delegation names this group
       *[other] { $count } assignments or delegations name this group
    }: whoever reaches the room by it alone, does not reach it any more.
group-uses = Used in assignments and delegations
group-delegated = Delegated with future rooms: every room that you add is seen by { $partners }, too.
group-delegated-to = Delegated to { $partner } with future rooms
group-unused = No assignment names this group in its scope, and it is delegated to no partner with future rooms.
group-hidden-uses =
    { $count ->
        [one] { $count } assignment or delegation you cannot see
       *[other] { $count } assignments or delegations you cannot see
    }
room-group-add = Add to group
room-group-title = Add { $room } of { $name } to a room group
room-group-action = Add to room group
room-group-choose = Choose a room group
room-grouped = { $room } was added to the room group { $group }.
rooms-group-title =
    { $count ->
        [one] Add one room of { $name } to a room group
       *[other] Add { $count } rooms of { $name } to a room group
    }
rooms-grouped =
    { $count ->
        [one] One room was added to the room group { $group }.
       *[other] { $count } rooms were added to the room group { $group }.
    }
group-not-everywhere = Assignments may reach as far as a room group: changing one needs the right for all rooms of the customer
group-shared = This group has rooms that are not in your reach: only the customer can rename or delete it
group-in-use =
    { $count ->
        [one] { $count } assignment or delegation names this group. Take it out there first, then delete it.
       *[other] { $count } assignments or delegations name this group. Take it out there first, then delete it.
    }

# Updates
updates = Updates
update = Update
updates-rings = Rings
update-status = Status
update-published = Published
update-deprecated = Withdrawn
updates-paused = Paused
updates-complete = Complete
updates-past = Include past updates
updates-choose-text = Updates pass through the rings of one customer. Choose it in the list above.
updates-no-right-title = You may not view updates here
updates-no-right-text = Your role for { $name } does not include viewing update rings. Ask a primary admin of that customer.
updates-none-title = No updates
updates-none-text = The service has published no updates yet.
updates-no-match-text = No update is like this. Press the counter again to see the others.
updates-all-past-text = All updates are installed or withdrawn. Include past updates to see them.
update-status-scheduled = Scheduled
update-status-in-progress = In progress
update-status-completed-with-failures = Completed with failures
update-status-completed = Completed
update-status-deprecated = Deprecated
update-status-paused = Paused
update-status-not-required = Not required
update-progress-downloading = Downloading
update-progress-installing = Installing
update-progress-installed = Installed
update-progress-failed = Failed
update-forced-now = At once
update-forced-when-free = When the room is free
update-counts = { $installed } of { $rooms } installed, { $active } in progress, { $failed } failed, { $waiting } waiting
update-paused-by = Paused by { $by }, { $moment }
update-begins = Begins { $moment }
update-completes = Complete by { $moment }
update-failed-rooms = Rooms in which it failed
update-none-failed = It has failed in no room that you see.
update-failed-first = These are the first { $most }.
update-pause = Pause
update-resume = Resume
update-retry = Retry all failed
update-force = Force
update-force-ring = Force in { $ring }
update-when = When
update-pause-title = Pause { $update } for { $name }
update-pause-text = No room of { $name } installs it until it is resumed. The days that it is paused do not count.
update-resume-title = Resume { $update } for { $name }
update-resume-text = It goes on in the rooms of { $name } where it stood.
update-retry-title = Retry { $update } for { $name }
update-retry-text =
    { $count ->
        [one] It is tried again in { $count } room of { $name } in which it failed.
       *[other] It is tried again in { $count } rooms of { $name } in which it failed.
    }
update-force-title = Force { $update } for { $name }
update-force-text =
    { $count ->
        [one] It is installed in { $count } room of { $name }, without waiting for its ring and the night.
       *[other] It is installed in { $count } rooms of { $name }, without waiting for their rings and the night.
    }
update-force-ring-text =
    { $count ->
        [one] It is installed in { $count } room of the ring { $ring } of { $name }, without waiting for the night.
       *[other] It is installed in { $count } rooms of the ring { $ring } of { $name }, without waiting for the night.
    }
update-force-room-text = It is installed in one room of { $name }, { $room }, without waiting for its ring and the night.
update-paused = { $update } is paused for { $name }.
update-resumed = { $update } goes on for { $name }.
update-retried = { $update } is tried again for { $name }.
update-forced-done = { $update } is forced for { $name }.
update-why-deprecated = It was withdrawn: nothing of it is installed any more.
update-why-no-right = Your role includes no changes of update rings in rooms that you see.
update-why-shared = It concerns rooms that you do not manage: only the customer pauses and resumes it.
update-why-complete = It is installed in all rooms that you see.
update-why-no-package = No room here that you see has the package.
update-why-paused = It is paused. Resume it first.
update-why-none-failed = It failed in no room that you see.
room-updates-installed = Installed versions
room-updates-unknown = The device has not said which versions it runs.
room-updates-ahead = Updates ahead
room-updates-none = No update is ahead of this room.
room-updates-no-zone = The time zone of the room is not known. It installs between 00:00 and 05:00 UTC, while it is free.
room-updates-since = Known since { $moment }
room-updates-window = Between { $from } and { $until }
room-updates-offline = Updates are asked of the service, which is out of reach, and none of this room are kept here.
room-force-label = Force { $update } in this room

# Update rings
update-rings = Update rings
ring = Update ring
search-rings = Search update rings
rings-choose-text = Update rings belong to one customer. Choose it in the list above.
rings-no-right-title = You may not view update rings here
rings-no-right-text = Your role for { $name } does not include viewing update rings. Ask a primary admin of that customer.
rings-no-match = No update ring matches
rings-total =
    { $count ->
        [one] Total: { $count } of { $most } days left
       *[other] Total: { $count } of { $most } days left
    }
rings-full = All { $most } places are taken: delete a ring first
rings-not-everywhere = Adding and deleting rings is for the customer’s own users who may change rings in all rooms
rings-no-move = Your role does not include moving rooms to other rings
ring-new = Add update ring
ring-add = Add update ring to { $name }
ring-edit = Edit { $ring }
ring-save = Save { $ring } for { $name }
ring-created = { $name } has the new update ring { $ring } now.
ring-changed = The update ring { $ring } of { $name } was changed.
ring-delete = Delete ring
ring-delete-text =
    { $count ->
        [one] { $count } room that you see, and any other in it, moves
       *[other] { $count } rooms that you see, and any others in it, move
    } to { $ring }. Filters and saved views that name the deleted ring find nothing by it any more.
ring-incomplete = A ring needs a name of 1 to 120 characters, an order, and three numbers of days
ring-order = Order
ring-order-hint = A free place from 1 to 9. Updates go from ring to ring in this order.
ring-staging-first = Staging stays the first ring: updates are tried there before they go anywhere else
ring-order-wrong = A place from 1 to { $most }
ring-order-used = { $ring } stands there. Free places: { $free }
ring-deferral = Deferral
ring-deferral-label = Deferral in days
ring-deferral-hint = How long the ring waits once the ring before it is complete. It does not count towards the 60 days.
ring-rollout = Rollout
ring-rollout-label = Rollout in days
ring-test = Test
ring-test-label = Test in days
ring-completion = Completion
ring-day = Day { $day }
ring-days-left =
    { $count ->
        [one] { $count } of { $most } days is left here
       *[other] { $count } of { $most } days are left here
    }
ring-days-wrong = A whole number of days from 0 to { $most }
ring-days-beyond =
    { $count ->
        [one] The other rings leave { $count } of { $most } days for rollout and test together: take fewer days here, or shorten another ring
       *[other] The other rings leave { $count } of { $most } days for rollout and test together: take fewer days here, or shorten another ring
    }
ring-preset-shared = Preset rings concern all rooms: only the customer changes them
ring-shared = This ring has rooms that are not in your reach: only the customer can change it
ring-preset-stays = Preset rings cannot be deleted
ring-no-rooms = No room that you may see is in this ring.
ring-rooms-coming = The rooms of this ring are still being synced.
ring-more-rooms =
    { $count ->
        [one] { $count } more room. Filter the rooms by this ring to see it.
       *[other] { $count } more rooms. Filter the rooms by this ring to see them.
    }
ring-move = Move rooms
ring-move-title = Move rooms to { $ring }
ring-move-action = Move to { $ring } of { $name }
ring-move-hint = The rooms that you tick leave their rings and come to this one. Type to search.
ring-move-choose = Choose at least one room
ring-move-too-many = At most { $most } rooms can be moved at once
ring-moved =
    { $count ->
        [one] { $count } room of { $name } is in the update ring { $ring } now.
       *[other] { $count } rooms of { $name } are in the update ring { $ring } now.
    }
room-ring-change = Change ring
room-ring-title = Move { $room } of { $name } to another update ring
room-ring-now = Assigned ring: { $ring }
room-ring-action = Move to this ring
room-ring-choose = Choose an update ring
room-ring-changed = { $room } is in the update ring { $ring } now.

# Several customers at once
plan = Several customers
plan-open = Several customers …
plan-title = Apply to several customers
plan-customers = Customers
plan-step = What to do
plan-preview = Preview
plan-result = Result
plan-what = At each of these customers
plan-admins = Add to the Primary admins
plan-admins-hint = Whoever is there already stays
plan-template = Role “{ $role }” over all rooms
plan-members = Who holds the role
plan-role-name = Name of the role
plan-role-hint = Where a role of this name exists, it is brought to this form: permissions, and exactly these users
plan-gains = Gain
plan-loses = Lose
plan-at-some = { $what } (at { $count })
plan-sum-customers =
    { $count ->
        [one] One customer
       *[other] { $count } customers
    }
plan-sum-gains = Gain something: { $who }
plan-sum-loses = Lose something: { $who }
plan-sum-made =
    { $count ->
        [one] The role is created at one customer
       *[other] The role is created at { $count } customers
    }
plan-sum-more = The role is given: { $what }
plan-sum-less = The role loses: { $what }
plan-sum-widened =
    { $count ->
        [one] The role will hold in all rooms instead of some: at one customer
       *[other] The role will hold in all rooms instead of some: at { $count } customers
    }
plan-sum-asked =
    { $count ->
        [one] One customer has to approve first
       *[other] { $count } customers have to approve first
    }
plan-confirm-title =
    { $count ->
        [one] Apply to one customer?
       *[other] Apply to { $count } customers?
    }
plan-same = Nothing changes
plan-will-do = Takes effect at once
plan-will-ask = Waits for approval
plan-changed = Changed since the preview
plan-changed-more =
    { $count ->
        [one] At { $count } customer something has changed since the preview, and nothing was done there. Its row says what would happen now: look at it, then apply again.
       *[other] At { $count } customers something has changed since the preview, and nothing was done there. Their rows say what would happen now: look at them, then apply again.
    }
plan-done = Done
plan-asked = Requested
plan-unknown = Unknown customer
plan-asking =
    { $count ->
        [one] Asking for { $count } customer …
       *[other] Asking for { $count } customers …
    }
plan-nothing = There is nothing to apply
plan-over = Back to the tenants
plan-apply =
    Apply to { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }
plan-apply-one = Apply to { $name }
plan-summary = Done: { $done } · requested: { $asked } · not possible: { $refused }

# Partners
partners = Partners
partner-active = Active
partner-pending = Invited
partner-expired = Invitation expired
partner = Partner
partner-rights = Rights
partner-people = Users
partners-when = Since / until
partners-since = since { $moment }
partners-until = until { $moment }
partners-expired = expired { $moment }
partners-count =
    { $count ->
        [one] { $count } partner
       *[other] { $count } partners
    }
partners-none-title = No partners yet
partners-none-text = Invite the organisation that should look after your rooms. It sees and may do only what you allow.
partners-no-right-title = For administrators of a customer
partners-no-right-text = Only a Global Administrator or Managed Service Administrator of an organisation with rooms invites partners.
partners-form-open = Finish or cancel the form that is open first
partner-waiting =
    { $count ->
        [one] { $count } waits for you
       *[other] { $count } wait for you
    }
partner-without-admins = Nobody is left in this partner’s Primary admins. Until the partner adds someone, nobody there looks after your rooms.
partner-without-admins-short = No Primary admin
partner-since = Partner since
partner-invited = Invited
partner-expires = Expires
partner-pending-text = { $name } has not answered yet. It sees your organisation’s name, domains, the number of rooms and these terms, and nothing else.
partner-expired-text = { $name } did not answer in time. Invite it again, or delete this invitation.
partner-not-editable = An invitation cannot be changed: withdraw it and send another one.
partner-rooms-none = No rooms are delegated: this partner sees nothing.
partner-roles-none = This partner has no roles here.
partner-roles-later = Roles are created when the partner accepts the invitation.
room-unnamed = A room that no longer exists
group-unnamed = A room group that no longer exists
names-more = { $names } and { $count } more
days = days
days-count =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
days-wrong = A whole number from 1 to 30
stepper-less = One less
stepper-more = One more
approval-yours = After your approval
offline-days =
    { $count ->
        [one] Up to { $count } day after the last contact
       *[other] Up to { $count } days after the last contact
    }
offline-not = Not allowed
invite-open = Invite a partner
invite-title = Invite a partner
invite-step-partner = Partner and rights
invite-step-terms = Terms
invite-domain = Domain of the partner
invite-domain-hint = The partner tells you its domain, such as contoso.com
invite-no-domain = A domain looks like contoso.com
invite-days = The invitation is valid for
invite-days-hint = The partner can accept it within this time
invite-rooms-hint = Choose what this partner will see: it sees these rooms and no others. You can change the choice at any time.
invite-needs-partner = A domain, 1 to 30 days and at least one permission are needed
invite-needs-room = Choose at least one room or room group, or all rooms
invite-needs-consent = Agree to the terms to go on
invite-finish = Invite { $domain }
invite-done = { $domain } was invited.
rights-ceiling = Permission limit of the partner’s roles
rights-ceiling-hint = The partner gives its users roles; no role can include more than this.
rights-preset =
    { $count ->
        [one] The usual { $count } permission of Primary admins
       *[other] The usual { $count } permissions of Primary admins
    }
rights-preset-again = Back to the usual permissions
rights-empty = Choose at least one permission
rights-control = When the partner’s changes take effect
rights-control-hint = Answering and closing incidents never needs approval.
rights-offline = Reading without a connection
rights-offline-allow = The partner’s desktops may show your rooms and incidents without a connection
rights-offline-hint = They keep them encrypted either way; without this, only a connected desktop shows them.
rights-offline-days = After the last contact, for
rights-edit = Edit rights
rights-save = Save rights of { $name }
rights-saved = The rights of { $name } were changed.
rights-narrowing = { $name } loses these rights with its next request, in every role that holds them.
rights-gains = May now: { $what }
rights-loses = May no longer: { $what }
rights-becomes = { $what }: { $how }
rooms-edit = Edit rooms
rooms-edit-hint = { $name } sees the rooms chosen here and no others.
delegate-legend = Which rooms
delegate-some = Chosen rooms and room groups
delegate-some-hint = Room by room, or by room group
delegate-all = All rooms
delegate-all-hint = Every room of your organisation
delegate-future = Future rooms
delegate-future-hint = Tick a room group to delegate every room that joins it later, too. Otherwise the partner keeps the rooms that are in it now.
delegate-all-future = Delegate every room that joins later, too
delegate-group-now =
    { $count ->
        [one] { $count } room now
       *[other] { $count } rooms now
    }
delegate-nothing = Nothing is chosen: tick rooms or room groups, or choose all rooms.
delegate-words-waiting = How many rooms that is, is not known yet: your rooms are still being read.
delegate-words-failed = How many rooms that is, is not known: your rooms could not be read. They are read again with the next change; what is entered here stays.
delegate-words-all-future =
    { $count ->
        [one] The { $count } room there is now, and every room that joins later.
       *[other] All { $count } rooms there are now, and every room that joins later.
    }
delegate-words-all =
    { $count ->
        [one] The { $count } room there is now. Rooms that join later are not delegated.
       *[other] All { $count } rooms there are now. Rooms that join later are not delegated.
    }
delegate-words-groups =
    { $count ->
        [one] { $count } room now. Rooms that join { $groups } later are delegated, too; rooms that leave no longer are.
       *[other] { $count } rooms now. Rooms that join { $groups } later are delegated, too; rooms that leave no longer are.
    }
delegate-words-rooms =
    { $count ->
        [one] { $count } room. Rooms that join later are not delegated.
       *[other] { $count } rooms. Rooms that join later are not delegated.
    }
delegate-rooms-more =
    { $count ->
        [one] and { $count } more room
       *[other] and { $count } more rooms
    }
partner-rooms-group =
    { $count ->
        [one] { $group }: { $count } room now, and every room that joins later
       *[other] { $group }: { $count } rooms now, and every room that joins later
    }
rooms-save = Save rooms of { $name }
rooms-saved = The rooms of { $name } were changed.
rooms-narrowing =
    { $count ->
        [one] { $name } loses { $count } room at once. What its desktops keep of it is deleted at their next contact.
       *[other] { $name } loses { $count } rooms at once. What its desktops keep of them is deleted at their next contact.
    }
rooms-removed =
    { $count ->
        [one] { $count } room taken away
       *[other] { $count } rooms taken away
    }
rooms-added =
    { $count ->
        [one] { $count } room added
       *[other] { $count } rooms added
    }
terms-lead = What { $domain } will be able to do and see at { $name } once it accepts:
terms-line-rooms = Rooms: { $rooms } Of them it sees names, accounts, devices, health, and whether they are occupied. It sees no other room.
terms-line-rights = There, its users may at most: { $names }.
terms-line-people = The partner itself decides which of its users get which of these rights. You see who they are.
terms-line-auto = Its changes take effect at once, without asking you.
terms-line-manual = These wait for your approval: { $events }. Everything else takes effect at once.
terms-line-offline =
    { $count ->
        [one] Its desktops keep what they see, encrypted, and show it without a connection for up to { $count } day.
       *[other] Its desktops keep what they see, encrypted, and show it without a connection for up to { $count } days.
    }
terms-line-no-offline = Its desktops show nothing of yours without a connection.
terms-line-elsewhere = It gets no rights in your directory, in the Teams admin centre, or in any other product.
terms-line-audit = What it changes is recorded in your audit log, with who did it and when. What it only reads is not.
terms-line-end = You can narrow this or end it at any time. That counts from its next request on; a desktop without a connection keeps showing what it has until its offline days are over.
terms-agree = I agree to these terms for { $name }
partner-remove = Remove partner …
partner-remove-title = Remove { $name }?
partner-remove-action = Remove { $name }
partner-remove-text = The relationship with { $name } ends at once, and nobody there can read anything of yours any more. Only a new invitation starts it again. This ends with it:
partner-removed = { $name } is no longer your partner.
ends-rooms =
    { $count ->
        [one] Access to { $count } room
       *[other] Access to { $count } rooms
    }
ends-people =
    { $count ->
        [one] The rights of { $count } user or group
       *[other] The rights of { $count } users and groups
    }
ends-roles =
    { $count ->
        [one] { $count } custom role with its assignments
       *[other] { $count } custom roles with their assignments
    }
ends-requests =
    { $count ->
        [one] { $count } request that waits for you
       *[other] { $count } requests that wait for you
    }
partner-withdraw = Withdraw invitation …
partner-withdraw-title = Withdraw the invitation to { $name }?
partner-withdraw-action = Withdraw invitation to { $name }
partner-withdraw-text = The invitation is deleted and can no longer be accepted. You can invite { $name } again at any time.
partner-withdrawn = The invitation to { $name } was withdrawn.
partner-clear = Delete invitation …
partner-clear-title = Delete the expired invitation to { $name }?
partner-clear-action = Delete invitation to { $name }
partner-clear-text = It can no longer be accepted anyway. It stays in the audit log.
partner-cleared = The expired invitation to { $name } was deleted.
partner-end-stale = This has changed meanwhile, and nothing was done. You see what holds now: ask again if it should still be done.
partner-role-delete-title = Delete { $role } of { $name }?
partner-role-delete-action = Delete { $role }
partner-role-delete-text =
    { $count ->
        [0] The role has no assignment: nobody loses anything.
        [one] Its assignment goes with it. Who loses what it gave: { $people }.
       *[other] Its { $count } assignments go with it. Who loses what they gave: { $people }.
    }
partner-role-deleted = The role { $role } was deleted.

# Approvals
approvals = Approvals
approvals-count =
    { $count ->
        [one] { $count } waits for you
       *[other] { $count } wait for you
    }
invitations-count =
    { $count ->
        [one] One invitation waits
       *[other] { $count } invitations wait
    }
approvals-waiting = Changes that wait for your approval
asked-waiting = Changes of your organisation that wait for the approval of a customer
asked-none-title = Nothing waits at your customers
asked-none-text = Changes that a customer wants to approve first appear here until it has decided.
asked-room = Show the room
waits-for-approval = Waits for the approval of { $name }:
approvals-decided = Decided
approvals-none-title = Nothing is waiting for you
approvals-none-text = Changes of your partners that need your approval appear here. Which ones do is set with the rights of each partner.
approvals-no-right-title = For administrators of a customer
approvals-no-right-text = Only a Global Administrator or Managed Service Administrator of an organisation with rooms approves what partners change.
approval-gains = Who gains
approval-loses = Who loses
approval-all-rooms = All delegated rooms
approval-outdated = This can no longer be decided as it stood: what it is about has changed, or somebody else has decided. You see what holds now. If it still waits, reject it and let the partner ask again.
approve = Approve
reject = Reject
approve-what = Approve: { $what }
reject-what = Reject: { $what }
approved-what = Approved, and in effect: { $what }
rejected-what = Rejected: { $what }. Nothing changed. { $name } may ask again.

# Audit
audit = Audit log
search-audit = Search the audit log
audit-from = From
audit-to = To
audit-when = When
audit-when-utc = When, in UTC
audit-utc = { $moment } (UTC)
audit-operation = What
audit-category = Kind
audit-log = Which log
audit-log-export = Partners and roles
audit-log-product = Rooms and incidents
audit-object = Name
audit-who = Who
audit-result = Result
audit-user = User
audit-upon = Acted upon
audit-id = Record
audit-unknown = Unknown: { $id }
audit-who-of = { $person }, { $name }
audit-former-partner = Another organisation
audit-by-partner = Done by a partner: { $name }
audit-changes = What changed
audit-changes-none = The record names no details.
audit-before = Before
audit-after = After
audit-count =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
audit-count-more =
    { $count ->
        [one] { $count } record so far
       *[other] { $count } records so far
    }
audit-more = Load more
audit-again = Ask for the log again
audit-no-day = Choose a day
audit-too-early = Records are kept for 180 days: choose { $day } or later
audit-crossed = The last day is before the first, or does not exist
audit-no-match = No record matches
audit-none-yet = Nothing found so far
audit-none-yet-text = The search has not reached the end of the log yet.
audit-none-title = No records
audit-none-text =
    { $days ->
        [one] Nothing was done in the last { $days } day.
       *[other] Nothing was done in the last { $days } days.
    }
audit-offline-title = The audit log needs a connection
audit-offline-text = It is not kept on this device. Connect to the service to read or export it.
audit-kept = You see what had been loaded before the connection broke. The audit log needs a connection for more.
audit-no-right-title = For administrators
audit-no-right-text = Only a Global Administrator or Managed Service Administrator reads the audit log of your organisation.
audit-category-User = Portal role
audit-category-Assignment = Assignment
audit-category-PartnerInvitation = Partner
audit-category-Role = Role
audit-category-Room = Room
audit-category-RoomGroup = Room group
audit-category-UpdateRing = Update ring
audit-category-Incident = Incident
audit-category-EnrolmentKey = Enrolment key
audit-operation-Create = Created
audit-operation-Update = Changed
audit-operation-Delete = Deleted
audit-result-Successful = Successful
audit-result-Failed = Failed
audit-field-attachments = Attachments
audit-field-capacity = Capacity
audit-field-ceiling = Permission limit
audit-field-changeControl = Waits for approval
audit-field-claim = Worked on by
audit-field-deferralDays = Deferral in days
audit-field-description = Description
audit-field-domain = Domain
audit-field-enrolment = Enrolment
audit-field-events = Events
audit-field-expiresInDays = Expires in days
audit-field-forced = Forced
audit-field-highImpact = High impact
audit-field-members = Members
audit-field-messages = Messages
audit-field-name = Name
audit-field-offline = Reading offline
audit-field-order = Order
audit-field-paused = Paused
audit-field-permissions = Permissions
audit-field-primaryAdmins = Primary admins
audit-field-problem = Problem
audit-field-reason = Reason
audit-field-relationship = Relationship
audit-field-request = Request
audit-field-requestedBy = Requested by
audit-field-retried = Retried
audit-field-rolloutDays = Rollout in days
audit-field-roomGroups = Room groups
audit-field-allRooms = All rooms
audit-field-rooms = Rooms
audit-field-signal = Signal
audit-field-snoozed = Snoozed
audit-field-status = Status
audit-field-suppressed = Suppressed
audit-field-testDays = Test in days
audit-field-timezone = Time zone
audit-value-none = None
audit-value-not-allowed = Not allowed
audit-value-active = Active
audit-value-ended-by-the-partner = Ended by the partner
audit-value-ended-by-the-customer = Ended by the customer
audit-value-pending = Pending
audit-value-expired = Expired
audit-value-replaced = Replaced
audit-value-withdrawn = Withdrawn
audit-value-accepted = Accepted
audit-value-denied = Denied
audit-value-yes = Yes
audit-value-no = No
audit-value-bad-request = Not valid
audit-value-not-found = Not found
audit-value-conflict = In conflict with the present state
audit-value-precondition-failed = Changed in the meantime
audit-value-precondition-required = Did not say which version to change
audit-value-payload-too-large = Too much at once
export-open = Export CSV …
export-title = Export the audit log
export-text =
    { $days ->
        [one] A CSV file with the eight documented columns, for the log of partners and roles. Days are in UTC, the first and the last included, and at most { $days } day ago.
       *[other] A CSV file with the eight documented columns, for the log of partners and roles. Days are in UTC, the first and the last included, and at most { $days } days ago.
    }
export-from = First day
export-to = Last day
export-separator = Separator
export-separator-hint = What your spreadsheet splits at: a comma where decimals have a point, a semicolon where they have a comma, as in German.
separator-comma = Comma
separator-semicolon = Semicolon
export-save = Export
export-open-folder = Open folder
export-done =
    { $count ->
        [one] { $count } record was saved to:
       *[other] { $count } records were saved to:
    }

columns = Columns
column-narrower = { $name }: narrower
column-wider = { $name }: wider
columns-reset = Reset columns

# Bulk actions
bulk-bar = What is selected
bulk-selected = { $number } selected ({ $customers })
bulk-customers =
    { $count ->
        [one] { $count } customer
       *[other] { $count } customers
    }
bulk-left =
    { $count ->
        [one] { $count } of them is no longer in this list
       *[other] { $count } of them are no longer in this list
    }
bulk-all = Select all { $number } that match
bulk-range-left = Nothing was selected: a row at one end of the range is no longer in the list. Press a row without Shift to begin anew.
bulk-too-many = { $number } match: at most { $most } can be selected at once. Narrow the filter.
bulk-close = Close
bulk-mark-read = Mark as read
bulk-clear = Clear selection
bulk-snooze-title =
    { $count ->
        [one] Snooze { $count } incident
       *[other] Snooze { $count } incidents
    }
bulk-close-title =
    { $count ->
        [one] Close { $count } incident
       *[other] Close { $count } incidents
    }
bulk-to-plan = Go on to the plan
bulk-plan-title =
    { $count ->
        [one] { $action }: { $count } incident
       *[other] { $action }: { $count } incidents
    }
bulk-start =
    { $count ->
        [one] { $action } ({ $count } incident)
       *[other] { $action } ({ $count } incidents)
    }
bulk-plan-title-rooms =
    { $count ->
        [one] { $action }: { $count } room
       *[other] { $action }: { $count } rooms
    }
bulk-start-rooms =
    { $count ->
        [one] { $action } ({ $count } room)
       *[other] { $action } ({ $count } rooms)
    }
bulk-suppress-title =
    { $count ->
        [one] Suppress { $count } room
       *[other] Suppress { $count } rooms
    }
bulk-suppress-hint = The rooms raise no incidents meanwhile, and their open ones are out of sight.
bulk-group-one = Select rooms of one customer only: a room group belongs to one
bulk-approves = These become requests: the customer approves them first.
bulk-may-approve = The customer may have to approve this first.
bulk-nothing = It can be done at none of them.
bulk-no-undo = It cannot be undone.
bulk-left-out = { $number } not: { $why }
bulk-run-title = { $action }
bulk-undo-title = Undo: { $action }
bulk-progress = Progress
bulk-running = { $done } of { $total } done …
bulk-stopped = Stopped: { $done } of { $total } done
bulk-some-done = { $done } of { $total } done
bulk-all-done =
    { $count ->
        [one] { $count } done
       *[other] All { $count } done
    }
bulk-count-refused = { $number } not done
bulk-count-requested = { $number } asked for: the customer has to approve them
bulk-count-waiting = { $number } kept, and sent as soon as that is possible
bulk-count-to-do = { $number } not begun
bulk-row-to-do = Not begun
bulk-row-under-way = Under way
bulk-row-refused = Not done: { $why }
bulk-row-done = Done
bulk-row-requested = Asked for: waits for the customer’s approval
bulk-room-unnamed = a room
bulk-rows-hidden = { $number } more
bulk-stop = Stop
bulk-go-on = Go on
bulk-go-on-over-all = Choose all customers first: it may be at several of them.
bulk-unfinished = { $action }: { $number } of { $total } were not begun when the app was closed or another action was started.
bulk-unfinished-undo = Undoing “{ $action }”: { $number } of { $total } were not begun when the app was closed or another action was started.
bulk-forget = Forget
bulk-take-back = Take back what waits
bulk-undo = Undo { $number }
bulk-undo-waits = Some of it waits to be sent: undo it afterwards, or discard that under “Not sent yet”.
bulk-keep = Keep { $number } not done selected
bulk-close-run = Close
bulk-why-not-here = no longer here
bulk-why-locked = the customer’s data can only be read on line
bulk-why-no-right = you have no right to change incidents there
bulk-why-no-right-rooms = you have no right to do that with rooms there
bulk-why-suppressed-already = suppressed already
bulk-why-not-suppressed = not suppressed
bulk-why-enrolled-already = enrolled already
bulk-why-inactive = resolved or closed already
bulk-why-of-signal = raised by a signal, resolved once that is healthy
bulk-why-claimed-already = claimed by you already
bulk-why-claimed-by = { $who } works on it
bulk-why-not-claimed = not claimed by you
bulk-why-snoozed-already = snoozed already
bulk-why-not-snoozed = not snoozed
bulk-why-snoozed-with = suppressed with its signal or its room: lift that
bulk-why-read-already = nothing unread
bulk-why-unsent = something before it has not been sent yet
bulk-why-end-passed = the end that you chose has passed
bulk-why-changed = somebody changed it meanwhile
bulk-why-discarded = discarded before it was sent

# Saved views
view-count =
    { $count ->
        [one] { $count } incident
       *[other] { $count } incidents
    }
view-count-least =
    { $count ->
        [one] at least { $count } incident
       *[other] at least { $count } incidents
    }
view-count-rooms =
    { $count ->
        [one] { $count } room
       *[other] { $count } rooms
    }
view-count-rooms-least =
    { $count ->
        [one] at least { $count } room
       *[other] at least { $count } rooms
    }
view-save = Save view…
view-save-title = Save this filter as a view
view-submit = Save view
view-name = Name
view-name-hint = It is saved for you, on all your desks, over all customers: { $filter }
view-name-invalid = A name has 1 to { $most } characters and no line breaks.
view-not-understood = Part of the filter is not understood: correct it first.
view-saved = “{ $name }” is saved. It stands in the navigation, under { $page }.
view-too-long = With what the list is about, the filter is longer than { $most } characters: shorten it first.
view-renamed = It is called “{ $name }” now.
view-moved = “{ $name }” is moved.
view-filter = Filter
view-deleted = “{ $name }” is deleted.
view-update = Update view “{ $name }”
view-menu = View: { $name }
view-rename = Rename…
view-rename-title = Rename “{ $name }”
view-up = Move up
view-down = Move down
view-first = It is the first already.
view-last = It is the last already.
view-delete = Delete…
view-delete-title = Delete the view “{ $name }”?
view-delete-name = Delete { $name }
view-delete-text = It is deleted on all your desks. What it finds stays as it is.
palette-view = View
search-names = Names that it can become

settings-page = Settings
settings-general = General
settings-keys = Enrolment keys
settings-signals = Signals
settings-choose-text = Settings belong to one customer. Choose it in the list above.
settings-no-right-title = You may not see this
settings-no-right-text = Your role at { $name } does not cover these settings. Its administrators give that right.
settings-read-only = Only users of { $name } itself with the right to change its settings change this.
settings-saved = Saved.
own-domains = Verified domains of { $name }:
own-domains-none = none
domains = Domains
region = Region
region-unknown = Not stated
region-eu = European Union
region-apac = Asia-Pacific
region-us = United States
mail-language = Language of mail
mail-language-en = English
mail-language-de = Deutsch
contacts = Notification contacts
contacts-text = Whom this organisation wants notified. They need no account here.
contacts-none = There are no contacts yet.
contacts-full = There are { $most } contacts already. Remove one first.
contact-new = Add contact
contact-new-title = Add a contact of { $name }
contact-edit-title = Edit a contact of { $name }
contact-first = First name
contact-last = Last name
contact-email = E-mail address
contact-save = Save contact
contact-saved = { $who } is saved.
contact-incomplete = Enter both names and an e-mail address
contact-remove-short = Remove
contact-remove = Remove { $who }
contact-remove-title = Remove { $who } from the contacts of { $name }?
contact-remove-text = No more mail goes there. What was sent stays sent.
contact-removed = { $who } is removed.
contact-mail = Mail to contacts
contact-mail-text = Contacts hear by mail when
mail-acceptance = a partner accepts an invitation
mail-roles = roles of a partner, or who holds them, change
mail-removal = the relationship with a partner ends
enrolment-keys-text = A device enrols by a key of its customer. Download it as the file that the installer brings along: the key is in that file alone, and shown nowhere. There are { $most } at most; the oldest by which nothing came within a week makes room.
keys-none = There are no keys that you may see.
key-download = Download key
key-download-no-right = Only users of { $name } itself with the right to download keys for all its rooms do that.
key-reset = Reset keys …
key-reset-no-right = Only users of { $name } itself with the right to reset keys do that.
key-reset-title = Reset the enrolment keys of { $name }?
key-reset-action = Reset keys of { $name }
key-reset-text = All keys end at once, also those of rooms that wait for their devices, and a new one is saved. Rooms that are enrolled go on. Installers need the new file.
key-issued = { $moment }, { $who }
key-by-operator = the operator of the service
key-unused = Not used yet
key-used = { $count ->
    [one] 1 room came by it, last used { $ago }
   *[other] { $count } rooms came by it, last used { $ago }
 }
key-saved = The file with the key is saved. Whoever has it can enrol devices: hand it on with care, and delete it afterwards.
signals-text = A signal that is off raises no incidents in any room. Switching it off closes what is open of it; switching it on again reopens nothing.
search-signals = Search signals
signals-no-match = No signal has these words in its name, category or severity.
signals-reset = Reset to default
signals-reset-title = Reset the signals of { $name } to default?
signals-default = All signals are as they are by default.
signals-were-reset = All signals raise incidents again.
column-signal = Signal
signal-poll = Read every
signal-watch = Watched for
signal-open = Open
signal-raises = Raises incidents
signal-on = On
signal-off = Off
signal-disable = Disable
signal-enable = Enable
signal-disable-title = Disable { $signal } at { $name }?
signal-disable-action = Disable { $signal }
signal-disable-text = { $count ->
    [0] None of its incidents is open. No new ones are raised in any room.
    [one] 1 open incident is closed, and no new ones are raised in any room. Enabling the signal again does not reopen it.
   *[other] { $count } open incidents are closed, and no new ones are raised in any room. Enabling the signal again reopens none of them.
 }
signal-disable-unknown = All its open incidents are closed, also those that you do not see, and no new ones are raised in any room.
signal-disabled = { $signal } is off.
signal-enable-title = Enable { $signal } at { $name }?
signal-enable-action = Enable { $signal }
signal-enable-text = No incident is reopened. A failure that is reported from now on raises one.
signal-enabled = { $signal } is on.
minutes-count = { $count ->
    [0] –
    [one] 1 min
   *[other] { $count } min
 }
awaits-device = Waiting for its device
room-new = Create room
room-new-title = Create a room at { $name }
room-new-text = The room is there from now on and waits for its device. Then download its key: the device that enrols by it becomes this room.
room-new-action = Create room
room-new-incomplete = Enter a name, a time zone and an account
room-account-hint = The room account’s sign-in name, such as room7@contoso.com
room-created = The room waits for its device. Download its key for the installer.
room-key = Download key
room-cancel = Cancel room
room-cancel-title = Cancel { $room } of { $name }?
room-cancel-action = Cancel { $room }
room-cancel-text = The room leaves all lists, and its key opens nothing any more.
room-cancelled = { $room } is cancelled.
history-switched-off = Signal switched off for the whole customer
audit-category-Settings = Settings
audit-field-contacts = Contacts
audit-field-key = Key
audit-field-mail = Mail to contacts
audit-field-mailLanguage = Language of mail
audit-field-signalsOff = Signals that are off
field-settings-beyond-reach = This concerns the customer as a whole: only its own users with the right over all its rooms do it.
field-keys-too-many = There are 20 keys, all in use or new. Reset them to begin anew.
field-contacts-too-many = At most 20 contacts. Remove one first.
field-email-invalid = An e-mail address such as it@contoso.com.
field-email-taken = Another contact has this e-mail address.
field-account-invalid = The sign-in name of a room account, such as room7@contoso.com.
field-account-taken = Another room waits for the device of this account. Cancel that one first, or use another account.
field-room-waits = The room waits for its device. Enrol it once its device has come.
field-room-has-device = The room has its device already.
bulk-why-awaits-device = waits for its device
room-signals-off = Off for the whole customer, so that they raise nothing here: { $names }
room-create-own-users = Only users of { $name } itself create rooms ahead of their devices.
# Reports (R91–R99, A22)

reports = Reports
report-tab-overview = Overview
report-tab-health = Health
report-tab-usage = Usage
report-period = Period
report-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
report-group = Rooms in the report
report-all-rooms = All rooms
report-shape = Show as
report-chart = Chart
report-table = Table
report-print = Print …
report-csv = Rooms as CSV
report-json = Incidents as JSON
report-saved =
    { $count ->
        [one] { $count } entry was saved to:
       *[other] { $count } entries were saved to:
    }
report-choose-text = Reports belong to one customer. Choose it in the list above.
report-no-right-title = You may not view reports here
report-no-right-text = Your role for { $name } does not include viewing reports. Ask a primary admin of that customer.
report-empty-title = No rooms to report on
report-empty-text = Reports are over managed rooms. Rooms that are being onboarded are left out.
report-group-empty-title = No rooms in this group
report-group-empty-text = You see no managed room in it. Choose another group, or all rooms.
report-percent = { $percent }%
report-over = { $name }, { $from } – { $to }
report-of = { $part } of { $whole }
report-hours-of = { $part } of { $whole } h
report-room-days = { $part } of { $whole } room days
report-nothing = Nothing to measure yet
report-healthy = Healthy
report-healthy-rooms = Healthy rooms
report-healthy-days = Healthy days
report-troubled = Minutes of trouble
report-utilisation = Utilisation
report-booked = Booked
report-online = Booked online
report-calls = Good calls
report-day = Day
report-history = Health of the last 90 days
report-health-days = Healthy rooms by day
report-health-text = A room is unhealthy on a day with more than 20 minutes of Critical or Important incidents between 05:00 and 21:00 its time. Days are in UTC.
report-usage-days = Utilisation by day
report-usage-text = Booked time of eight hours a day. Days are those where the room is.
report-categories = Incidents by category
report-categories-text = Incidents that were active at some time of the period.
report-category = Category
report-held = Incidents by who held them
report-held-text = A day counts for the side that held the incident for most of it.
report-helpdesk = Helpdesk
report-service = Service
report-impact = Meetings that met an incident
report-impact-text = Booked meetings during which a Critical or Important incident was open in their room.
report-impact-none = No booked meeting met an incident in this period.
report-impact-more = The newest { $shown } of { $count } are shown.
report-start = Start
report-end = End
report-day-healthy = { $day }: { $percent } healthy, { $of } rooms
report-day-none = { $day }: not measured
report-day-used = { $day }: { $percent } of eight hours booked
report-day-held = { $day }: helpdesk { $helpdesk }, service { $service }
report-category-audio = Audio
report-category-display = Display
report-category-peripherals = Peripherals
report-category-connectivity = Connectivity
report-category-versioning = Versioning
report-category-customer-reported = Customer reported
