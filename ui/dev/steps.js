// Presses and types what the address asks for, so that a picture can be taken of what lies behind: see README.md beside this file.
(() => {
  const steps = new URLSearchParams(location.search).get('steps');
  if (!steps) return;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const find = async (name) => {
    for (let tries = 0; tries < 100; tries++) {
      const [testid, at] = name.split('@');
      const found = document.querySelectorAll(`[data-testid="${testid}"]`)[Number(at ?? 0)];
      if (found) return found;
      await pause(50);
    }
    throw new Error(`nothing is called ${name}`);
  };
  addEventListener('load', async () => {
    for (const step of steps.split(';')) {
      const [name, value] = step.split('=');
      const target = await find(name);
      if (value === undefined) {
        target.click();
      } else if (value.startsWith('!')) {
        target.focus();
        target.dispatchEvent(new KeyboardEvent('keydown', { key: value.slice(1), bubbles: true }));
      } else {
        target.value = value;
        target.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      await pause(120);
    }
  });
})();
