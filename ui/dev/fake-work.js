// What of the made-up engine is one's own work: saved views, the outbox, actions at many incidents, files, claims and snoozes, changes that wait.
(() => {
  const { state, asked, user, customers, rooms, incidents, outbox, commands, emit, fail, at, uuid, seen, isActive, HOUR, MINUTE, DAY } = window.fake;
  const off = state === 'offline';
  const number = (n) => incidents[n].incident.number, nameOf = (id) => customers.find((one) => one.id === id)?.displayName ?? null;
  const rowOf = (key) => incidents.find((row) => row.incident.number === key.number);
  const changed = (customer) => emit('data-changed', { generation: commands.get_generation(), customers: [customer] });
  const error = (kind, message, more = {}) => ({ kind, message, retryable: false, fields: [], ...more });

  // Whom others work on, and what is out of sight.
  const open = incidents.filter(isActive);
  const claim = (row, holder, name, minutes) => row && (row.incident.claim = { holder, name, until: at(-minutes * MINUTE) });
  claim(open[1], user.id.userId, user.displayName, 12);
  claim(open[2], uuid('9e09', 6), 'Konstantin von und zu Hohenlohe-Schillingsfürst', 4);
  for (const [n, by, until] of [[4, 'incident', at(-3 * DAY)], [6, 'room', null]]) {
    if (open[n]) Object.assign(open[n].incident, { snooze: { by: 'Jonas Weber', reason: 'Umbau im dritten Stock bis Monatsende, Techniker sind bestellt', since: at(5 * HOUR), until }, snoozedBy: by });
  }

  const VIEWS = [['Kritisch und ungelesen', 'sev:critical is:unread'], ['Meine', 'is:mine'], ['Alte Warnungen der Liegenschaften im Schwarzwald-Baar-Kreis und im Landkreis Konstanz', 'sev:warning age:>30d'], ['Displays', 'cat:display'], ['Konferenzräume unten', 'room:ug'], ['Contoso Ost', 'cust:contoso room:isar']];
  let views = asked.get('views') === 'none' ? [] : (asked.get('names') ? window.fake.hostile.map((name) => [name.slice(0, 80), 'sev:critical']) : VIEWS)
    .map(([name, filter], n) => ({ id: uuid('71e7', n + 1), name, page: 'incidents', filter, version: 1 }));
  Object.assign(commands, {
    list_views: () => views,
    count_incidents: ({ filters }) => ({ counts: filters.map((_, n) => ([3, 1, 1204, 17, null][n % 5])).map((count) => count === null ? null : { count, atLeast: false }), generation: 1 }),
    save_filter: ({ id, version, view: { position, ...view } }) => {
      if (off) fail('offline', 'the service cannot be reached', true);
      const known = views.find((one) => one.id === id);
      if (state === 'meddled' && known && known.version === version) { Object.assign(known, { version: version + 1, filter: 'sev:important is:unread' }); fail('stale', 'it changed in the meantime'); }
      if (views.some((one) => one.id !== id && one.name === view.name)) fail('conflict', 'name: there is a view of this name already');
      const saved = { id, ...view, version: (version ?? 0) + 1 };
      const place = position ?? (known ? views.indexOf(known) : views.length);
      views = views.filter((one) => one.id !== id);
      views.splice(place, 0, saved);
      emit('data-changed', { generation: commands.get_generation(), customers: [] });
      return saved;
    },
    delete_view: ({ key }) => { views = views.filter((one) => one.id !== key); emit('data-changed', { generation: commands.get_generation(), customers: [] }); return null; },
  });

  // One of each kind, and what can go wrong with them.
  if (state === 'outbox' && incidents.length) {
    const one = (n, work, more = {}) => outbox.push({ form: uuid('0b0c', n), customer: customers[0].id, customerName: customers[0].displayName, work, at: at(n * 7 * MINUTE), failure: null, rooms: [], ...more });
    const recorded = incidents.findIndex((row) => row.incident.type === 'customer_reported' && isActive(row));
    const edited = incidents[Math.max(recorded, 0)];
    edited.incident.version = 5;
    const long = 'Seit heute früh hört uns niemand mehr, obwohl die Anzeige des Mikrofons grün ist. Neustart der Konsole ohne Erfolg; die Kabel wurden nachgesteckt, das zweite Gerät im Nebenraum zeigt dasselbe.';
    one(1, { do: 'record', new: { description: long, rooms: [rooms[0].id], highImpactReason: 'Aufsichtsratssitzung um 14 Uhr' } }, { rooms: [{ id: rooms[0].id, name: rooms[0].displayName }] });
    one(2, { do: 'message', number: number(0), new: { text: 'Techniker ist unterwegs.', assignTo: 'service' } });
    one(3, { do: 'close', number: edited.incident.number, version: 4, change: { reason: 'physical_issue', comment: 'Kabel getauscht' } }, { failure: error('stale', 'it changed'), customerName: edited.customerName, customer: edited.incident.customerId });
    one(4, { do: 'edit', number: edited.incident.number, version: 4, was: { description: 'Nobody can hear the remote participants', rooms: edited.incident.rooms, highImpactReason: null }, change: { description: long, highImpactReason: 'Board meeting at noon' } }, { failure: error('stale', 'it changed'), customerName: edited.customerName, customer: edited.incident.customerId });
    one(5, { do: 'changeRoom', room: rooms[0].id, version: 1, was: { displayName: 'Isar', capacity: 6, timezone: 'Europe/Berlin' }, seen: null, change: { displayName: 'Isar Ost', capacity: 12 } }, { failure: error('stale', 'it changed') });
    one(6, { do: 'claim', number: number(1), claim: { takeOver: false } });
    one(7, { do: 'snooze', number: number(2), snooze: { reason: 'Umbau bis Freitag', until: at(-4 * DAY) } });
    one(8, { do: 'enrolRoom', room: rooms[9].id, name: rooms[9].displayName }, { failure: error('conflict', 'The room is not onboarding') });
    one(9, { do: 'message', number: number(3), new: { text: 'x'.repeat(90) } }, { failure: error('invalid', 'text: at most 10,000 characters', { fields: [{ pointer: '#/text', code: 'too-long', detail: 'at most 10,000 characters' }] }) });
    one(10, { do: 'message', number: number(3), new: { text: 'Danach noch etwas.' } });
    one(11, { do: 'message', number: number(5), new: { text: 'Ohne Namen.' } }, { customerName: null });
    one(13, { do: 'snooze', number: number(6), snooze: { reason: 'Waits for parts', until: at(-2 * DAY) } }, { failure: error('may_be_done', 'tried long ago') });
    one(14, { do: 'suppress', room: rooms[1].id, signal: null, name: rooms[1].displayName, was: { suppression: null }, seen: null, suppress: { reason: 'Umbau im dritten Stock', until: at(-3 * DAY) } });
    one(15, { do: 'suppress', room: rooms[2].id, signal: { signal: 'display_front_of_room', instance: 'Display 2' }, name: rooms[2].displayName, was: { suppression: null }, seen: null, suppress: { reason: 'Wartet auf Teile', until: at(HOUR) } }, { failure: error('invalid', 'until: it has passed', { fields: [{ pointer: '#/until', code: 'snooze-end-invalid', detail: 'It has passed.' }] }) });
    one(12, { do: 'words', text: 'Kabel getauscht, bitte prüfen' }, { customer: null, customerName: null, failure: error('not_found', 'gone') });
  }
  const worked = (row) => { changed(row.incident.customerId); return { is: 'done', answer: { number: row.incident.number, version: row.incident.version } }; };
  const first = commands.do_work;
  Object.assign(commands, {
    renew_claim: () => null,
    do_work: (item) => {
      const { customer, work } = item;
      const row = work.number && rowOf(work);
      const known = work.room && rooms.find((room) => room.id === work.room);
      if (off || !['claim', 'snooze', 'edit', 'changeRoom', 'enrolRoom', 'suppress'].includes(work.do)) return first(item);
      switch (work.do) {
        case 'claim': row.incident.claim = work.claim ? { holder: user.id.userId, name: user.displayName, until: at(-15 * MINUTE) } : undefined; return worked(row);
        case 'snooze': Object.assign(row.incident, work.snooze ? { snooze: { by: user.displayName, since: at(0), until: null, ...work.snooze }, snoozedBy: 'incident' } : { snooze: undefined, snoozedBy: undefined }); return worked(row);
        case 'edit': return { is: 'done', answer: commands.edit_issue({ key: { customerId: customer, number: work.number }, version: work.version, change: work.change }) };
        case 'changeRoom': return { is: 'room', answer: commands.change_room({ key: known, change: work.change }) };
        case 'suppress':
          if (!work.signal) Object.assign(known, work.suppress ? { health: 'suppressed', suppression: { by: user.displayName, since: at(0), until: null, ...work.suppress } } : { health: 'healthy', suppression: undefined });
          changed(customer);
          return { is: 'room', answer: { done: {} } };
        default: commands.enrol_room(known); return { is: 'room', answer: { done: {} } };
      }
    },
  });

  // Actions at many incidents.
  let run = null, order = null;
  const LEFT = [{ why: 'claimedBy', who: 'Konstantin von und zu Hohenlohe-Schillingsfürst' }, { why: 'ofSignal' }, { why: 'locked' }, { why: 'noRight' }, { why: 'unsent' }];
  const customerOf = (about) => (about.room ?? about.incident).customerId;
  const planOf = () => {
    const by = Object.entries(Object.groupBy(order.targets, customerOf));
    return by.map(([id, under], n) => { const out = n % 3 === 2 ? under.length : n % 3 ? 1 : 0; return { id, displayName: nameOf(id), will: under.length - out, approves: [false, true, undefined][n % 3], leftOut: out ? [{ reason: LEFT[n % LEFT.length], count: out }] : [] }; });
  };
  Object.assign(commands, {
    match_incidents: (query) => { const { rows, matches } = commands.list_incidents({ ...query, byCategory: false, offset: 0, limit: 5000 }); return { keys: rows.map(({ incident }) => ({ customerId: incident.customerId, number: incident.number })), matches }; },
    match_rooms: (query) => { const { rows, total } = commands.list_rooms({ ...query, offset: 0, limit: 5000 }); return { keys: rows.map(({ room }) => ({ customerId: room.customerId, id: room.id })), matches: total }; },
    count_selected: ({ keys }) => keys.length,
    count_selected_rooms: ({ keys }) => keys.length,
    plan_bulk: (asked) => { order = asked; return { id: uuid('b01c', 1), customers: planOf(), waits: off }; },
    steer_bulk: ({ step }) => {
      const all = order.targets.length;
      if (step === 'start' || step === 'undo') {
        const states = [{ is: 'refused', reason: LEFT[0] }, { is: 'refused', reason: { why: 'failed', error: error('invalid', 'reason: at most 200 characters') } }, { is: 'refused', reason: { why: 'changed' } }, { is: 'waiting' }];
        const ofRooms = ['suppress', 'lift', 'enrol'].includes(order.action.do);
        if (ofRooms) states.push({ is: 'requested' });
        const rows = order.targets.map((about, n) => ({ about, name: ofRooms ? rooms.find((room) => room.id === about.room.id)?.displayName ?? null : null, customerName: nameOf(customerOf(about)), state: states[n] ?? { is: 'done' } }));
        const of = (is) => rows.filter((row) => row.state.is === is).length;
        run = { id: uuid('b01c', 1), action: order.action, undoes: step === 'undo', state: state === 'slow' ? 'running' : 'ended', counts: { all, toDo: 0, underWay: 0, waiting: of('waiting'), refused: of('refused'), done: of('done'), requested: of('requested') }, notDone: of('refused'), undoable: step === 'undo' ? 0 : of('done'), rows };
      }
      emit('bulk-changed', null);
      return null;
    },
    get_bulk: () => run,
    close_bulk: () => { run = null; emit('bulk-changed', null); return []; },
  });

  // Files of incidents.
  const file = (n, fileName, fileType, size, more = {}) => ({ id: uuid('a77a', n), fileName, size, date: at(n * HOUR), state: 'ready', fileType, sha256: '0'.repeat(64), author: 'Jonas Weber', ...more });
  const names = asked.get('names') ? window.fake.hostile.slice(0, 12) : [];
  const files = [file(1, 'IMG_2041.jpeg', 'jpeg', 3_411_022), file(2, 'Konsole-2026-11-29T08-14-22-Ereignisprotokoll-vollständig-exportiert-von-MTR-BER-004.evtx', 'evtx', 18_220_110), file(3, 'Ton.mp4', 'mp4', 48_000_000, { state: 'uploading', fileType: undefined }), ...names.map((name, n) => file(10 + n, `${name.slice(0, 150)}.log`, 'text', 88))];
  const transfers = (incident) => (state === 'transfers' ? [
    ['up', 'Ton.mp4', 'moving', 48_000_000, 21_000_000], ['up', 'Protokoll.zip', 'waiting', 9_000_000, 4_000_000], ['up', 'Bildschirmfoto.heic', 'reading', 5_200_000, 1_000_000], ['up', 'setup.exe', 'failed', 3000, 0, error('invalid', 'fileName: not a kind of file that can be added', { fields: [{ pointer: '#/fileName', code: 'unknown-file-type', detail: 'not a kind of file that can be added' }] })], ['down', 'IMG_2041.jpeg', 'failed', 3_411_022, 3_411_022, error('file_damaged', 'not what was sent')], ['down', 'Protokoll.evtx', 'done', 1000, 1000],
  ].map(([direction, fileName, state, size, done, failure], n) => ({ form: uuid('f11e', n + 1), incident, direction, attachment: null, fileName, size, done, state, failure: failure ?? null })) : []);
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const whole = commands.get_incident;
  Object.assign(commands, {
    get_transfers: transfers,
    get_waiting_files: () => (['transfers', 'outbox'].includes(state) && incidents.length ? [
      [0, 'Ton.mp4', 'moving', 48_000_000, 21_000_000],
      [0, 'Bildschirmfoto.heic', 'reading', 5_200_000, 1_000_000],
      [1, 'Konsole-2026-11-29T08-14-22-Ereignisprotokoll-vollständig-exportiert-von-MTR-BER-004.evtx', 'failed', 18_220_110, 0, error('conflict', 'an incident has at most 20 files', { fields: [{ pointer: '#/fileName', code: 'files-too-many', detail: 'an incident has at most 20 files' }] })],
      [1, 'Protokoll.zip', 'failed', 9_000_000, 4_000_000, error('may_be_done', 'tried long ago')],
      [null, 'Meine Notizen.pdf', 'failed', 90_000, 0, error('not_found', 'gone')],
    ].map(([of, fileName, state, size, done, failure], n) => {
      const row = of === null ? null : incidents[of];
      return { form: uuid('f11e', n + 1), incident: row && { customerId: row.incident.customerId, number: row.incident.number }, customerName: row && row.customerName, fileName, size, done, at: at(n * 7 * MINUTE), state, held: false, failure: failure ?? null };
    }) : []),
    cancel_transfer: () => null,
    open_upload: () => null,
    add_to_upload: () => null,
    save_attachment: () => (off ? fail('offline', 'the service cannot be reached', true) : { path: '/home/aenne/Downloads/IMG_2041.jpeg' }),
    show_attachment: () => (off ? fail('offline', 'the service cannot be reached', true) : { mediaType: 'image/png', base64: pixel }),
    get_incident: (key) => {
      const answer = whole(key), { row } = answer.incident;
      const more = row.snooze ? [{ at: row.snooze.since, kind: 'snoozed', by: row.snooze.by }] : [];
      const long = Array.from({ length: 40 }, (_, n) => ({ at: at((n + 10) * DAY), kind: ['deactivated', 'activated', 'escalated', 'taken_over'][n % 4], by: n % 4 === 3 ? 'Jonas Weber' : undefined }));
      return { ...answer, incident: { ...answer.incident, attachments: answer.incident.attachments ?? files, history: [...more, ...answer.incident.history, ...long] } };
    },
    get_incident_events: () => (off ? fail('offline', 'out of reach', true) : seen({ events: commands.get_room_events({ id: rooms[0].id }).value.items })),
  });

  // What waits for customers' approval.
  const request = (n, customer, change, event, more = {}) => ({
    request: { id: uuid('4e9f', n), customerId: customer.id, customerName: customer.displayName, partnerId: user.tenant.id, partnerName: user.tenant.displayName, event, change, requestedBy: { id: user.id.userId, kind: 'user', displayName: 'Jonas Weber', upn: 'weber@meridian.example' }, requestedAt: at(n * 9 * HOUR), state: 'pending', decidedAt: null, version: 1 }, ...more,
  });
  const waiting = customers.length < 3 || state === 'well' ? [] : [
    request(1, customers[0], { action: 'change_room', room: rooms[0].displayName, fields: [{ field: 'name', before: 'Isar (4)', after: 'Isar Ost' }, { field: 'capacity', before: '4', after: '12' }, { field: 'timezone', before: 'Europe/Berlin', after: 'Europe/Vienna' }] }, 'rooms.modify', { roomId: rooms[0].id }),
    request(2, customers[0], { action: 'suppress_room', room: rooms[0].displayName, fields: [{ field: 'suppressed', before: 'no', after: at(-3 * DAY) }, { field: 'reason', after: 'Umbau im dritten Stock' }, { field: 'signal', after: 'display_front_of_room Display 2' }] }, 'rooms.suppress', { roomId: rooms[0].id, signal: 'display_front_of_room', instance: 'Display 2' }),
    request(3, customers[2], { action: 'create_role', role: 'Techniker vor Ort für die Liegenschaften im Schwarzwald', gains: ['Priya Natarajan', 'Konstantin von und zu Hohenlohe-Schillingsfürst'], permissions: ['rooms.view', 'tickets.view', 'tickets.update'], rooms: 12 }, 'roles.modify'),
    request(5, customers[customers.length - 1], { action: 'lift_suppression', room: 'Großer Sitzungssaal Nord', fields: [{ field: 'suppressed', before: 'yes', after: 'no' }] }, 'rooms.suppress', { roomId: rooms[13].id }),
    request(9, customers[2], { action: 'change_assignment', role: 'Primary admins', assignment: 'Assigned Admins', gains: ['Tom Baker'], loses: ['Jonas Weber'] }, 'roles.modify'),
  ];
  Object.assign(commands, {
    get_waiting_requests: () => (off ? fail('offline', 'the service cannot be reached', true) : waiting),
    get_requests_at: (id) => seen(waiting.filter((one) => one.request.customerId === id)),
  });
})();
