// A package registry on the loopback interface that knows a few names and one version of each.
//
// SUSHI asks the network for the newest version of three packages that it adds to every project.
// Answering that here keeps a build repeatable (the packages of today and of next year are the same)
// and lets it run without a network. Nothing can be downloaded from it: what SUSHI needs is in the
// package cache already.

import { createServer } from "node:http";

/**
 * Serve `versions` (package name -> version) until the returned `close` is called.
 * Resolves to `{ url, close }`.
 */
export function serveRegistry(versions) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname.slice(1));
    const version = versions[name];
    response.writeHead(version ? 200 : 404, {
      "content-type": "application/json",
      // SUSHI is busy for seconds between two questions; a kept connection would be gone by then.
      connection: "close",
    });
    response.end(
      JSON.stringify(
        version
          ? { name, "dist-tags": { latest: version }, versions: { [version]: { name, version } } }
          : { error: "not found" },
      ),
    );
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => server.close(),
      });
    });
  });
}
