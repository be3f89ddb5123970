// The page's policy allows no inline script, so this has a file of its own.
//
// The program is compiled while it arrives, and its glue is read meanwhile. So is what it asks first, so that it finds the answers when it runs:
// each question costs a turn to the engine and back. An answer is taken once, by who asks the same, and only while nothing was heard that could
// make it old; whoever asks anything else asks the engine.
const program = WebAssembly.compileStreaming(fetch('./tenantry-ui_bg.wasm'));
const { core, event } = window.__TAURI__;

// Tests compare these with the program's.
const CHANGES = ['session-changed', 'sync-changed', 'data-changed', 'relations-changed', 'outbox-changed'];
const NAVIGATE = 'navigate';
const CUSTOMERS = {"text":"","window":{"offset":0,"limit":1}};
const INCIDENTS = {"scope":null,"tab":"active","resolvedDays":7,"filter":{"customers":[],"customerNames":[],"statuses":[],"severities":[],"categories":[],"types":[],"room":null,"roomNames":[],"unread":false,"olderThanH":null,"youngerThanH":null,"text":"","typeWords":[]},"sort":"urgency","descending":false,"titles":[],"byCategory":false,"collapsed":[],"offset":0,"limit":60};

const answers = new Map();
const kept = new Map();
let hears = false;
let runs = false;
let turns = 0;

const question = (command, request) => command + JSON.stringify(request);

function ask(command, args) {
  const request = { args };
  const early = { answer: core.invoke(command, request) };
  // Who takes the answer hears of the failure.
  early.answer.then((value) => { early.value = value; }, () => {});
  answers.set(question(command, request), early);
  return early.answer;
}

function take(command, request, isTaken) {
  runs = true;
  if (!answers.size) return;
  const asked = question(command, request), early = answers.get(asked);
  if (!early || !isTaken(early)) return;
  answers.delete(asked);
  return early;
}

async function begin() {
  if (runs) return;
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
  if (name === NAVIGATE || !hears) return;
  if (runs) answers.clear();
  else begin().catch(() => {});
}

window.engine = {
  invoke(command, request) {
    return take(command, request, () => true)?.answer ?? core.invoke(command, request);
  },
  // The answer, if there is one by now: so that the first screen is drawn once.
  early(command, request) {
    const early = take(command, request, (early) => early.value !== undefined);
    if (early) performance.mark(`early-${command}`);
    return early?.value;
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

// Nothing is asked before all of them are heard: what changes after an answer is told, and so is the place that the program was started for, which
// the first question sets off. The program takes longer to compile.
const listening = [...CHANGES, NAVIGATE].map((name) => {
  const early = { events: [], tell: (event) => early.events.push(event) };
  early.unlisten = event.listen(name, (event) => {
    heard(name);
    early.tell(event);
  });
  kept.set(name, early);
  return early.unlisten;
});
Promise.all(listening).then(() => {
  hears = true;
  return begin();
}).catch(() => {});

const { default: init } = await import('./tenantry-ui.js');
const compiled = await program;
performance.mark('program-compiled');
await init({ module_or_path: compiled });
performance.mark('program-started');
// What the program did not ask by now, it asks when it is of use.
setTimeout(() => answers.clear(), 5000);
