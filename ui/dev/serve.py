"""Serves the screens with made-up data: see README.md beside this file."""

import http.server
import pathlib
import sys

UI = pathlib.Path(__file__).resolve().parent.parent
BUNDLE = UI.parent / "target" / "ui" / "dev"
NAMES = UI.parent / "tests" / "tests" / "window" / "hostile_names.json"
SCRIPTS = ("fake-names.js", "fake.js", "fake-work.js", "fake-customer.js", "steps.js")
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; connect-src ipc: http://ipc.localhost 'self'"
)


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}

    def do_GET(self):
        if self.path.split("?")[0] in ("/", "/index.html"):
            added = "".join(f'<script src="dev/{name}"></script>\n    ' for name in SCRIPTS)
            page = (UI / "index.html").read_text().replace("<script", f"{added}<script", 1)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())
        elif self.path == "/dev/fake-names.js":
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"window.fakeNames = {NAMES.read_text()};".encode())
        else:
            super().do_GET()

    def translate_path(self, path):
        name = path.split("?")[0].lstrip("/")
        folder = BUNDLE if name.startswith("tenantry-ui") else UI
        return str(folder / name) if ".." not in name else str(UI / "none")

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8199
    print(f"http://127.0.0.1:{port}/?lang=en", flush=True)
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
