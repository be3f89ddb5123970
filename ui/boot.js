// The page's policy allows no inline script, so this has a file of its own. The program is compiled while it arrives, and its glue is read meanwhile.
const program = WebAssembly.compileStreaming(fetch('./tenantry-ui_bg.wasm'));
const { default: init } = await import('./tenantry-ui.js');
const compiled = await program;
performance.mark('program-compiled');
await init({ module_or_path: compiled });
performance.mark('program-started');
