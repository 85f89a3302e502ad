// A reporter of node's test runner: a line of JSON for each test, with the seconds that it took.
export default async function* timeReporter(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    // A suite's time is that of its tests.
    if (data.details.type === "suite") continue;
    yield `${JSON.stringify({ name: data.name, seconds: data.details.duration_ms / 1000 })}\n`;
  }
}
