// The customer's side of the made-up engine: partners, approvals, the audit log. Seen with `as=customer`.
(() => {
  const { state, asked, user, customers, rooms, commands, emit, fail, at, uuid, seen, ALL, holds, DAY, HOUR, MINUTE } = window.fake;
  if (!['customer', 'both-customer'].includes(asked.get('as'))) {
    // A partner's own log holds what was done to the partner, which is little (A25).
    Object.assign(commands, { list_audit: () => ({ rows: [], next: null }), export_audit: () => fail('offline', 'the service cannot be reached', true) });
    return;
  }
  // Staff of a customer see one customer: their own organisation; of one that is a partner as well, its customers besides.
  if (asked.get('as') === 'customer') customers.splice(1);
  const own = user.tenant.id = customers[0].id;
  user.tenant.displayName = customers[0].displayName = 'Contoso Automobilwerke AG';
  const tell = () => emit('relations-changed', null);
  const write = () => { if (state === 'offline') fail('offline', 'the service cannot be reached', true); };
  const NAMES = ['Isar', 'Alster', 'Spree', 'Neckar', 'Donau', 'Elbe', 'Mosel', 'Weser', 'Havel', 'Saale', 'Inn', 'Lech', 'Boardroom', 'Großer Sitzungssaal Nord', 'Konferenzraum des Aufsichtsrats im Verwaltungsgebäude Ost'];
  const template = rooms[0];
  const mine = Array.from({ length: 60 }, (_, n) => ({ ...template, id: uuid('70ff', n + 1), customerId: own, displayName: `${NAMES[n % NAMES.length]}${n >= NAMES.length ? ' ' + Math.floor(n / NAMES.length) : ''}`, hostName: `MTR-OWN-${n}` }))
    .sort((a, b) => a.displayName.localeCompare(b.displayName));
  rooms.push(...mine);
  const person = (n, displayName, kind = 'user') => ({ id: uuid('9f09', n), kind, displayName, upn: kind === 'user' ? `${displayName.split(' ').at(-1).toLowerCase()}@meridian.example` : null });
  const staff = [person(1, 'Änne Lindqvist'), person(2, 'Jonas Weber'), person(3, 'Helpdesk Tier 1', 'security_group'), person(4, 'Konstantin von und zu Hohenlohe-Schillingsfürst'), person(5, 'Priya Natarajan')];
  const auto = { 'rooms.modify': 'auto', 'rooms.suppress': 'auto', 'rings.modify': 'auto', 'roles.modify': 'auto' };
  const everywhere = { all: true, rooms: [], groups: [], hiddenRooms: 0 };
  const some = { all: false, rooms: mine.slice(0, 9).map(({ id, displayName }) => ({ id, name: displayName })), groups: [{ id: uuid('6a0b', 1), name: 'Berlin' }], hiddenRooms: 0 };
  const assignment = (n, name, members, scope, preset = false) => ({ id: uuid('a5f1', n), name, description: '', emailNotifications: false, preset, members, scope, version: 1 });
  const roles = (n, admins) => [
    { id: uuid('4f1e', n * 10 + 1), name: 'Primary admins', description: '', builtIn: 'primary_admins', permissions: ALL, assignments: [assignment(n * 10 + 1, 'Assigned Admins', admins, everywhere, true)], version: 1 },
    { id: uuid('4f1e', n * 10 + 2), name: 'Helpdesk', description: 'Answers and closes incidents', builtIn: null, permissions: ['tickets.view', 'tickets.update'], assignments: [assignment(n * 10 + 2, 'Day shift', [staff[1], staff[2]], everywhere), assignment(n * 10 + 3, 'Night shift', [staff[4]], some)], version: 3 },
    { id: uuid('4f1e', n * 10 + 3), name: 'Techniker vor Ort für die Liegenschaften im Schwarzwald', description: '', builtIn: null, permissions: ['rooms.view', 'rooms.modify', 'tickets.view'], assignments: [], version: 1 },
  ];
  const partner = (n, displayName, status, more) => ({
    id: uuid('bbbb', n), displayName, domain: null, status, establishedAt: null, invitedAt: null, expiresAt: null, waiting: 0, withoutAdmins: false,
    roomIds: mine.slice(0, 24).map((room) => room.id), changeControl: auto, ceiling: ALL, offline: { allowed: true, days: 7 }, roles: [], version: 4, ...more,
  });
  let partners = [
    partner(1, 'Meridian Managed Rooms GmbH', 'active', { establishedAt: at(210 * DAY), waiting: 2, changeControl: { ...auto, 'roles.modify': 'manual' }, roles: roles(1, [staff[0], staff[3]]) }),
    partner(2, 'Gesellschaft für Konferenztechnik und Gebäudeautomation Südwestdeutschland mbH', 'active', { establishedAt: at(31 * DAY), withoutAdmins: true, roomIds: mine.slice(30, 33).map((room) => room.id), ceiling: ['rooms.view', 'tickets.view', 'tickets.update', 'rooms.unenroll'], offline: { allowed: false, days: 7 }, roles: roles(2, []) }),
    partner(3, 'Fabrikam Services', 'pending', { domain: 'fabrikam.example', invitedAt: at(3 * DAY), expiresAt: at(-11 * DAY), roomIds: mine.slice(40, 52).map((room) => room.id) }),
    partner(4, 'Tailspin Operations', 'expired', { domain: 'tailspin.example', invitedAt: at(40 * DAY), expiresAt: at(26 * DAY), roomIds: mine.slice(0, 5).map((room) => room.id) }),
  ];
  if (state === 'no-partners') partners = [];
  const rowOf = ({ roomIds, changeControl, ceiling, offline, roles, version, ...row }) => ({ ...row, rooms: roomIds.length });
  const find = (id) => partners.find((one) => one.id === id) ?? fail('not_found', 'no such partner');
  const check = (version, named) => { if (version !== named) fail('stale', 'it changed in the meantime'); };
  let meddled = state !== 'meddled';
  const meddle = (one) => {
    if (meddled) return;
    meddled = true;
    Object.assign(one, { version: one.version + 1, roomIds: [...one.roomIds.slice(1), mine[50].id], ceiling: [...one.ceiling.filter((it) => it !== 'rings.modify'), 'rooms.unenroll'] });
  };
  const ask = (n, partnerAt, change, more = {}) => ({
    id: uuid('4f90', n), customerId: own, customerName: user.tenant.displayName, partnerId: uuid('bbbb', partnerAt), partnerName: partners.find((one) => one.id === uuid('bbbb', partnerAt))?.displayName ?? '', event: 'roles.modify', change,
    requestedBy: staff[1], requestedAt: at(n * 5 * HOUR), state: 'pending', decidedAt: null, version: 1, ...more,
  });
  let requests = state === 'no-partners' || state === 'well' ? [] : [
    ask(1, 1, { action: 'create_role', role: 'Night watch', gains: ['Priya Natarajan', 'Helpdesk Tier 1'], permissions: ['rooms.view', 'tickets.view', 'tickets.update'], rooms: 12 }),
    ask(9, 1, { action: 'change_assignment', role: 'Primary admins', assignment: 'Assigned Admins', gains: ['Konstantin von und zu Hohenlohe-Schillingsfürst'], loses: ['Jonas Weber'] }),
    ask(30, 1, { action: 'delete_role', role: 'Technicians', loses: ['Oskar Lindner', 'Annika Berg'] }, { state: 'approved', decidedAt: at(2 * DAY) }),
    ask(50, 1, { action: 'create_assignment', role: 'Helpdesk', assignment: 'Weekend', gains: ['Tom Baker'] }, { state: 'rejected', decidedAt: at(4 * DAY) }),
    ask(80, 2, { action: 'change_role', role: 'Helpdesk', permissions: ['tickets.view'] }, { state: 'lapsed', decidedAt: at(9 * DAY) }),
  ];
  const openRequest = ({ key, version }) => {
    const one = requests.find((request) => request.id === key) ?? fail('not_found', 'no such request');
    check(one.version, version);
    if (state === 'outdated') fail('conflict', 'What it is about has changed since it was asked for: reject it, and let the partner ask again.');
    return one;
  };
  const KINDS = [
    ['Role', 'Update', 'Helpdesk', [{ field: 'permissions', before: 'tickets.view', after: 'tickets.view, tickets.update' }]],
    ['Assignment', 'Update', 'Meridian Managed Rooms GmbH', [{ field: 'rooms', before: '20', after: '24' }]],
    ['PartnerInvitation', 'Create', 'Fabrikam Services', [{ field: 'domain', after: 'fabrikam.example' }, { field: 'expiresInDays', after: '14' }]],
    ['Assignment', 'Create', 'Nachtschicht der Anlagenbetreuung Süd', [{ field: 'members', after: 'Priya Natarajan, Helpdesk Tier 1' }]],
    ['Role', 'Delete', 'Technicians', []],
    ['PartnerInvitation', 'Update', 'Meridian Managed Rooms GmbH', [{ field: 'changeControl', before: 'none', after: 'roles.modify' }]],
  ];
  const PRODUCT = [['Room', 'Update', 'Isar', [{ field: 'name', before: 'Isar', after: 'Isar 2' }]], ['Incident', 'Update', 'LBT9KC-XDBORS', [{ field: 'status', before: 'needs_action', after: 'closed' }]]];
  const records = Array.from({ length: 430 }, (_, n) => {
    const product = n % 5 === 4;
    const [category, operation, objectName, detail] = (product ? PRODUCT : KINDS)[n % (product ? PRODUCT : KINDS).length];
    const byPartner = n % 3 === 1;
    const byService = n % 17 === 6;
    return {
      id: (n * 2654435761 % 4294967296).toString(16).padStart(8, '0').repeat(8), category, objectName, operation, resultStatus: n % 11 === 3 ? 'Failed' : 'Successful', tenantId: own, creationTime: at(n * n * 75e3 + n * 37 * MINUTE + 4 * MINUTE),
      userId: byService ? null : uuid('9f09', byPartner ? 2 : 77), userTenantId: byService ? null : byPartner ? uuid('bbbb', n % 2 ? 1 : 2) : own, detail: n % 11 === 3 ? [{ field: 'problem', after: 'conflict' }] : detail,
    };
  }).filter((record) => Date.now() - Date.parse(record.creationTime) < 180 * DAY);
  const logOf = (category) => (['Room', 'RoomGroup', 'Incident', 'EnrolmentKey'].includes(category) ? 'product' : 'export');
  Object.assign(commands, {
    get_partners: () => (state === 'broken' ? fail('internal', 'the store does not answer: database is locked', true) : seen(partners.map(rowOf))),
    get_partner: (id) => seen({ ...find(id), rooms: find(id).roomIds.length }),
    invite_partner: ({ new: new_ }) => {
      write();
      const { domain } = new_;
      const held = partners.find((one) => one.domain === domain);
      if (domain === 'contoso.com') fail('invalid', `domain: ${domain} is your own`);
      if (domain === 'nobody.example') fail('invalid', `domain: no organisation here holds ${domain}`);
      if (held?.status === 'pending') fail('conflict', `${held.displayName} has an invitation already: withdraw it first to send another one`);
      partners.push(partner(partners.length + 10, domain, 'pending', { domain, invitedAt: at(0), expiresAt: at(-new_.expiresInDays * DAY), roomIds: new_.rooms, changeControl: new_.changeControl, ceiling: new_.ceiling, offline: new_.offline }));
      tell();
      return { id: uuid('19f9', 1) };
    },
    change_partner: ({ key, version, change }) => {
      write();
      const one = find(key);
      meddle(one);
      check(one.version, version);
      const { add = {}, remove = {}, ...rest } = change;
      const gone = new Set(remove.rooms ?? []);
      const roomIds = [...new Set([...one.roomIds, ...(add.rooms ?? [])])].filter((room) => !gone.has(room));
      const allRooms = Boolean(add.all?.future || (one.allRooms && !remove.all));
      Object.assign(one, rest, { roomIds, allRooms, version: one.version + 1 });
      tell();
      return { version: one.version };
    },
    remove_partner: ({ key, version }) => { write(); meddle(find(key)); check(find(key).version, version); partners = partners.filter((one) => one.id !== key); tell(); return null; },
    withdraw_invitation: (id) => { write(); partners = partners.filter((one) => one.id !== id); tell(); return null; },
    delete_partner_role: ({ key: { partner: id, role } }) => { write(); const one = find(id); one.roles = one.roles.filter((known) => known.id !== role); tell(); return null; },
    get_change_requests: () => seen(requests),
    approve_request: (args) => { write(); Object.assign(openRequest(args), { state: 'approved', decidedAt: at(0) }); tell(); return {}; },
    reject_request: (args) => { write(); Object.assign(openRequest(args), { state: 'rejected', decidedAt: at(0) }); tell(); return null; },
    list_audit: (query) => {
      if (state === 'broken') fail('internal', 'the store does not answer: database is locked', true);
      if (state === 'offline') fail('offline', 'the service cannot be reached', true);
      const within = (record) => { const day = record.creationTime.slice(0, 10); return (!query.from || day >= query.from) && (!query.to || day <= query.to); };
      const any = (values, value) => values.length === 0 || values.includes(value);
      const matches = records.filter((record) => logOf(record.category) === query.log && within(record) && any(query.categories, record.category) && any(query.operations, record.operation) && any(query.results, record.resultStatus) && holds(`${record.objectName} ${record.userId}`, query.text));
      const from = Number(query.after ?? 0);
      return { rows: matches.slice(from, from + 100), next: from + 100 < matches.length ? String(from + 100) : null };
    },
    export_audit: ({ from, to }) => ({ path: `/home/aenne/Downloads/Contoso-audit-${from}-${to}.csv`, records: 214 }),
  });
})();
