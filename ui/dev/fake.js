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
  const HEALTH = ['healthy', 'healthy', 'healthy', 'healthy', 'healthy', 'unhealthy', 'unhealthy', 'disconnected', 'suppressed', 'onboarding'];

  const count = state === 'no-customers' || state === 'first-sync' ? 0 : Number(asked.get('customers') ?? 120);
  const customers = Array.from({ length: count }, (_, n) => ({
    id: uuid('4e2a', n + 1),
    displayName: n < NAMES.length ? NAMES[n] : `${NAMES[n % NAMES.length]} ${PLACES[n % PLACES.length]} ${Math.floor(n / NAMES.length)}`,
    permissions: ['rooms.view', 'tickets.view', 'tickets.update'],
    freshness: { state: 'current' },
  })).sort((a, b) => a.displayName.localeCompare(b.displayName));
  const rooms = [], incidents = [];
  customers.forEach((customer, n) => {
    const size = n < 4 ? 60 : 4;
    for (let i = 0; i < size; i++) {
      const name = `${ROOMS[i % ROOMS.length]}${i >= ROOMS.length ? ' ' + Math.floor(i / ROOMS.length) : ''} (${4 + (i % 5) * 2})`;
      rooms.push({
        id: uuid('70ab', rooms.length + 1), customerId: customer.id, displayName: name, capacity: 4 + (i % 5) * 2,
        hostName: `MTR-${PLACES[n % 12].slice(0, 3).toUpperCase()}-${String(i).padStart(3, '0')}`, account: `room.${i}@${customer.displayName.split(' ')[0].toLowerCase()}.example`,
        enrolment: 'enrolled', health: HEALTH[i % HEALTH.length], hasWarnings: i % 4 === 0, occupied: i % 3 === 0, timezone: 'Europe/Berlin', licence: 'Teams Rooms Pro',
        peripherals: [{ kind: 'camera', name: 'Logi Rally Camera' }, { kind: 'display', name: 'Samsung QM65R' }, { kind: 'display', name: 'Samsung QM65R' }, { kind: 'microphone', name: 'Shure MXA310' }],
        groups: [{ id: uuid('6a0b', 1), name: pick(PLACES) }], ring: { id: uuid('61aa', 1), name: 'General', order: 2 }, lastSeen: at(random() * 40 * MINUTE), version: 1,
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
            problem: recorded ? 'Nobody in the room can hear the remote participants since this morning' : ['display_front_of_room', 'camera_room'].includes(signal) && random() < 0.6 ? 'Display 2' : '',
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
    return { ...customer, open: known?.open ?? 0, worst: known ? SEVERITY[known.worst] : null };
  };
  if (customers.length > 6) {
    if (state === 'locked') customers[0].freshness = { state: 'locked', since: at(26 * HOUR) };
    if (state === 'no-right') customers[0].permissions = [];
    if (state === 'stale') { customers[2].freshness = { state: 'stale', asOf: at(5 * HOUR) }; customers[5].freshness = { state: 'locked', since: at(2 * DAY) }; customers[6].freshness = { state: 'incomplete' }; }
  }

  const user = {
    displayName: 'Änne Lindqvist', tenant: { id: uuid('aaaa', 1), displayName: 'Meridian Managed Rooms GmbH', isPartner: true, isCustomer: false },
    portalRoles: ['tenant_manager'], memoryOnly: state === 'memory-only' ? 'no_keychain' : null,
  };
  const signedIn = { state: 'signedIn', user };
  let session = ['no-service', 'signed-out', 'refused'].includes(state) ? { state: 'signedOut' } : state === 'signing-in' ? { state: 'signingIn' } : signedIn;
  let service = state === 'no-service' ? null : { address: 'http://127.0.0.1:8300', demo: true };
  let preferences = { language: asked.get('lang'), theme: asked.get('theme') ?? 'system', allTickets: asked.get('all') === '1', customer: null };
  if (state === 'gone') preferences.customer = uuid('dead', 1);
  let generation = 1;
  const syncs = {
    offline: { state: { state: 'offline', since: at(42 * MINUTE), reason: 'unreachable', retryAt: at(-MINUTE) }, asOf: at(42 * MINUTE), historyPending: false },
    ended: { state: { state: 'accessEnded', reason: 'sign_in_expired' }, asOf: at(3 * HOUR), historyPending: false },
    'first-sync': { state: { state: 'connecting' }, asOf: null, historyPending: true },
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

  const commands = {
    get_app: () => ({ version: '0.1.0', service, serviceIsManaged: false, session, preferences, sync }),
    get_session: () => session,
    set_service: ({ address }) => (/^https?:\/\//.test(address) ? (service = { address, demo: true }) : fail('invalid', `the address must start with https://, not ${JSON.stringify(address)}`)),
    sign_in: () => (state === 'refused' ? fail('refused', 'AADSTS50105: the signed-in user is not assigned to a role for the application') : (emit('session-changed', (session = signedIn)), session)),
    cancel_sign_in: () => (emit('session-changed', (session = { state: 'signedOut' })), null),
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
    list_incidents: (query) => {
      if (state === 'broken') fail('internal', 'the store does not answer: database is locked', true);
      const { filter } = query;
      const base = incidents.filter((row) => {
        const { incident } = row;
        const age = (Date.now() - Date.parse(incident.activeSince)) / HOUR;
        return (query.scope.scope === 'all' || incident.customerId === query.scope.id) && isActive(row) === (query.tab === 'active')
          && (query.tab === 'active' || Date.now() - Date.parse(incident.lastResolved) < query.resolvedDays * DAY)
          && !none(filter.customers, incident.customerId) && !none(filter.severities, incident.severity) && !none(filter.categories, incident.category) && !none(filter.types, incident.type)
          && (!filter.room || incident.rooms.some((room) => room.id === filter.room)) && (!filter.unread || row.unread > 0)
          && (filter.olderThanH === null || age >= filter.olderThanH) && (filter.youngerThanH === null || age < filter.youngerThanH)
          && holds([incident.problem, incident.type.replaceAll('_', ' '), incident.number, incident.rooms[0].name, row.customerName].join(' '), filter.text);
      });
      const of = (status) => base.filter((row) => row.incident.status === status).length;
      const counters = { all: base.length, needsAction: of('needs_action'), assignedToService: of('assigned_to_service'), pendingInvestigation: of('pending_investigation'), resolved: of('resolved'), closed: of('closed') };
      const matches = sorted(base.filter((row) => !none(filter.statuses, row.incident.status)), SORT[query.sort], query.descending).map((row) => ({ row: 'incident', ...row }));
      let rows = matches;
      if (query.byCategory) {
        rows = Object.entries(Object.groupBy(matches, (row) => row.incident.category)).flatMap(([category, under]) => [
          { row: 'category', category, tickets: under.length, rooms: new Set(under.map((row) => row.incident.rooms[0].id)).size, needsAction: under.filter((row) => row.incident.status === 'needs_action').length, unread: under.filter((row) => row.unread).length },
          ...(query.collapsed.includes(category) ? [] : under),
        ]);
      }
      const unreliable = query.scope.scope === 'all' ? customers.filter((customer) => customer.freshness.state !== 'current') : [];
      return { total: rows.length, matches: matches.length, rows: window_(rows, query), counters, unreliable, unreliableTotal: unreliable.length, generation };
    },
    get_incident: ({ number }) => {
      const row = incidents.find((row) => row.incident.number === number) ?? fail('not_found', 'no such incident');
      return {
        customerName: row.customerName, freshness: { state: 'current' }, generation,
        incident: {
          row: row.incident, description: 'The device has reported this signal as failing at every poll since it opened.', action: 'Check that the cable is seated at both ends, then restart the device from the console. If it does not recover, replace the cable.',
          highImpact: row.incident.type === 'customer_reported', highImpactReason: row.incident.type === 'customer_reported' ? 'Board meeting at noon' : null,
          closedBy: null, closureReason: null, closureComment: null,
          messages: [{ at: at(20 * MINUTE), author: 'Jonas Weber', text: 'On site at two o’clock. Please leave the room free until then.', assignedToService: false }, { at: at(5 * HOUR), author: null, text: 'The signal has failed for 35 minutes without a break.', assignedToService: true }],
          history: [{ at: row.incident.activeSince, kind: 'activated' }, { at: at(9 * DAY), kind: 'deactivated' }, { at: row.incident.createdAt, kind: 'activated' }],
        },
      };
    },
    mark_read: ({ number }) => {
      const row = incidents.find((row) => row.incident.number === number);
      if (row?.unread) { row.unread = 0; emit('data-changed', { generation: ++generation, customers: [row.incident.customerId] }); }
      return null;
    },
    list_rooms: (query) => {
      const base = rooms.filter((room) => room.customerId === query.customerId && holds([room.displayName, room.hostName, room.account, room.groups[0].name].join(' '), query.text));
      const of = (health) => base.filter((room) => room.health === health).length;
      const counters = { managed: base.length - of('onboarding'), healthy: of('healthy'), unhealthy: of('unhealthy'), disconnected: of('disconnected'), suppressed: of('suppressed'), onboarding: of('onboarding') };
      const open = (room) => incidents.filter((row) => isActive(row) && row.incident.rooms[0].id === room.id).length;
      const keys = { name: (r) => r.displayName, host: (r) => r.hostName, account: (r) => r.account, health: (r) => HEALTH.indexOf(r.health) * -1, warnings: (r) => !r.hasWarnings, group: (r) => r.groups[0].name, ring: (r) => r.ring.order, open_tickets: (r) => -open(r), last_seen: (r) => r.lastSeen };
      const matches = sorted(base.filter((room) => !query.health || room.health === query.health), keys[query.sort], query.descending);
      return { total: matches.length, rows: window_(matches, query).map((room) => ({ room, openTickets: open(room) })), counters, freshness: { state: 'current' }, generation };
    },
    get_room: ({ id }) => {
      const room = rooms.find((room) => room.id === id) ?? fail('not_found', 'no such room');
      return { room, customerName: customers.find((customer) => customer.id === room.customerId).displayName, incidents: incidents.filter((row) => isActive(row) && row.incident.rooms[0].id === id).map((row) => row.incident), freshness: { state: 'current' }, generation };
    },
  };

  if (asked.get('live')) setInterval(() => { emit('data-changed', { generation: ++generation, customers: [] }); }, 4000);
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  window.__TAURI__ = {
    core: {
      async invoke(name, request) {
        await pause(state === 'slow' ? 1500 : 2);
        if (!(name in commands)) throw `Command ${name} not found`;
        return structuredClone(commands[name](request.args));
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
