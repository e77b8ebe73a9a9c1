
# Words of the reading room, in English. The same keys as in fr-room.ftl.

# Command
serve-password = { $path }: the password cannot be read; check the path and its permissions
serve-at = Reading room: { $address } (Ctrl-C to close)
serve-new = { $path }: a new dossier; reports are added in the browser or by ‘depeche add’

# Frame
room-skip = Skip to the content
room-sections = Sections
room-choices = Language and appearance
room-tools = The dossier
room-light = Light
room-dark = Dark
room-auto = As the system has it
room-search = Search
room-search-words = Words to search for
room-search-how = All words, in any form. "words in a row", -without, begin*.
room-json = This page as JSON
room-read-only = read only
room-leave = Leave
room-back = Back to the first page
room-login = Enter
room-password = Password
room-enter = Enter

# Sections
room-today = Today
room-actors = Actors
room-reports = Reports

# Today
room-period = Reports published from { $first } to { $last }.
room-behind = The dossier does not yet show all that it keeps; ‘depeche rebuild’ brings it up to date.
room-behind-judgements = { $n ->
    [one] A judgement is recorded that this page does not show yet.
   *[other] { $n } judgements are recorded that this page does not show yet.
  }
room-behind-works = The dossier is being worked out anew; until then pages show it as it was.
room-behind-failed = The dossier could not be worked out anew, and shows what it showed before. The next judgement tries again
room-behind-rests = The program that recorded it works it in, else ‘depeche rebuild’ does.
room-behind-which = Which
room-empty = This dossier is empty. Add reports here, or by ‘depeche add’.
room-all-contacts = All contacts
room-news-statuses = { $n ->
    [one] { $n } contact changed its status
   *[other] { $n } contacts changed their status
  }
room-news-contacts = { $n ->
    [one] { $n } new contact
   *[other] { $n } new contacts
  }
room-news-contradictions = { $n ->
    [one] { $n } new contradiction
   *[other] { $n } new contradictions
  }
room-news-reports = { $n ->
    [one] { $n } new report
   *[other] { $n } new reports
  }
room-news-nothing = Nothing is new since then.
room-news-more = Some are not listed here; ‘depeche changes’ has all.
room-news-spans = Since when
room-news-since = Added or changed since { $day }:
room-news-all-time = Everything in the dossier:
room-news-before = Before:
room-span-day = the last day
room-span-week = a week
room-span-month = a month
room-span-all = from the beginning
room-all-contradictions = All contradictions
room-all-reports = All reports

# Lists
room-filters = Filters
room-filter = Filter
room-all = Show all
room-any = any
room-brush = Drag over the picture to choose a period.
room-list = List
room-pages = Pages
room-before = ← before
room-after = next →
room-page-empty = This page is empty; the list is shorter.
room-side = Side
room-actor = Person
room-kind = Kind
room-status = Status
room-act = Act
room-since = Since
room-until = Until
room-least = Origins, at least
room-most = Origins, at most
room-outlet = Outlet
room-topic = Words
room-name = Name
room-title = Title
room-published = Published
room-language = Language
room-offices = Offices
room-also-written = Also written
room-contact = Contact
room-gap = Gap
room-cites = cited by
room-republishes = republished by
room-image = pictures
room-first-reports = First reports
room-actors-caption = People, those named most first
room-reports-caption = Reports by day of publication
room-origins-caption = Origins that reports name, those named most first
room-gaps-caption = What is missing, by contact
room-count-gaps = { $n ->
    [0] no gap
    [one] { $n } gap
   *[other] { $n } gaps
  }
room-count-origins = { $n ->
    [0] no origin
    [one] { $n } origin
   *[other] { $n } origins
  }
room-same-words = { $n ->
    [one] same words elsewhere
   *[other] same words in { $n } other statements
  }

# A contact, an actor, a report
room-about = about
room-accepted = accepted
room-ledger = What the sides say of it
room-history = History of the status
room-told = told
room-participants = Participants
room-accounts = Accounts
room-in-the-text = in the text
room-company = With whom
room-byline = Author
room-address = Address
room-captured = Captures
room-bytes = bytes
room-current = the one that counts
room-lineage = Same original text
room-legend = Marks
room-mark-contact = contact
room-mark-date = date
room-mark-place = place
room-mark-statement = statement
room-mark-origin = origin
room-text = Text of the report
room-text-cut = The text is longer; the page as JSON has all of it.
room-sure = confidence { $share }

# Judgements
room-judgements = Judgements
room-count-judgements = { $n ->
    [0] no judgement
    [one] { $n } judgement
   *[other] { $n } judgements
  }
room-count-waiting = { $n ->
    [one] Recorded, not shown yet: { $n } judgement
   *[other] Recorded, not shown yet: { $n } judgements
  }
room-judgements-none = Whatever a contact, a person, a report or a statement says can be judged on its page.
room-judgement = Judgement
room-judgement-recorded = Recorded.
room-judgement-works = The dossier is being worked out anew. You may go on: until then pages show it as it was.
room-judgement-shown = Recorded, and the dossier shows it.
room-judgement-undone = It was undone; the dossier no longer follows it.
room-judgement-against = Recorded, but the dossier does not follow it; below is why.
room-judgement-back = Back to where you were
room-judgement-all = All judgements
room-undo-waiting = its undoing is recorded
room-judged-waiting = Recorded, not shown yet
room-part = Not the same contact?
room-part-it = Another contact than the first account here
room-judge = Judge
room-judged = Judgements:
room-author = Who judges
room-reason = Reason
room-accept = Accept
room-reject = Reject
room-field = Field
room-value = New value
room-correct = Correct
room-other = The other: name or identifier
room-same = The same
room-not-same = Not the same
room-note = Remark
room-note-it = Note it
room-undo = Undo this judgement
field-kind = kind
field-status = status
field-date = date
field-place = place
field-sides = sides
field-name = name
field-gazetteer = identifier in the gazetteer
field-published = publication
field-outlet = outlet
field-title = title
field-act = act
field-speaker = speaker
fault-form-field = The field ‘{ $given }’ is empty or too long.
fault-other-several = ‘{ $given }’ is the name of several; choose one from the list or give its identifier.

# Adding
room-add = Add
room-add-files = Files
room-add-files-how = Pages, texts, messages, archives: .html, .txt, .md, .jsonl, .eml, .mbox, .warc, .mht
room-add-text = A text
room-add-limits = At most 200 files, 100 addresses and 64 MB at a time; more by ‘depeche add’. Reading may take some minutes.
room-added = What was added
room-added-new = New report
room-added-version = New version of
room-added-known = Already there
room-add-addresses = Addresses
room-add-addresses-how = Pages on the web, one address a line
room-add-no-fetch = This room fetches no addresses.
room-adding-waiting = Waiting: the dossier is being changed already.
room-adding-fetching = Fetching the addresses …
room-adding-reading = Reading …
room-adding-resolving = The dossier is being brought up to date …
room-adding-done = Done: the dossier shows what was added.
room-adding-failed = It could not be carried through; what is listed as added is kept.
room-adding-again = Look again
room-adding-today = See what changed
room-adding-more = Add more
room-added-more = And more, which are not listed here.
# Exports
room-export = Export
room-export-how = The whole dossier, for other programs. Files are made when they are asked for.
room-export-many = Dossiers of more than { $n } reports are exported by ‘depeche export’.
fault-export-many = The dossier is too large to be written as { $given } from here; ‘depeche export’ does it.
format-csv = Tables for spreadsheets
format-parquet = Tables for data tools (pandas, DuckDB, R), exact
format-jsonl = One JSON object a line, with everything
format-graphml = Who met whom, for graph programs
format-gexf = Who met whom over time, for Gephi
format-ical = Contacts as events of a calendar
format-timelinejs = Contacts for TimelineJS
format-timesketch = Contacts, statements and reports for Timesketch
format-ftm = Entities of FollowTheMoney, for Aleph
format-plover = Events as PLOVER has them
format-cameo = Events as CAMEO has them
format-jsonld = schema.org with Web Annotation
format-atom = A feed of what changed
format-markdown = The briefing as Markdown
format-html = The briefing as one page that stands alone
format-typst = The briefing for paper: footnotes on their pages, by Typst
format-svg = The timeline as a picture
format-obsidian = A folder of linked notes:
format-pdf = The briefing on paper:
found-inputs = { $n ->
    [one] { $n } input
   *[other] { $n } inputs
  }
found-failures = { $n ->
    [one] { $n } could not be read
   *[other] { $n } could not be read
  }
fault-add-nothing = There is neither a file nor an address nor a text.
fault-add-address = ‘{ $given }’ is no address of the web; it begins with https:// or http://.
fault-no-fetch = This room fetches no addresses.

# Network
room-network = Network
room-with-side = With
room-network-picture = Sides that contacts bring together: the thicker a line, the more contacts
room-matrix-caption = Contacts between sides, those with most
room-pairs-caption = Sides that contacts bring together
room-count-pairs = { $n ->
    [0] no pair of sides
    [one] { $n } pair of sides
   *[other] { $n } pairs of sides
  }
room-count-places = { $n ->
    [0] no place
    [one] { $n } place
   *[other] { $n } places
  }
room-count-pairs-people = { $n ->
    [0] no pair of people
    [one] { $n } pair of people
   *[other] { $n } pairs of people
  }
room-count-outlets = { $n ->
    [0] no outlet
    [one] { $n } outlet
   *[other] { $n } outlets
  }
room-quiet = { $n ->
    [one] { $n } day without a report
   *[other] { $n } days without a report
  }
room-network-sides = Sides
room-network-people = People
room-map = Map
room-people-picture = People whom contacts bring together: the thicker a line, the more contacts; the larger a disc, the more of them a person has
room-people-caption = People whom contacts bring together
room-last-on = last
room-map-picture = Places of contacts: the larger a disc, the more contacts
room-map-away = Places that the gazetteer does not know stand in the list alone.
room-places-caption = Places of contacts, those with most first
room-place = Place
room-held = Took place
room-coverage = Coverage
room-followed = Sources that are followed
room-outlets = Outlets
room-about-outlet = What it is
room-own = Own texts
room-own-how = Own texts are the first of their lineage and republish nobody.
room-first-published = First report
room-last-published = Last report
room-outlets-caption = Outlets, those with most reports first
room-no-outlet = without an outlet
room-months-caption = Reports by outlet and month of publication
room-acts-caption = Statements by act and month of publication
room-captured-from = captured from { $first } to { $last }
room-feeds-picture = Who takes from whom: the thicker a line, the more reports; dashed where most are whole texts
room-owner-state = owned by the state
outlet-agency = agency
outlet-newspaper = newspaper
outlet-broadcaster = broadcaster
outlet-site = site
outlet-platform = platform
outlet-photo-agency = agency for pictures
room-sides = Sides
room-last = Last day

# Faults
fault-title-unknown = Not found
fault-title-refused = Refused
fault-title-dossier = The dossier does not answer
fault-title-own = Fault of the program
fault-title-bad = Not understood
fault-unknown = There is nothing under ‘{ $given }’ in this dossier.
fault-unknown-advice = An identifier may have changed after a new reading or a merge; search by words or look through the lists.
fault-bad-advice = Mend the address, or start from a list without filters.
fault-query-long = The address has too many parameters.
fault-filter-unknown = There is no filter ‘{ $given }’.
fault-filter-many = Too many values for ‘{ $given }’.
fault-filter-label = ‘{ $given }’ is no possible value.
fault-filter-number = ‘{ $given }’ is no possible number here.
fault-filter-day = ‘{ $given }’ is no day, month or year such as 2025-08-06, 2025-08 or 2025.
fault-limit = A page shows at least one line and at most { $given }.
fault-unreadable = The request could not be read.
fault-missing = The dossier is no longer where it was.
fault-missing-advice = Put the file back, or start ‘depeche serve’ again with --dossier; then reload the page.
fault-busy = The dossier is busy.
fault-busy-advice = Another program writes to it, or too many pages are asked for at once; reload in a moment.
fault-full = No room is left on the disk.
fault-full-advice = Nothing was changed; make room and try again.
fault-read-only = The dossier or its folder may not be written to.
fault-read-only-advice = Change its permissions, or copy the dossier elsewhere.
fault-store = The dossier cannot be read ({ $given }).
fault-store-advice = ‘depeche check’ tells what is whole; put a sound copy in its place and reload.
fault-host = That host name is not the one of this room.
fault-origin = This form does not come from a page of this room.
fault-token = This form is too old or does not come from here.
fault-password = That is not the password.
fault-room-read-only = This room is read-only.
fault-forbidden-advice = Go back to the page where you were and reload it; the address of the room is the one that ‘depeche serve’ told.
fault-closed = You have to enter first.
fault-closed-advice = Give the password on the page /login.
fault-too-many = Too many wrong passwords.
fault-too-many-advice = Wait a minute.
fault-too-large = That is more than the room takes.
fault-too-large-advice = Add large files with ‘depeche add’.
fault-method = That cannot be done at this address.
fault-method-advice = Go back to a page of the room and use its links and buttons.
fault-own = Fault of the program ({ $given }).
fault-own-advice = Reload; if it happens again, report it with the address of the page.
