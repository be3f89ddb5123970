// Stands in for the engine while one looks at the screens: see README.md beside this file. Everything here is made up.
(() => {
  const asked = new URLSearchParams(location.search);
  const state = asked.get('state') ?? '';
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const pick = (list) => list[Math.floor(random() * list.length)];
  const uuid = (kind, n) => `018f${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  const MINUTE = 60e3, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const at = (ago) => new Date(Date.now() - ago).toISOString();

  const SIGNALS = {
    sign_in_exchange: ['account_management', 'critical'], sign_in_teams: ['account_management', 'critical'],
    calendar_sync: ['account_management', 'critical'], meeting_app_heartbeat: ['os_firmware_apps', 'critical'],
    camera_room: ['hardware', 'important'], hdmi_ingest: ['display', 'important'], low_disk_space: ['os_firmware_apps', 'important'],
    conferencing_microphone: ['hardware', 'important'], conferencing_speaker: ['hardware', 'important'],
    display_front_of_room: ['display', 'important'], display_console: ['display', 'important'], offline: ['connectivity', 'important'],
    windows_update_reset: ['os_firmware_apps', 'important'], camera_default: ['configuration', 'warning'],
    default_speaker: ['configuration', 'warning'], app_version: ['os_firmware_apps', 'warning'], os_version: ['os_firmware_apps', 'warning'],
    nightly_reboot_disabled: ['configuration', 'warning'], default_credentials: ['security', 'warning'],
    wifi_strength: ['connectivity', 'warning'], os_activation: ['os_firmware_apps', 'recommended'], connected_by_wifi: ['connectivity', 'recommended'],
  };
  const NAMES = ['Adatum', 'Alpine Ski House', 'Bellows College', 'Best For You Organics', 'City Power & Light', 'Coho Vineyard', 'Contoso', 'Fabrikam', 'Fourth Coffee', 'Graphic Design Institute', 'Humongous Insurance', 'Lamna Healthcare', 'Litware', 'Margie’s Travel', 'Munson’s Pickles', 'Northwind Traders', 'Proseware', 'Relecloud', 'School of Fine Art', 'Southridge Video', 'Tailspin Toys', 'Trey Research', 'VanArsdel', 'Wide World Importers', 'Wingtip Toys', 'Woodgrove Bank', 'Überlandwerke Schwarzwald-Baar-Heuberg Versorgungsgesellschaft'];
  const PLACES = ['Berlin', 'München', 'Hamburg', 'Wien', 'Zürich', 'Köln', 'Leipzig', 'Dresden', 'Bremen', 'Graz', 'Basel', 'Bonn'];
  const ROOMS = ['Isar', 'Alster', 'Spree', 'Neckar', 'Donau', 'Elbe', 'Mosel', 'Weser', 'Havel', 'Saale', 'Inn', 'Lech', 'Boardroom', 'Großer Sitzungssaal Nord'];
  const SEVERITY = ['critical', 'important', 'warning', 'recommended'];
  const HEALTH_ORDER = ['unhealthy', 'disconnected', 'suppressed', 'onboarding', 'healthy'];
  const HEALTH = ['healthy', 'healthy', 'healthy', 'healthy', 'healthy', 'unhealthy', 'unhealthy', 'disconnected', 'suppressed', 'onboarding'];

  const count = state === 'no-customers' || state === 'first-sync' ? 0 : Number(asked.get('customers') ?? 120);
  const hostile = asked.get('names') === 'hostile' ? window.fakeNames : [];
  const customers = Array.from({ length: count }, (_, n) => ({
    id: uuid('4e2a', n + 1),
    displayName: hostile[n] ?? (asked.get('twins') && n === 7 ? NAMES[6] : n < NAMES.length ? NAMES[n] : `${NAMES[n % NAMES.length]} ${PLACES[n % PLACES.length]} ${Math.floor(n / NAMES.length)}`),
    permissions: ['rooms.view', 'rooms.modify', 'rooms.unenroll', 'groups.view', 'groups.modify', 'groups.create', 'rings.view', 'rings.modify', 'tickets.view', 'tickets.update', 'incidents.create', 'roles.view'],
    freshness: { state: 'current' },
  })).sort((a, b) => a.displayName.localeCompare(b.displayName));
  const rooms = [], incidents = [];
  customers.forEach((customer, n) => {
    const size = asked.get('sizes') && n < 2 ? [5343, 0][n] : n < 4 ? 60 : 4;
    for (let i = 0; i < size; i++) {
      const name = hostile[i] ?? `${ROOMS[i % ROOMS.length]}${i >= ROOMS.length ? ' ' + Math.floor(i / ROOMS.length) : ''} (${4 + (i % 5) * 2})`;
      rooms.push({
        id: uuid('70ab', rooms.length + 1), customerId: customer.id, displayName: name, capacity: 4 + (i % 5) * 2,
        hostName: `MTR-${PLACES[n % 12].slice(0, 3).toUpperCase()}-${String(i).padStart(3, '0')}`, account: `room.${i}@${customer.displayName.split(' ')[0].toLowerCase()}.example`,
        enrolment: 'enrolled', health: HEALTH[i % HEALTH.length], hasWarnings: i % 4 === 0, occupied: i % 3 === 0, timezone: 'Europe/Berlin', licence: 'Teams Rooms Pro',
        peripherals: [{ kind: 'camera', name: 'Logi Rally Camera' }, { kind: 'display', name: 'Samsung QM65R' }, { kind: 'display', name: 'Samsung QM65R' }, { kind: 'microphone', name: 'Shure MXA310' }],
        groups: [pick(PLACES)].map((name) => ({ id: uuid('6a0b', n * PLACES.length + PLACES.indexOf(name) + 1), name })), ring: { id: uuid('61aa', 1), name: 'General', order: 2 }, lastSeen: at(random() * 40 * MINUTE), version: 1,
      });
      const tickets = state === 'well' ? 0 : n < 4 ? 3 : i % 2;
      for (let t = 0; t < tickets; t++) {
        const recorded = random() < 0.05;
        const signal = pick(Object.keys(SIGNALS));
        const [category, severity] = recorded ? ['reported', 'critical'] : SIGNALS[signal];
        const age = random() ** 3 * 40 * DAY;
        const resolved = random() < 0.35;
        const status = resolved ? (age > 7 * DAY ? 'closed' : 'resolved') : pick(['needs_action', 'needs_action', 'assigned_to_service', 'pending_investigation']);
        const code = (incidents.length * 7919 + 1679616).toString(36).toUpperCase().padStart(6, 'X').slice(-6);
        incidents.push({
          customerName: customer.displayName, unread: random() < 0.12 ? 1 + Math.floor(random() * 3) : 0,
          incident: {
            number: `${['LBT9KC', 'OZGIPZ', '7B7365', 'QX41MD'][n % 4]}-${code}`, customerId: customer.id, category, type: recorded ? 'customer_reported' : signal, severity, status,
            rooms: [{ id: rooms.at(-1).id, name }], redactedRooms: random() < 0.03 ? 1 : 0,
            problem: hostile.length ? hostile[incidents.length % hostile.length] : recorded ? 'Nobody in the room can hear the remote participants since this morning' : ['display_front_of_room', 'camera_room'].includes(signal) && random() < 0.6 ? 'Display 2' : '',
            createdAt: at(age + 3 * DAY), lastUpdated: at(age / 2), activeSince: at(age), lastResolved: resolved ? at(age / 3) : null, lastClosed: status === 'closed' ? at(age / 4) : null,
            messages: 2, lastMessageAt: at(age / 2), version: 1,
          },
        });
      }
    }
  });
  const ACTIVE = ['needs_action', 'assigned_to_service', 'pending_investigation'];
  const isActive = (row) => ACTIVE.includes(row.incident.status);
  const summary = new Map();
  for (const row of incidents.filter(isActive)) {
    const known = summary.get(row.incident.customerId) ?? { open: 0, worst: 3 };
    summary.set(row.incident.customerId, { open: known.open + 1, worst: Math.min(known.worst, SEVERITY.indexOf(row.incident.severity)) });
  }
  const customerRow = (customer) => {
    const known = summary.get(customer.id);
    const sharesName = customers.some((other) => other !== customer && other.displayName === customer.displayName);
    return { ...customer, sharesName, open: known?.open ?? 0, worst: known ? SEVERITY[known.worst] : null };
  };
  if (customers.length > 6) {
    if (state === 'locked') customers[0].freshness = { state: 'locked', since: at(26 * HOUR) };
    if (state === 'no-right') customers[0].permissions = [];
    if (state === 'stale') { customers[2].freshness = { state: 'stale', asOf: at(5 * HOUR) }; customers[5].freshness = { state: 'locked', since: at(2 * DAY) }; customers[6].freshness = { state: 'incomplete' }; }
  }

  const user = {
    id: { tenantId: uuid('aaaa', 1), userId: uuid('aaab', 1) }, displayName: hostile[0] ?? 'Änne Lindqvist', tenant: { id: uuid('aaaa', 1), displayName: 'Meridian Managed Rooms GmbH', isPartner: !['customer', 'both-customer'].includes(asked.get('as')), isCustomer: ['customer', 'both-customer'].includes(asked.get('as')) },
    actingAs: { both: 'partner', 'both-customer': 'customer' }[asked.get('as')],
    portalRoles: asked.get('as') === 'none' ? [] : asked.get('as') === 'manager' ? ['tenant_manager'] : ['managed_service_administrator', 'tenant_manager'], memoryOnly: state === 'memory-only' ? 'no_keychain' : null,
  };
  const signedIn = { state: 'signedIn', user };
  let session = ['no-service', 'signed-out', 'refused'].includes(state) ? { state: 'signedOut' } : state === 'signing-in' ? { state: 'signingIn' } : state === 'keychain' ? { state: 'keyUnavailable', problem: 'locked' } : signedIn;
  let service = state === 'no-service' ? null : { address: 'http://127.0.0.1:8300', demo: true };
  let preferences = { language: asked.get('lang'), theme: asked.get('theme') ?? 'system', zoom: Number(asked.get('zoom') ?? 100), allTickets: asked.get('all') === '1', allRooms: asked.get('all') === '1', customer: null };
  if (state === 'gone') preferences.customer = uuid('dead', 1);
  let generation = 1;
  const syncs = {
    offline: { state: { state: 'offline', since: at(42 * MINUTE), reason: 'unreachable', retryAt: at(-MINUTE) }, asOf: at(42 * MINUTE), historyPending: false },
    ended: { state: { state: 'accessEnded', reason: 'sign_in_expired' }, asOf: at(3 * HOUR), historyPending: false },
    'first-sync': { state: { state: 'connecting' }, asOf: null, historyPending: true },
    history: { state: { state: 'current' }, asOf: at(MINUTE), historyPending: true, donePercent: 43 },
  };
  let sync = syncs[state] ?? { state: { state: 'current' }, asOf: at(2 * MINUTE), historyPending: false };

  const handlers = new Map();
  const emit = (name, payload) => (handlers.get(name) ?? []).forEach((handler) => handler({ payload }));
  const fail = (kind, message, retryable = false) => { throw { kind, message, retryable }; };
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (haystack, text) => words(text).every((word) => haystack.toLowerCase().includes(word));
  const window_ = (rows, { offset, limit }) => rows.slice(offset, offset + limit);
  const SORT = {
    customer: (r) => r.customerName, problem: (r) => r.incident.type, ticket: (r) => r.incident.number, room: (r) => r.incident.rooms[0].name, type: (r) => r.incident.type,
    status: (r) => r.incident.status, severity: (r) => SEVERITY.indexOf(r.incident.severity), unread: (r) => -r.unread, active_since: (r) => r.incident.activeSince,
    urgency: (r) => [ACTIVE.indexOf(r.incident.status) !== 0, SEVERITY.indexOf(r.incident.severity), 9e15 - Date.parse(r.incident.activeSince)].map((v) => String(Number(v)).padStart(17, '0')).join(),
  };
  const sorted = (rows, key, descending) => rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (descending ? -1 : 1));
  const none = (values, value) => values.length > 0 && !values.includes(value);
  const meant = (names, text) => !names.length || names.some(({ by, name }) => by === 'words' ? holds(text, name) : text === (name.name ?? name));

  const detailOf = (row) => ({
    description: hostile.length ? hostile.join('\n') : 'The device has reported this signal as failing at every poll since it opened.', action: 'Check that the cable is seated at both ends, then restart the device from the console. If it does not recover, replace the cable.',
    highImpact: row.incident.type === 'customer_reported', highImpactReason: row.incident.type === 'customer_reported' ? 'Board meeting at noon' : null,
    closedBy: null, closureReason: null, closureComment: null,
    messages: [{ at: at(20 * MINUTE), author: hostile[1] ?? 'Jonas Weber', text: hostile.join('\n') || 'On site at two o’clock. Please leave the room free until then.', assignedToService: false }, { at: at(5 * HOUR), author: null, text: 'The signal has failed for 35 minutes without a break.', assignedToService: true }],
    history: [{ at: row.incident.activeSince, kind: 'activated' }, { at: at(9 * DAY), kind: 'deactivated' }, { at: row.incident.createdAt, kind: 'activated' }],
  });

  // Made-up numbers that are the same for a room and day.
  const report = ({ customer, days, group }) => {
    if (state === 'no-right') fail('not_found', 'no such customer');
    const held = rooms.filter((room) => room.customerId === customer && room.enrolment === 'enrolled' && (!group || room.groups.some((one) => one.id === group)));
    const dice = (room, day, sides) => (held.indexOf(room) * 31 + day * 17 + (day % 7) * 5) % sides;
    const text = (back) => new Date(Date.now() - back * 86400000).toISOString().slice(0, 10);
    const span = (count) => [...Array(count).keys()].map((n) => count - n);
    const bad = (room, back) => dice(room, back, 11) === 0;
    const booked = (room, back) => ([0, 6].includes(new Date(text(back)).getUTCDay()) ? 0 : dice(room, back, 9) * 60);
    const share = (part, whole) => ({ part, whole });
    const sum = (of) => held.reduce((all, room) => all + span(days).reduce((each, back) => each + of(room, back), 0), 0);
    const period = { from: text(days), to: text(1) };
    const byDay = (count) => span(count).map((back) => ({ day: text(back), healthy: share(held.filter((room) => !bad(room, back)).length, held.length) }));
    const names = ['audio', 'display', 'peripherals', 'connectivity', 'versioning', 'customer_reported'];
    const categories = names.map((category, n) => ({ category, incidents: held.length ? [7, 4, 12, 9, 21, 2][n] : 0 }));
    const utilisation = share(sum(booked), held.length * days * 480);
    const [bookedOnline, goodCalls] = [share(held.length * 11, held.length * 15), share(held.length * 17, held.length * 19)];
    return {
      overview: { period, rooms: held.length, healthy: share(sum((room, back) => +!bad(room, back)), held.length * days), history: byDay(90), utilisation, bookedOnline, goodCalls, categories },
      health: {
        period, days: byDay(days), categories,
        rooms: held.map((room) => { const days_ = span(days).filter((back) => bad(room, back)); return { id: room.id, name: room.displayName, healthy: share(days - days_.length, days), troubledMin: days_.length * 47, unhealthy: days_.map(text) }; }),
        held: span(days).map((back) => ({ day: text(back), helpdesk: (back * 7) % 9, service: (back * 5) % 4 })),
        impacted: held.slice(0, 5).map((room, n) => ({ room: room.id, roomName: room.displayName, start: `${text(n + 1)}T09:00:00Z`, end: `${text(n + 1)}T10:00:00Z`, category: names[n % 5], incident: n % 2 ? undefined : 'CONTOS-B7K2QX' })),
        impactedCount: Math.min(held.length, 9),
      },
      usage: {
        period, utilisation, bookedOnline, goodCalls,
        days: span(days).map((back) => ({ day: text(back), utilisation: share(held.reduce((all, room) => all + booked(room, back), 0), held.length * 480) })),
        rooms: held.map((room) => ({ id: room.id, name: room.displayName, utilisation: share(span(days).reduce((all, back) => all + booked(room, back), 0), days * 480), bookedOnline: share(8, 11), goodCalls: share(0, 0) })),
      },
    };
  };

  const commands = {
    get_app: () => ({ version: '0.1.0', service, serviceIsManaged: false, session, preferences, sync }),
    get_session: () => session,
    set_service: ({ address }) => (/^https?:\/\//.test(address) ? (service = { address, demo: true }) : fail('invalid', `the address must start with https://, not ${JSON.stringify(address)}`)),
    sign_in: () => (state === 'refused' ? fail('refused', 'AADSTS50105: the signed-in user is not assigned to a role for the application') : (emit('session-changed', (session = signedIn)), session)),
    cancel_sign_in: () => (emit('session-changed', (session = { state: 'signedOut' })), null),
    try_keychain: () => (emit('session-changed', (session = signedIn)), null),
    go_without_keychain: () => (emit('session-changed', (session = { state: 'signedOut' })), null),
    try_disk: () => (emit('session-changed', (session = signedIn)), null),
    go_without_disk: () => (emit('session-changed', (session = { state: 'signedOut' })), null),
    sign_out: () => (emit('session-changed', (session = { state: 'signedOut' })), null),
    get_preferences: () => preferences,
    set_preferences: (chosen) => ((preferences = chosen), null),
    get_sync: () => sync,
    sync_now: () => null,
    list_customers: ({ text, window }) => {
      const rows = customers.filter((customer) => holds(customer.displayName, text));
      return { total: rows.length, all: customers.length, open: incidents.filter(isActive).length, rows: window_(rows, window).map(customerRow), generation };
    },
    get_customer: (id) => customerRow(customers.find((customer) => customer.id === id) ?? fail('not_found', 'no such customer')),
    next_customer: ({ from, back, withOpen }) => {
      const rows = back ? customers.toReversed() : customers;
      return rows.slice(rows.findIndex((customer) => customer.id === from) + 1).find((customer) => !withOpen || customerRow(customer).open > 0)?.id ?? null;
    },
    search_palette: ({ text, recent, only }) => {
      const found = (rows, name, hit) => rows.filter((row) => holds(name(row), text)).slice(0, 8).map(hit);
      const customer = (one) => ({ hit: 'customer', row: customerRow(one) });
      const room = (one) => ({ hit: 'room', key: { customerId: one.customerId, id: one.id }, name: one.displayName, host: one.hostName, health: one.health, customerName: nameOf(one.customerId) });
      const incident = (row) => ({ hit: 'incident', incident: row.incident, customerName: row.customerName });
      const claims = incidents.filter((row) => isActive(row) && row.incident.claim).map((row) => row.incident.claim.name);
      const names = [...new Set(only === 'person' ? claims : [...claims, 'Jonas Weber'])];
      const people = found(names, (name) => name, (name) => ({ hit: 'person', name, holds: claims.filter((one) => one === name).length }));
      const nameOf = (id) => customers.find((one) => one.id === id)?.displayName ?? '';
      if (only) return { hits: { person: people, customer: found(customers, (one) => one.displayName, customer), room: found(rooms, (one) => one.displayName, room) }[only], more: false, generation };
      if (!words(text).length) {
        const used = { customer: ({ id }) => customer(customers.find((one) => one.id === id)), room: ({ key }) => room(rooms.find((one) => one.id === key.id)), incident: ({ key }) => incident(incidents.find((row) => row.incident.number === key.number)) };
        return { hits: recent.map((one) => used[one.target](one)), more: false, generation };
      }
      return { hits: [...found(customers, (one) => one.displayName, customer), ...found(rooms, (one) => `${one.displayName} ${one.hostName} ${nameOf(one.customerId)}`, room), ...people, ...found(incidents.filter(isActive), (row) => `${row.incident.number} ${row.incident.type.replaceAll('_', ' ')} ${row.customerName}`, incident)], more: false, generation };
    },
    list_incidents: (query) => {
      if (state === 'broken') fail('internal', 'the store does not answer: database is locked', true);
      const { filter } = query;
      const base = incidents.filter((row) => {
        const { incident } = row;
        const age = (Date.now() - Date.parse(incident.activeSince)) / HOUR;
        return (query.scope.scope === 'all' || incident.customerId === query.scope.id) && isActive(row) === (query.tab === 'active')
          && (query.tab === 'active' || Date.now() - Date.parse(incident.lastResolved) < query.resolvedDays * DAY)
          && !none(filter.customers, incident.customerId) && (!filter.customerNames.length || filter.customerNames.some(({ name }) => holds(row.customerName, name))) && (!filter.roomNames.length || filter.roomNames.some(({ name }) => holds(incident.rooms[0].name, name))) && !none(filter.severities, incident.severity) && !none(filter.categories, incident.category) && !none(filter.types, incident.type)
          && Boolean(filter.snoozed) === Boolean(row.incident.snooze) && (!filter.claim || (filter.claim === 'nobody' ? !row.incident.claim : row.incident.claim && (filter.claim === 'somebody' || (filter.claim.by ?? ['me']).some((one) => one === 'me' ? row.incident.claim.holder === user.id.userId : meant([one.named], row.incident.claim.name)))))
          && (!filter.room || incident.rooms.some((room) => room.id === filter.room)) && (!filter.unread || row.unread > 0)
          && (filter.olderThanH === null || age >= filter.olderThanH) && (filter.youngerThanH === null || age < filter.youngerThanH)
          && holds([incident.problem, incident.type.replaceAll('_', ' '), incident.number, incident.rooms[0].name, row.customerName].join(' '), filter.text);
      });
      const of = (status) => base.filter((row) => row.incident.status === status).length;
      const counters = { all: base.length, needsAction: of('needs_action'), assignedToService: of('assigned_to_service'), pendingInvestigation: of('pending_investigation'), resolved: of('resolved'), closed: of('closed') };
      const matches = sorted(base.filter((row) => !none(filter.statuses, row.incident.status)), SORT[query.sort], query.descending);
      const listed = (row) => ({ incident: row });
      let rows = matches.map(listed);
      if (query.byCategory) {
        rows = Object.entries(Object.groupBy(matches, (row) => row.incident.category)).flatMap(([category, under]) => [
          { category: { category, tickets: under.length, rooms: new Set(under.map((row) => row.incident.rooms[0].id)).size, needsAction: under.filter((row) => row.incident.status === 'needs_action').length, unread: under.filter((row) => row.unread).length } },
          ...(query.collapsed.includes(category) ? [] : under.map(listed)),
        ]);
      }
      const unreliable = query.scope.scope === 'all' ? customers.filter((customer) => customer.freshness.state !== 'current') : [];
      return { total: rows.length, matches: matches.length, rows: window_(rows, query), counters, unreliable, unreliableTotal: unreliable.length, generation };
    },
    get_incident: ({ number }) => {
      const row = incidents.find((row) => row.incident.number === number) ?? fail('not_found', 'no such incident');
      return {
        customerName: row.customerName, openRooms: row.incident.rooms.map((room) => room.id), freshness: { state: 'current' }, generation,
        rest: { coming: 'coming', lacking: 'offLine', failed: 'failed' }[state] ?? 'here',
        incident: { row: row.incident, ...detailOf(row), ...row.more },
      };
    },
    retry_incident: () => null,
    mark_read: ({ incident: { number } }) => {
      const row = incidents.find((row) => row.incident.number === number);
      if (row?.unread) { row.unread = 0; emit('data-changed', { generation: ++generation, customers: [row.incident.customerId] }); }
      return null;
    },
    list_rooms: (query) => {
      const { scope, filter } = query;
      const named = new Map(customers.map((customer) => [customer.id, customer.displayName]));
      const inScope = rooms.filter((room) => (scope.scope === 'all' || room.customerId === scope.id) && meant(filter.customerNames, named.get(room.customerId)));
      const over = scope.id === undefined;
      const hours = (room) => (Date.now() - Date.parse(room.lastSeen)) / HOUR;
      const base = inScope.filter((room) => (!filter.warnings || room.hasWarnings) && (filter.groups.length === 0 || room.groups.some((group) => meant(filter.groups, group.name)))
        && meant(filter.rings, room.ring.name) && !none(filter.enrolments, room.enrolment)
        && (filter.seenWithinH == null || hours(room) < filter.seenWithinH) && (filter.silentForH == null || hours(room) >= filter.silentForH)
        && holds([room.displayName, room.hostName, room.account, room.groups[0]?.name, room.ring.name, over ? named.get(room.customerId) : ''].join(' '), filter.text));
      const of = (health) => base.filter((room) => room.health === health).length;
      const counters = { managed: base.length - of('onboarding'), healthy: of('healthy'), unhealthy: of('unhealthy'), disconnected: of('disconnected'), suppressed: of('suppressed'), onboarding: of('onboarding') };
      const open = (room) => incidents.filter((row) => isActive(row) && row.incident.rooms[0].id === room.id).length;
      const keys = { name: (r) => r.displayName, customer: (r) => named.get(r.customerId), host: (r) => r.hostName, account: (r) => r.account, health: (r) => HEALTH_ORDER.indexOf(r.health), warnings: (r) => !r.hasWarnings, group: (r) => r.groups[0]?.name ?? '', ring: (r) => r.ring.order, open_tickets: (r) => -open(r), last_seen: (r) => r.lastSeen };
      const matches = sorted(base.filter((room) => !none(filter.healths, room.health)), keys[query.sort], query.descending);
      const distinct = (of) => [...new Set(inScope.map(of))].sort();
      const unreliable = customers.filter((customer) => customer.freshness.state !== 'current' && (over || customer.id === scope.id)).map(({ id, displayName, freshness }) => ({ id, displayName, freshness }));
      return {
        total: matches.length, rows: window_(matches, query).map((room) => ({ room, customerName: named.get(room.customerId), openTickets: open(room) })), counters,
        groups: distinct((room) => room.groups[0]?.name).filter(Boolean), rings: distinct((room) => room.ring.name), unreliable, unreliableTotal: unreliable.length, generation,
      };
    },
    get_room_signals: ({ id }) => {
      if (state === 'offline') fail('offline', 'out of reach', true);
      const told = incidents.filter((row) => row.incident.rooms[0].id === id && row.incident.type !== 'customer_reported').map(({ incident }) => ({
        signal: incident.type, instance: incident.problem || null, state: ACTIVE.includes(incident.status) ? 'failing' : 'healthy', since: incident.lastResolved ?? incident.activeSince,
        incident: { number: incident.number, status: incident.status, lastUpdated: incident.lastUpdated },
      }));
      const others = ['network', 'hdmi_ingest'].filter((signal) => SIGNALS[signal] && !told.some((one) => one.signal === signal));
      return { value: { signals: [...told, ...others.map((signal) => ({ signal, instance: null, state: 'failing', since: at(3 * MINUTE), incident: null }))] }, asOf: at(0), current: true };
    },
    get_room_events: ({ id }) => {
      if (state === 'offline') fail('offline', 'out of reach', true);
      const items = [
        { id: `${id.slice(0, -1)}1`, roomId: id, at: at(9 * MINUTE), kind: 'room_report', text: 'Wir hören die anderen, sie uns nicht.' },
        { id: `${id.slice(0, -1)}2`, roomId: id, at: at(50 * MINUTE), kind: 'poor_call', problem: 'network', durationS: 1900, participants: 6, packetLossPercent: 17 },
      ];
      return { value: { items, nextCursor: null }, asOf: at(0), current: true };
    },
    get_room: ({ id }) => {
      const room = rooms.find((room) => room.id === id) ?? fail('not_found', 'no such room');
      return { room, customerName: customers.find((customer) => customer.id === room.customerId).displayName, incidents: incidents.filter((row) => isActive(row) && row.incident.rooms[0].id === id).map((row) => row.incident), freshness: { state: 'current' }, generation };
    },
  };

  // Who works for whom with which rights.
  const ALL = ['rooms.view', 'rooms.modify', 'groups.view', 'rings.view', 'rings.modify', 'reports.view', 'incidents.create', 'tickets.view', 'tickets.update', 'roles.view', 'roles.modify'];
  const seen = (value) => ({ value, asOf: at(state === 'offline' ? 42 * MINUTE : MINUTE), current: state !== 'kept' });
  const people = (hostile.length ? hostile : ['Änne Lindqvist', 'Jonas Weber', 'Anna Schmidt', 'Mehmet Yılmaz', 'Zoë Dubois', 'Konstantin von und zu Hohenlohe-Schillingsfürst', 'Priya Natarajan', 'Annika Berg', 'Oskar Lindner', 'Tom Baker'])
    .map((displayName, n) => ({ id: uuid('9e09', n + 1), kind: 'user', displayName, upn: `${displayName.split(' ').at(-1).toLowerCase().normalize('NFD').replace(/[^a-z-]/g, '')}@meridian.example`, users: null }));
  const groups = [['Helpdesk Tier 1', 14], ['Helpdesk Tier 2', 5], ['Field Service DACH', 31], ['Anlagenbetreuung Nachtschicht Süd', 8]]
    .map(([displayName, users], n) => ({ id: uuid('96a0', n + 1), kind: 'security_group', displayName, upn: null, users }));
  const directory = [...people, ...groups];
  const ref = ({ users, ...principal }) => principal;
  const find = (id) => directory.find((one) => one.id === id) ?? fail('invalid', 'members: there is no such user or group in your organisation');
  const usersIn = (members) => members.reduce((sum, one) => sum + (find(one.id).users ?? 1), 0);
  const domain = (name) => `${name.split(/[ ’]/)[0].toLowerCase().normalize('NFD').replace(/[^a-z]/g, '').slice(0, 60) || 'customer'}.example`;
  const invitations = ['Nordwind Energie AG', 'Tailwind Traders', 'Bayerische Versicherungskammer Landesbrandversicherung Aktiengesellschaft'].map((displayName, n) => ({
    id: uuid('19f1', n + 1), customerId: uuid('19f2', n + 1), displayName, domains: [`${displayName.split(' ')[0].toLowerCase()}.example`, ...(n === 2 ? ['vkb-gruppe.example'] : [])], addressedTo: 'meridian.example',
    createdAt: at((2 + n) * DAY), expiresAt: at(-(n + 1) * 3 * DAY), rooms: [12, 3, 148][n],
    changeControl: { 'rooms.modify': 'auto', 'rooms.suppress': 'auto', 'rings.modify': 'auto', 'roles.modify': n === 2 ? 'manual' : 'auto' },
    ceiling: n === 2 ? [...ALL.filter((one) => one !== 'rings.modify'), 'rooms.unenroll'] : ALL, offline: { allowed: n !== 1, days: 7 },
  }));
  let managers = [people[0], groups[0]];
  const strict = (n) => n % 5 === 3;
  const relations = new Map(customers.map((customer, n) => [customer.id, {
    admins: [people[0], people[2], groups[1]].slice(0, n % 7 === 6 ? 0 : 3), version: 4, strict: strict(n), waiting: [],
    roles: [
      { id: uuid('401e', n * 10 + 1), name: 'Primary admins', description: '', builtIn: 'primary_admins', permissions: ALL, version: 1 },
      { id: uuid('401e', n * 10 + 2), name: 'Helpdesk', description: 'Incidents only', builtIn: null, permissions: ['tickets.view', 'tickets.update'], version: 3 },
      { id: uuid('401e', n * 10 + 3), name: 'Techniker vor Ort für die Liegenschaften im Schwarzwald', description: 'Fährt hin, tauscht Geräte und meldet zurück', builtIn: null, permissions: ['rooms.view', 'rooms.modify', 'tickets.view', 'tickets.update', 'incidents.create'], version: 2 },
    ],
    assignments: new Map(),
  }]));
  for (const [id, relation] of relations) {
    const own = rooms.filter((room) => room.customerId === id).slice(0, 3).map(({ id, displayName }) => ({ id, name: displayName }));
    const base = { description: '', emailNotifications: false, preset: false, version: 1 };
    relation.assignments.set(relation.roles[0].id, [{ ...base, id: uuid('a551', 1), name: 'Assigned Admins', preset: true, get members() { return relation.admins.map(ref); }, scope: { all: true, rooms: [], groups: [], hiddenRooms: 0 } }]);
    relation.assignments.set(relation.roles[1].id, [{ ...base, id: uuid('a551', 2), name: 'Day shift', emailNotifications: true, members: [groups[0], people[1]].map(ref), scope: { all: true, rooms: [], groups: [], hiddenRooms: 0 } }, { ...base, id: uuid('a551', 3), name: 'Night shift', description: 'From 20:00', members: [groups[3]].map(ref), scope: { all: false, rooms: own, groups: [{ id: uuid('6a0b', 1), name: 'Berlin' }], hiddenRooms: 2 } }]);
    relation.assignments.set(relation.roles[2].id, [{ ...base, id: uuid('a551', 4), name: 'Team Süd', members: [groups[2]].map(ref), scope: { all: false, rooms: own, groups: [], hiddenRooms: 0 } }]);
  }
  if (state === 'asks' && customers.length) relations.get(customers[0].id).strict = true;
  const relation = (id) => relations.get(id) ?? fail('not_found', 'no such customer');
  const nameOf = (id) => customers.find((customer) => customer.id === id)?.displayName ?? '';
  const tell = () => emit('relations-changed', null);
  const named = (ids) => rooms.filter((room) => ids.includes(room.id)).map((room) => ({ id: room.id, name: room.displayName }));
  const workedOn = ({ number }, version) => {
    write();
    const row = incidents.find((row) => row.incident.number === number) ?? fail('not_found', 'no such incident');
    if (version !== undefined) check(row.incident.version, version);
    row.more ??= {};
    return row;
  };
  const kindOf = (work) => ({ claim: work.claim ? 'claim' : 'release', snooze: work.snooze ? 'snooze' : 'wake', changeRoom: 'change_room', enrolRoom: 'enrol_room', suppress: `${work.suppress ? 'suppress' : 'lift'}${work.signal ? '_signal' : ''}` })[work.do] ?? work.do;
  const outbox = state === 'refused-work' ? [{ form: uuid('0b0b', 1), customer: null, customerName: null, work: { do: 'words', text: 'Kabel getauscht, bitte prüfen' }, at: at(3 * HOUR), failure: { kind: 'not_found', message: 'gone', retryable: false, fields: [] } }] : [];
  const worked = ({ incident }) => {
    incident.version += 1;
    emit('data-changed', { generation: ++generation, customers: [incident.customerId] });
    return { number: incident.number, version: incident.version };
  };
  const write = () => { if (state === 'offline') fail('offline', 'the service cannot be reached', true); };
  const roleAt = ({ customer, role }) => relation(customer).roles.find((one) => one.id === role) ?? fail('not_found', 'no such role');
  const oneOf = (key) => relation(key.customer).assignments.get(key.role).find((one) => one.id === key.assignment) ?? fail('not_found', 'no such assignment');
  const scopeOf = (customer, scope) => (scope.kind === 'All' || scope.kind === 'all' ? { all: true, rooms: [], groups: [], hiddenRooms: 0 } : {
    all: false, rooms: scope.rooms.map((id) => ({ id, name: rooms.find((room) => room.id === id).displayName })), groups: scope.groups.map((id) => ({ id, name: 'Group' })), hiddenRooms: 0,
  });
  let made = 0;
  const updateRings = new Map();
  const customerSettings = new Map();
  const settingsAt = (id) => customerSettings.get(id) ?? {
    displayName: customers.find((one) => one.id === id)?.displayName ?? '', domains: ['stadtwerke-ruegen.example'], region: 'eu',
    contacts: [{ firstName: 'Hannelore', lastName: 'Brückner', email: 'h.brueckner@stadtwerke-ruegen.example' }, { firstName: 'Yusuf', lastName: 'Demir', email: 'it-bereitschaft@stadtwerke-ruegen.example' }],
    mail: { acceptance: true, roles: false, removal: true }, mailLanguage: 'de', mayModify: state !== 'read-only', version: 1,
  };
  const enrolmentKeys = new Map();
  const keysAt = (id) => enrolmentKeys.get(id) ?? [
    { id: uuid('5e02', 901), issuedAt: at(3 * DAY), issuedBy: 'Hannah Berger', lastUsed: at(5 * HOUR), devices: 14 },
    { id: uuid('5e02', 902), issuedAt: at(40 * DAY), issuedBy: null, lastUsed: null, devices: 0 },
  ];
  const signalsOff = new Map();
  const ringsAt = (customer) => {
    if (!updateRings.has(customer)) updateRings.set(customer, [['Staging', 2, 5], ['General', 10, 5], ['Executive', 5, 3]].map(([name, rolloutDays, testDays], n) => ({ id: uuid('61aa', n), order: n + 1, name, description: '', deferralDays: 0, rolloutDays, testDays, builtIn: name.toLowerCase(), version: 1 })));
    return updateRings.get(customer);
  };
  const updates = new Map();
  const updatesAt = (customer) => {
    if (!updates.has(customer)) {
      const of = [['Teams Rooms app', '5.4.201.0', 3, 'in_progress', ['in_progress', 'not_required', 'not_required']], ['Device firmware', '2.8.1', 9, 'scheduled', ['scheduled', 'not_required', 'not_required']],
        ['Windows', '10.0.22631.4169', 12, 'paused', ['completed', 'paused', 'paused']], ['Teams Rooms app', '5.3.150.0', 26, 'in_progress', ['completed', 'completed_with_failures', 'in_progress']],
        ['Windows', '10.0.22631.4037', 45, 'completed_with_failures', ['completed', 'completed_with_failures', 'completed']], ['Windows', '10.0.22631.3880', 60, 'deprecated', ['completed', 'deprecated', 'deprecated']],
        ['Teams Rooms app', '5.2.111.0', 80, 'completed', ['completed', 'completed', 'completed']], ['Panel app', '1.0', 2, 'not_required', ['not_required', 'not_required', 'not_required']]];
      updates.set(customer, of.map(([name, packageVersion, days, status, statuses], n) => {
        const counts = statuses.map((one, place) => (status === 'not_required' ? { rooms: 0, installed: 0, failed: 0, active: 0 } : { rooms: [3, 38, 5][place], installed: one === 'completed' ? [3, 38, 5][place] : 0, failed: one === 'completed_with_failures' ? 2 : 0, active: one === 'in_progress' ? 1 : 0 }));
        const sum = (field) => counts.reduce((all, one) => all + one[field], 0);
        return {
          id: uuid('61ad', n), package: name, packageVersion, publishedAt: at(days * 24 * HOUR), deprecatedAt: status === 'deprecated' ? at(9 * 24 * HOUR) : null, paused: status === 'paused' ? { by: 'Dr. Katharina Weiß', reason: 'Kameras fallen nach dem Neustart aus', since: at(4 * 24 * HOUR) } : null,
          status, counts: { rooms: sum('rooms'), installed: sum('installed'), failed: sum('failed'), active: sum('active') },
          rings: ringsAt(customer).map((ring, place) => ({ ring: ring.id, status: statuses[place] ?? 'not_required', counts: counts[place] ?? { rooms: 0, installed: 0, failed: 0, active: 0 }, beginsAt: statuses[place] === 'not_required' && counts[place]?.rooms ? at(-5 * 24 * HOUR) : null, completeAt: statuses[place] === 'in_progress' ? at(-3 * 24 * HOUR) : null })),
          mayPause: state !== 'read-only', version: 1,
        };
      }));
    }
    return updates.get(customer);
  };
  const ringDaysLeft = (list) => 60 - list.reduce((sum, ring) => sum + ring.rolloutDays + ring.testDays, 0);
  /// Groups that were made or changed: the others are those that rooms name.
  let newGroups = [];
  const groupsAt = (customer) => {
    const known = new Map(newGroups.filter((one) => one.customer === customer).map(({ group }) => [group.id, { group, rooms: [] }]));
    for (const room of rooms.filter((room) => room.customerId === customer)) for (const group of room.groups) {
      if (!known.has(group.id)) known.set(group.id, { group, rooms: [] });
      known.get(group.id).rooms.push(room);
    }
    return [...known.values()].sort((a, b) => a.group.name.localeCompare(b.group.name));
  };
  const groupAt = ({ customer, group }) => groupsAt(customer).find((one) => one.group.id === group) ?? fail('not_found', 'no such room group');
  const taken = (customer, name, but) => { if (groupsAt(customer).some(({ group }) => group.id !== but && group.name.toLowerCase() === name.toLowerCase())) throw { kind: 'conflict', message: `name: there is a room group ${name} already`, retryable: false, fields: [{ pointer: '#/name', code: 'name-taken', detail: 'taken' }] }; };
  const join = (customer, { id, name }, add, remove) => {
    for (const room of rooms) {
      if (add.includes(room.id) && !room.groups.some((group) => group.id === id)) room.groups = [...room.groups, { id, name }];
      if (remove.includes(room.id)) room.groups = room.groups.filter((group) => group.id !== id);
    }
    emit('data-changed', { generation: ++generation, customers: [customer] });
    tell();
  };
  const assignmentOf = (customer, new_) => ({ id: uuid('a55f', ++made), name: new_.name, description: new_.description, emailNotifications: new_.emailNotifications, preset: false, members: new_.members.map(find).map(ref), scope: scopeOf(customer, new_.scope), version: 1 });
  /// What was asked, in this customer's way: at once, or as a request.
  const ask = (customer, action, role, assignment, apply) => {
    write();
    const known = relation(customer);
    if (!known.strict) { const done = apply() ?? {}; tell(); return { done }; }
    const request = { id: uuid('4e90', ++made), customerId: customer, customerName: nameOf(customer), partnerId: user.tenant.id, partnerName: user.tenant.displayName, event: 'roles.modify', change: { action, role, ...(assignment ? { assignment } : {}) }, requestedBy: ref(people[0]), requestedAt: at(0), state: 'pending', decidedAt: null, version: 1 };
    known.waiting.push(request);
    tell();
    return { requested: request };
  };
  const check = (version, named) => { if (version !== named) fail('stale', 'it changed in the meantime'); };
  let meddled = state !== 'meddled';
  const meddle = (one) => { if (!meddled) { meddled = true; one.version++; if (one.members) one.members = [...one.members, ref(people[8])]; else one.description = 'Changed by Oskar'; } };
  const planned = (id, step) => {
    const n = customers.findIndex((customer) => customer.id === id);
    const known = relations.get(id);
    const wanted = (step.addPrimaryAdmins?.principals ?? step.applyTemplate.members).map(find).map(ref);
    const had = step.addPrimaryAdmins ? known.admins.map((one) => one.id) : [];
    const refusal = n % 11 === 10 ? { type: 'urn:tenantry:problem:not-found', title: 'Not found', status: 404, detail: 'You do not manage roles at this customer' } : null;
    return { id, displayName: nameOf(id), gains: refusal ? [] : wanted.filter((one) => !had.includes(one.id)), loses: step.applyTemplate && n % 4 === 1 && !refusal ? [ref(people[3])] : [], permissions: step.applyTemplate?.permissions ?? null, needsApproval: known.strict, refusal, version: `v${known.version}`, applied: false };
  };
  const done = {
    record: ({ customer, new: new_ }) => {
      write();
      const now = at(0), number = `${incidents[0].incident.number.slice(0, 7)}${(++made + 1679616).toString(36).toUpperCase().padStart(6, 'X').slice(-6)}`;
      incidents.unshift({
        customerName: nameOf(customer), unread: 0, more: { description: new_.description, action: '', highImpact: Boolean(new_.highImpactReason), highImpactReason: new_.highImpactReason, messages: [], history: [{ at: now, kind: 'activated' }] },
        incident: { number, customerId: customer, category: 'reported', type: 'customer_reported', severity: 'critical', status: 'needs_action', rooms: named(new_.rooms), redactedRooms: 0, problem: new_.description, createdAt: now, lastUpdated: now, activeSince: now, lastResolved: null, lastClosed: null, messages: 0, lastMessageAt: null, version: 1 },
      });
      return worked(incidents[0]);
    },
    close: ({ key, version, change }) => {
      const row = workedOn(key, version);
      Object.assign(row.more, { closedBy: user.displayName, closureReason: change.reason, closureComment: change.comment ?? null });
      Object.assign(row.incident, { status: 'closed', lastResolved: at(0), lastClosed: at(0) });
      return worked(row);
    },
    message: ({ key, new: new_ }) => {
      const row = workedOn(key);
      row.more.messages = [{ at: at(0), author: user.displayName, text: new_.text, assignedToService: new_.assignTo === 'service' }, ...(row.more.messages ?? detailOf(row).messages)];
      row.incident.messages += 1;
      if (new_.assignTo) row.incident.status = new_.assignTo === 'service' ? 'assigned_to_service' : 'needs_action';
      return worked(row);
    },
  };
  Object.assign(commands, {
    get_tenants: () => seen([
      ...customers.map((customer, n) => ({ id: customer.id, displayName: customer.displayName, domains: [domain(customer.displayName)], status: 'active', invitation: null, establishedAt: at((40 + n) * DAY) })),
      ...invitations.map(({ id, customerId, displayName, domains, expiresAt, rooms }) => ({ id: customerId, displayName, domains, status: 'pending', invitation: { id, expiresAt, rooms }, establishedAt: null })),
    ]),
    get_invitation: (id) => seen(invitations.find((one) => one.id === id) ?? fail('not_found', 'no such invitation')),
    accept_invitation: ({ invitation, answer }) => {
      write();
      const one = invitations.find((one) => one.id === invitation) ?? fail('not_found', 'no such invitation');
      invitations.splice(invitations.indexOf(one), 1);
      customers.push({ id: one.customerId, displayName: one.displayName, permissions: ALL, freshness: { state: 'current' } });
      relations.set(one.customerId, { admins: answer.primaryAdmins.map(find), version: 1, strict: false, waiting: [], roles: [], assignments: new Map() });
      tell();
      return { customerId: one.customerId, relationshipId: uuid('4e1a', 1) };
    },
    deny_invitation: (id) => { write(); invitations.splice(invitations.findIndex((one) => one.id === id), 1); tell(); return null; },
    get_tenant_managers: () => seen({ members: managers.map(ref), users: usersIn(managers) }),
    add_tenant_managers: ({ principals }) => { write(); managers = [...managers, ...principals.map(find)]; tell(); return { members: managers.map(ref), users: usersIn(managers) }; },
    remove_tenant_manager: (id) => { write(); managers = managers.filter((one) => one.id !== id); tell(); return null; },
    get_relationship: (id) => {
      const known = relation(id), n = customers.findIndex((customer) => customer.id === id);
      return seen({
        id, displayName: nameOf(id), domains: [domain(nameOf(id))], establishedAt: at((40 + n) * DAY), rooms: rooms.filter((room) => room.customerId === id).length, ceiling: ALL,
        changeControl: { 'rooms.modify': 'auto', 'rooms.suppress': 'auto', 'rings.modify': 'auto', 'roles.modify': known.strict ? 'manual' : 'auto' }, offline: { allowed: true, days: 7 }, openIncidents: customerRow(customers[n]).open,
        waitingRequests: known.waiting.length, customRoles: known.roles.filter((role) => !role.builtIn).length, withoutAdmins: known.admins.length === 0, mayChangeAdmins: n % 9 !== 8, mayRemove: n % 3 !== 1, version: known.version,
      });
    },
    remove_customer: ({ key }) => { write(); customers.splice(customers.findIndex((customer) => customer.id === key), 1); relations.delete(key); tell(); return null; },
    get_primary_admins: (id) => seen({ members: relation(id).admins.map(ref), users: usersIn(relation(id).admins) }),
    add_primary_admins: ({ customer, new: { principals } }) => ask(customer, 'change_assignment', 'Primary admins', 'Assigned Admins', () => { const known = relation(customer); known.admins = [...known.admins, ...principals.map(find)]; known.version++; }),
    remove_primary_admin: ({ customer, principal }) => {
      const known = relation(customer);
      if (usersIn(known.admins) - (find(principal).users ?? 1) < 1) fail('conflict', 'Primary admins must keep at least one user: add another one first.');
      return ask(customer, 'change_assignment', 'Primary admins', 'Assigned Admins', () => { known.admins = known.admins.filter((one) => one.id !== principal); });
    },
    get_roles: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      const known = relation(id);
      return seen({
        roles: known.roles.map(({ version, ...role }) => ({ ...role, assignments: known.assignments.get(role.id).length, users: usersIn(known.assignments.get(role.id).flatMap((one) => one.members)) })),
        ceiling: ALL, mayModify: state !== 'read-only', mayMake: state !== 'read-only', needsApproval: known.strict, waiting: known.waiting,
      });
    },
    get_room_groups: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      return seen(groupsAt(id).map(({ group, rooms }) => ({ id: group.id, name: group.name, rooms: rooms.length })));
    },
    get_room_group: (key) => {
      const { group, rooms } = groupAt(key);
      const uses = relation(key.customer).roles.flatMap((role) => relation(key.customer).assignments.get(role.id).filter((one) => one.scope.groups.some((other) => other.id === group.id)).map((one) => ({ assignment: one.id, name: one.name, role: role.id, roleName: role.name, partner: user.tenant.displayName })));
      return seen({ id: group.id, name: group.name, rooms: rooms.length, mayModify: state !== 'read-only', mayRename: state !== 'read-only', uses, hiddenUses: 0, version: group.version ?? 1 });
    },
    create_room_group: ({ customer, new: new_ }) => {
      write();
      taken(customer, new_.name);
      const group = { id: uuid('6a0f', ++made), name: new_.name, version: 1 };
      newGroups.push({ customer, group });
      join(customer, group, new_.rooms, []);
      return { id: group.id, version: 1 };
    },
    change_room_group: ({ key, version, change }) => {
      write();
      const { group } = groupAt(key);
      check(group.version ?? 1, version);
      if (change.name) { taken(key.customer, change.name, group.id); for (const room of rooms) for (const one of room.groups) if (one.id === group.id) one.name = change.name; group.name = change.name; }
      const next = { ...group, version: version + 1 };
      newGroups = [...newGroups.filter((one) => one.group.id !== group.id), { customer: key.customer, group: next }];
      join(key.customer, next, change.add ?? [], change.remove ?? []);
      return { version: next.version };
    },
    delete_room_group: ({ key }) => { write(); const { group, rooms: held } = groupAt(key); newGroups = newGroups.filter((one) => one.group.id !== group.id); join(key.customer, group, [], held.map((room) => room.id)); return null; },
    get_updates: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      return seen({ rings: ringsAt(id).map(({ id, name }) => ({ id, name })), updates: updatesAt(id), mayAct: state !== 'read-only', needsApproval: state === 'asks' });
    },
    get_update: ({ customer, update }) => {
      const row = updatesAt(customer).find((one) => one.id === update) ?? fail('not_found', 'no such update');
      const held = rooms.filter((room) => room.customerId === customer).slice(0, row.counts.failed);
      return seen({ ...row, failed: held.map((room, n) => ({ room: room.id, name: room.displayName, reason: ['Not enough space on drive C', 'The installer ended with error 0x80070643'][n % 2], at: at(n * 5 * HOUR) })) });
    },
    get_room_updates: ({ customerId }) => seen({
      installed: [['Teams Rooms app', '5.3.150.0'], ['Windows', '10.0.22631.4037']].map(([name, version]) => ({ package: name, version, since: at(9 * 24 * HOUR) })),
      updates: updatesAt(customerId).filter((one) => ['scheduled', 'in_progress', 'paused'].includes(one.status)).map((one, n) => ({
        update: one.id, package: one.package, packageVersion: one.packageVersion, status: ['scheduled', 'in_progress', 'paused', 'completed_with_failures'][n % 4], progress: [null, 'downloading', null, 'failed'][n % 4], reason: n % 4 === 3 ? 'Not enough space on drive C' : null,
        forced: null, window: n % 4 === 0 ? { from: at(-5 * HOUR), until: at(-10 * HOUR) } : null, version: one.version,
      })),
      knowsTimeZone: true, mayForce: state !== 'read-only', needsApproval: state === 'asks',
    }),
    act_on_update: ({ key, version, change }) => {
      write();
      const row = updatesAt(key.customer).find((one) => one.id === key.update);
      check(row.version, version);
      if (change.kind === 'pause') Object.assign(row, { paused: { by: 'Jonas Petersen', reason: change.reason, since: at(0) }, status: 'paused', version: version + 1 });
      if (change.kind === 'resume') Object.assign(row, { paused: null, status: 'in_progress', version: version + 1 });
      if (change.kind === 'retry') row.counts.failed = 0;
      return { done: { version: row.version } };
    },
    act_as: (to) => { write(); const there = new URL(location.href); there.searchParams.set('as', to === 'customer' ? 'both-customer' : 'both'); location.href = there; return null; },
    get_organisation: () => seen({ id: uuid('5e01', 1), displayName: 'Nordlicht Medientechnik GmbH', isPartner: true, isCustomer: false, domains: ['nordlicht.example', 'nordlicht-medien.example'] }),
    get_settings: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      return seen(settingsAt(id));
    },
    change_settings: ({ key, version, change }) => {
      write();
      const now = settingsAt(key);
      check(now.version, version);
      customerSettings.set(key, { ...now, ...change, version: version + 1 });
      return { version: version + 1 };
    },
    get_enrolment_keys: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      return seen({ keys: keysAt(id), mayDownload: true, mayReset: state !== 'read-only' });
    },
    save_enrolment_key: ({ customer, key }) => {
      write();
      const row = { id: uuid('5e02', ++made), issuedAt: at(0), issuedBy: 'Hannah Berger', lastUsed: null, devices: 0 };
      if (key === 'another') enrolmentKeys.set(customer, [row, ...keysAt(customer)]);
      if (key === 'reset') enrolmentKeys.set(customer, [row]);
      return { path: '/home/hannah/Downloads/tenantry-enrolment-Stadtwerke-Rügen.json' };
    },
    get_signal_switches: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      const off = signalsOff.get(id) ?? ['bluetooth_disabled'];
      return seen({ signals: Object.keys(SIGNALS).concat("bluetooth_disabled").map((signal, n) => ({ signal, enabled: !off.includes(signal), open: (n * 7) % 5 })), mayModify: state !== 'read-only', version: 1 });
    },
    switch_signals: ({ key, change }) => {
      write();
      const off = signalsOff.get(key) ?? ['bluetooth_disabled'];
      const named = change.signals ?? off;
      signalsOff.set(key, change.to === 'disabled' ? [...off, ...named] : off.filter((one) => !named.includes(one)));
      return { version: 1 };
    },
    create_waiting_room: ({ customer, new: new_ }) => {
      write();
      const room = { ...rooms.find((one) => one.customerId === customer), id: uuid('5e03', ++made), hostName: '', licence: '', peripherals: [], groups: [], enrolment: 'onboarding', health: 'onboarding', awaitsDevice: true, hasWarnings: false, occupied: null, lastSeen: null, ...new_ };
      rooms.push(room);
      return { id: room.id, version: 1 };
    },
    cancel_waiting_room: ({ key }) => { write(); rooms.splice(rooms.findIndex((one) => one.id === key.id), 1); return null; },
    get_update_rings: (id) => {
      if (state === 'no-right') fail('not_found', 'no such customer');
      let day = 0;
      const list = ringsAt(id).map((ring) => ({ ...ring, completionDay: (day += ring.deferralDays + ring.rolloutDays + ring.testDays), rooms: rooms.filter((room) => room.customerId === id && room.ring?.name === ring.name).length, mayChange: state !== 'read-only' }));
      return seen({ rings: list, daysLeft: ringDaysLeft(list), mayMake: state !== 'read-only', mayMove: state !== 'read-only', needsApproval: false });
    },
    get_overview_report: (query) => seen(report(query).overview),
    get_health_report: (query) => seen(report(query).health),
    get_usage_report: (query) => seen(report(query).usage),
    export_report: ({ file }) => ({ path: `/home/aenne/Downloads/tenantry-${file.what}.${file.what === 'incidents' ? 'json' : 'csv'}`, records: 57 }),
    create_update_ring: ({ customer, new: new_ }) => {
      write();
      const ring = { id: uuid('61ab', ++made), builtIn: null, version: 1, ...new_ };
      if (ringDaysLeft([...ringsAt(customer), ring]) < 0) fail('conflict', 'fewer days are left');
      updateRings.set(customer, [...ringsAt(customer), ring].sort((a, b) => a.order - b.order));
      return { id: ring.id, version: 1 };
    },
    change_update_ring: ({ key, version, change }) => {
      write();
      const ring = ringsAt(key.customer).find((one) => one.id === key.ring);
      check(ring.version, version);
      for (const room of rooms) if (room.customerId === key.customer && room.ring?.name === ring.name && change.name) room.ring = { ...room.ring, name: change.name };
      updateRings.set(key.customer, ringsAt(key.customer).map((one) => (one === ring ? { ...one, ...change, version: version + 1 } : one)).sort((a, b) => a.order - b.order));
      return { done: { version: version + 1 } };
    },
    delete_update_ring: ({ key }) => {
      write();
      const [ring, general] = [ringsAt(key.customer).find((one) => one.id === key.ring), ringsAt(key.customer).find((one) => one.builtIn === 'general')];
      for (const room of rooms) if (room.customerId === key.customer && room.ring?.name === ring.name) room.ring = { id: general.id, name: general.name, order: general.order };
      updateRings.set(key.customer, ringsAt(key.customer).filter((one) => one !== ring));
      return null;
    },
    move_to_update_ring: ({ key, version, change }) => {
      write();
      const { id, name, order, version: now } = ringsAt(key.customer).find((one) => one.id === key.ring);
      check(now, version);
      for (const room of rooms) if (change.rooms.includes(room.id)) room.ring = { id, name, order };
      return { done: { version } };
    },
    get_role: (key) => seen({ ...roleAt(key), assignments: relation(key.customer).assignments.get(key.role) }),
    get_unfinished_bulk: () => (state === 'unfinished' ? [
      { id: uuid('0b1b', 1), action: { do: 'claim' }, undoes: false, total: 40, notBegun: 25 },
      { id: uuid('0b1b', 2), action: { do: 'wake' }, undoes: true, total: 12, notBegun: 3 },
    ] : []),
    forget_bulk: () => null,
    get_outbox_index: () => outbox.map(({ form, customer, work, failure }) => ({ form, customer, kind: kindOf(work), number: work.number, rooms: work.room ? [work.room] : work.new?.rooms ?? [], events: work.new?.events ?? [], refused: Boolean(failure) })),
    get_outbox_entries: (forms) => outbox.filter((entry) => forms.includes(entry.form)),
    discard_entry: (form) => { outbox.splice(outbox.findIndex((entry) => entry.form === form), 1); emit('outbox-changed', null); return null; },
    send_again: ({ form }) => { outbox.splice(outbox.findIndex((entry) => entry.form === form), 1); emit('outbox-changed', null); return null; },
    do_work: ({ form, customer, work }) => {
      if (state === 'offline') {
        outbox.push({ form, customer, customerName: nameOf(customer), work, at: at(0), failure: null, rooms: named(work.new?.rooms ?? work.change?.rooms ?? (work.room ? [work.room] : [])) });
        emit('outbox-changed', null);
        return { is: 'waits' };
      }
      const { do: what, ...args } = work, key = { customerId: customer, number: work.number };
      const answer = { record: () => done.record({ customer, ...args }), message: () => done.message({ key, ...args }), close: () => done.close({ key, ...args }) }[what]();
      return { is: 'done', answer };
    },
    edit_issue: ({ key, version, change }) => {
      const row = workedOn(key, version);
      if (change.description) row.more.description = row.incident.problem = change.description;
      if (change.highImpactReason !== undefined) Object.assign(row.more, { highImpact: Boolean(change.highImpactReason), highImpactReason: change.highImpactReason || null });
      if (change.rooms) row.incident.rooms = named(change.rooms);
      return worked(row);
    },
    change_room: ({ key, change }) => {
      write();
      const room = rooms.find((room) => room.id === key.id) ?? fail('not_found', 'no such room');
      Object.assign(room, change, change.capacity === 0 ? { capacity: null } : {}, { version: (room.version ?? 1) + 1 });
      emit('data-changed', { generation: ++generation, customers: [key.customerId] });
      return { done: { version: room.version } };
    },
    enrol_room: (key) => { write(); Object.assign(rooms.find((room) => room.id === key.id), { enrolment: 'enrolled', health: 'healthy' }); emit('data-changed', { generation: ++generation, customers: [key.customerId] }); return null; },
    unenrol_room: ({ key }) => { write(); rooms.splice(rooms.findIndex((room) => room.id === key.id), 1); emit('data-changed', { generation: ++generation, customers: [key.customerId] }); return null; },
    create_role: ({ customer, new: new_ }) => {
      if (relation(customer).roles.some((role) => role.name.toLowerCase() === new_.name.toLowerCase())) fail('conflict', `name: there is a role ${new_.name} already`);
      return ask(customer, 'create_role', new_.name, null, () => {
        const role = { id: uuid('40ff', ++made), name: new_.name, description: new_.description, builtIn: null, permissions: new_.permissions, version: 1 };
        relation(customer).roles.push(role);
        relation(customer).assignments.set(role.id, [assignmentOf(customer, new_.assignment)]);
      });
    },
    change_role: ({ key, version, change }) => { const role = roleAt(key); meddle(role); check(role.version, version); return ask(key.customer, 'change_role', role.name, null, () => { Object.assign(role, change); role.version++; }); },
    delete_role: ({ key, version }) => { const role = roleAt(key); check(role.version, version); return ask(key.customer, 'delete_role', role.name, null, () => { relation(key.customer).roles = relation(key.customer).roles.filter((one) => one !== role); }); },
    create_assignment: ({ key, new: new_ }) => ask(key.customer, 'create_assignment', roleAt(key).name, new_.name, () => { relation(key.customer).assignments.get(key.role).push(assignmentOf(key.customer, new_)); }),
    change_assignment: ({ key, version, change }) => {
      const one = oneOf(key);
      meddle(one);
      check(one.version, version);
      return ask(key.customer, 'change_assignment', roleAt(key).name, one.name, () => {
        const { members, scope, ...words } = change;
        Object.assign(one, words, scope ? { scope: scopeOf(key.customer, scope) } : {});
        if (members && one.preset) relation(key.customer).admins = members.map(find);
        else if (members) one.members = members.map(find).map(ref);
        one.version++;
      });
    },
    delete_assignment: ({ key, version }) => { const one = oneOf(key); check(one.version, version); return ask(key.customer, 'delete_assignment', roleAt(key).name, one.name, () => { const all = relation(key.customer).assignments; all.set(key.role, all.get(key.role).filter((other) => other !== one)); }); },
    explain_access: ({ customer, user: who, permission, room }) => {
      const known = relation(customer), within = ALL.includes(permission);
      const links = known.roles.flatMap((role) => known.assignments.get(role.id).map((one) => ({ role, one }))).filter(({ one }) => one.members.some((member) => member.id === who || (member.kind === 'security_group' && who.endsWith('2'))));
      const chain = links.map(({ role, one }) => {
        const group = one.members.find((member) => member.id === who) ? null : one.members.find((member) => member.kind === 'security_group');
        const permits = role.permissions.includes(permission), scope = one.scope.all ? 'all' : one.scope.rooms.some((other) => other.id === room) ? 'room' : 'outside';
        return { role, one, group, link: { assignment: one.id, through: group?.id ?? null, permits, scope, allows: within && permits && scope !== 'outside' } };
      });
      return {
        user: ref(find(who)), permission, room: { id: room, name: rooms.find((other) => other.id === room).displayName },
        chain: { allowed: chain.some(({ link }) => link.allows), administrator: false, relationship: { active: true, delegated: true, withinCeiling: within }, assignments: chain.map(({ link }) => link) },
        names: chain.map(({ role, one, group }) => ({ assignment: one.id, name: one.name, role: role.id, roleName: role.name, through: group?.displayName ?? null, byGroup: null })),
      };
    },
    check_partner_domain: () => null,
    open_export_folder: () => null,
    search_directory: (text) => (state === 'offline' ? fail('offline', 'the service cannot be reached', true) : directory.filter((one) => holds(one.displayName, text)).slice(0, 20)),
    preview_plan: ({ customers: ids, step }) => ids.map((id) => planned(id, step)),
    apply_plan: ({ customers: ids, step }) => {
      write();
      const rows = ids.map(({ id }, n) => (n === 5 ? { ...planned(id, step), refusal: { type: 'urn:tenantry:problem:precondition-failed', title: 'It changed in the meantime', status: 412, detail: 'It has changed since the preview: preview it again' } } : { ...planned(id, step), applied: true }));
      if (step.addPrimaryAdmins) rows.filter((row) => row.applied && !row.needsApproval).forEach((row) => { const known = relations.get(row.id); known.admins = [...known.admins, ...row.gains.map((one) => find(one.id))]; });
      tell();
      return rows;
    },
  });

  // For the other files of this folder.
  commands.get_generation = () => ++generation;
  window.fake = { hostile, state, asked, user, customers, rooms, incidents, outbox, isActive, commands, emit, fail, at, uuid, seen, ALL, holds, DAY, HOUR, MINUTE };

  if (asked.get('live')) setInterval(() => { emit('data-changed', { generation: ++generation, customers: [] }); }, 4000);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  window.__TAURI__ = {
    core: {
      async invoke(name, request) {
        await pause(state === 'slow' ? 1500 : 2);
        if (!(name in commands)) throw `Command ${name} not found`;
        const answer = commands[name](request.args);
        // As bytes, like the shell.
        return name === 'list_incidents' ? new TextEncoder().encode(JSON.stringify(answer)).buffer : structuredClone(answer);
      },
    },
    event: {
      async listen(name, handler) {
        handlers.set(name, [...(handlers.get(name) ?? []), handler]);
        return () => handlers.set(name, handlers.get(name).filter((other) => other !== handler));
      },
    },
  };
})();
