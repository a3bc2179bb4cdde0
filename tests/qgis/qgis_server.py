"""QGIS Server behind HTTP, in a process of its own: ``python qgis_server.py project.qgs`` prints its port.

One request at a time, as a CGI would; whoever wants several at once stands before it.
"""

from __future__ import annotations

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


def main(project: str) -> None:
    os.environ["QGIS_PROJECT_FILE"] = project
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication
    from qgis.server import QgsBufferServerRequest, QgsBufferServerResponse, QgsServer

    app = QgsApplication([], False)
    server = QgsServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = QgsBufferServerRequest(f"http://{self.headers['Host']}{self.path}")
            response = QgsBufferServerResponse()
            server.handleRequest(request, response)
            body = bytes(response.body())
            self.send_response(response.statusCode())
            self.send_header("Content-Type", response.headers().get("Content-Type", "text/plain"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    print(http.server_port, flush=True)
    http.serve_forever()
    app.exitQgis()


if __name__ == "__main__":
    main(sys.argv[1])
