// The page's policy allows no inline script, so this one line has a file of its own.
import init from './tenantry-ui.js';

await init({ module_or_path: './tenantry-ui_bg.wasm' });
