// Nothing leaves the page: all its traffic goes through a proxy that writes down every host that is asked for, be it by the page,
// its workers or its service worker, and lets nothing through but the page's own.
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { afterEach, beforeEach, test } from "node:test";
import { pageHarness } from "./support/harness.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";
import { make, pick } from "./support/strip.mjs";

/** Chromium asks its maker about every form it sees; that is a setting of the browser's, not the page's. */
const OWN_REQUESTS = "--disable-features=AutofillServerCommunication";

let proxy;
const here = pageHarness({ flags: [OWN_REQUESTS] });
beforeEach(async () => {
  proxy = await startProxy(new URL(here.site.url).host);
});
afterEach(() => proxy.close());

/** Opens the page behind the proxy. Chromium passes proxies by for addresses of this machine, unless it is told not to. */
const openBehindProxy = () => here.open({ proxy: { server: proxy.url, bypass: "<-loopback>" }, acceptDownloads: true });

/** An HTTP proxy that serves one host and refuses all others. `asked` counts the requests for each. */
async function startProxy(host) {
  const asked = new Map();
  const note = (name) => asked.set(name, (asked.get(name) ?? 0) + 1);
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url);
    note(url.host);
    if (url.host !== host) return outgoing.writeHead(502).end();
    const { method, headers } = incoming;
    const onward = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on("connect", ({ url }, socket) => {
    note(url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close };
}

test("from the first visit to the last download no other host is asked for anything", async () => {
  const own = new URL(here.site.url).host;
  const { page, context, complaints } = await openBehindProxy();
  await page.locator("#offline").waitFor();
  await pick(page, [...pictures("png").slice(0, 8), brokenPicture()]);
  await page.locator("#play").click();
  await page.click("#make");
  await page.locator("#leave-out").click();
  await page.locator("#player video").waitFor();
  for (const selector of ["#download", "#poster", "#gif"])
    await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  await page.getByLabel("Language").selectOption("zh");
  await page.reload();
  await page.setInputFiles("#files", pictures("jpg").slice(0, 2));
  await page.locator(".tile").nth(1).waitFor();
  await make(page);
  assert.deepEqual([...proxy.asked.keys()], [own]);
  assert.ok(proxy.asked.get(own) > 8, "the page did not come by the proxy");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("even code that ran in the page could not send anything out, and the proxy sees who tries", async () => {
  const { page, context } = await openBehindProxy();
  await pick(page, pictures("png").slice(0, 1));
  const outcomes = await page.evaluate(async () => {
    const beacon = navigator.sendBeacon("http://elsewhere.test/beacon");
    const fetched = await fetch("http://elsewhere.test/fetch", { mode: "no-cors" }).then(
      () => "went out",
      () => "refused",
    );
    const image = new Image();
    const loaded = new Promise((resolve) => {
      image.onload = () => resolve("went out");
      image.onerror = () => resolve("refused");
    });
    image.src = "http://elsewhere.test/image.png";
    return { fetched, loaded: await loaded, beacon };
  });
  assert.deepEqual([outcomes.fetched, outcomes.loaded], ["refused", "refused"]);
  assert.ok(!proxy.asked.has("elsewhere.test"), "the policy let a request out");

  // The measure itself: a page without a policy is seen.
  const free = await context.newPage();
  await free.goto(`${here.site.url}LICENSES.txt`);
  await free.goto("http://elsewhere.test/").catch(() => {});
  assert.ok(proxy.asked.has("elsewhere.test"), "the proxy does not see what goes out");
  await context.close();
});
