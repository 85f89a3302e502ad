// Shows each example's source, once it is asked for.
for (const article of document.querySelectorAll("[data-source]")) {
  const { source } = article.dataset;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const code = document.createElement("pre");
  code.tabIndex = 0; // wide lines scroll, by keys too
  summary.textContent = source;
  details.append(summary, code);
  article.append(details);
  details.addEventListener("toggle", async () => {
    code.textContent ||= await (await fetch(source)).text();
  });
}
