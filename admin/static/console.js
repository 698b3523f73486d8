// Choosing a tier writes its usual amount into the field beside it; without this script the server does the same.
for (const select of document.querySelectorAll("select[data-fills]")) {
  select.addEventListener("change", () => {
    const amount = select.selectedOptions[0].dataset.amount;
    document.getElementById(select.dataset.fills).value = amount || "";
  });
}

// A second press while the first one is under way would only be told that it was done before.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A binding code that was used, or is over, must not stand there as if it could be used; without this script a frame
// on the page says so.
for (const code of document.querySelectorAll("[data-watch]")) {
  const timer = setInterval(async () => {
    const seen = await fetch(code.dataset.watch).catch(() => null);
    const next = seen?.headers.get("Content-Location");
    if (!next) return;
    clearInterval(timer);
    location.replace(next);
  }, code.dataset.seconds * 1000);
}

// A group of links closes when one looks elsewhere; without this script its own name closes it.
const closeGroups = (except) => {
  for (const group of document.querySelectorAll("nav.wide details[open]")) if (group !== except) group.open = false;
};
document.addEventListener("click", (event) => closeGroups(event.target.closest("nav.wide details")));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeGroups(null); });
