// The page's policy allows no inline script, so this has a file of its own.
//
// The program is compiled while it arrives, and its glue is read meanwhile. So is what it asks first, so that it finds the answers when it runs:
// each question costs a turn to the engine and back. An answer is taken once, by who asks the same, and only while nothing was heard that could
// make it old; whoever asks anything else asks the engine.
const program = WebAssembly.compileStreaming(fetch('./tenantry-ui_bg.wasm'));
const { core, event } = window.__TAURI__;

// Tests compare these with the program's.
const CHANGES = ['session-changed', 'sync-changed', 'data-changed', 'relations-changed'];
const NAVIGATE = 'navigate';
const CUSTOMERS = {"text":"","window":{"offset":0,"limit":1}};
const INCIDENTS = {"scope":null,"tab":"active","resolvedDays":7,"filter":{"customers":[],"statuses":[],"severities":[],"categories":[],"types":[],"room":null,"unread":false,"olderThanH":null,"youngerThanH":null,"text":"","typeWords":[]},"sort":"urgency","descending":false,"titles":[],"byCategory":false,"collapsed":[],"offset":0,"limit":60};

const answers = new Map();
const kept = new Map();
let runs = false;
let turns = 0;

const question = (command, request) => command + JSON.stringify(request);

function ask(command, args) {
  const request = { args };
  const answer = core.invoke(command, request);
  // Who takes the answer hears of the failure.
  answer.catch(() => {});
  answers.set(question(command, request), answer);
  return answer;
}

async function begin() {
  answers.clear();
  const turn = ++turns;
  const { session, preferences } = await ask('get_app', null);
  // What was heard meanwhile has asked anew.
  if (runs || turn !== turns || session.state !== 'signedIn') return;
  ask('list_customers', CUSTOMERS);
  if (preferences.customer) ask('get_customer', preferences.customer);
  const scope = preferences.allTickets ? { scope: 'all' } : { scope: 'customer', id: preferences.customer };
  if (preferences.allTickets || preferences.customer) ask('list_incidents', { ...INCIDENTS, scope });
}

function heard(name) {
  if (name === NAVIGATE) return;
  if (runs) answers.clear();
  else begin().catch(() => {});
}

window.engine = {
  invoke(command, request) {
    runs = true;
    if (!answers.size) return core.invoke(command, request);
    const asked = question(command, request), answer = answers.get(asked);
    answers.delete(asked);
    return answer ?? core.invoke(command, request);
  },
  // What was heard before the program listens is told when it does.
  listen(name, handler) {
    const early = kept.get(name);
    if (!early) return event.listen(name, handler);
    kept.delete(name);
    early.tell = handler;
    early.events.forEach(handler);
    return early.unlisten;
  },
};

// Sent before anything is asked, so that what changes after an answer is heard; the engine takes both at its own time.
for (const name of [...CHANGES, NAVIGATE]) {
  const early = { events: [], tell: (event) => early.events.push(event) };
  early.unlisten = event.listen(name, (event) => {
    heard(name);
    early.tell(event);
  });
  kept.set(name, early);
}
begin().catch(() => {});

const { default: init } = await import('./tenantry-ui.js');
const compiled = await program;
performance.mark('program-compiled');
await init({ module_or_path: compiled });
performance.mark('program-started');
